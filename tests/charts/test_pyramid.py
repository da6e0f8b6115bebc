"""Men left, women right, absolute labels, an earlier period as outline."""

from datetime import date

import plotly.graph_objects as go
import pytest

from charts import pyramid
from data_access.access.result import State
from tests.charts.factory import YEARS, protected


def people(period: date, codes: tuple[str, ...]) -> int | State:
    if ">60" in codes:
        return State.SUPPRESSED
    return (1_000 if "L" in codes else 2_000) + period.year - 2025


def figure(levels: tuple[str, str] = ("umur_bkn", "jenis_kelamin"), compare: date | None = None) -> go.Figure:
    return pyramid.age_sex(protected(levels, people, periods=YEARS), language="id", compare=compare)


@pytest.mark.parametrize("levels", [("umur_bkn", "jenis_kelamin"), ("jenis_kelamin", "umur_bkn")])
def test_men_go_left_and_women_right_whichever_axis_is_first(levels: tuple[str, str]) -> None:
    men, women = figure(levels).data[0], figure(levels).data[2]
    assert set(men.x) == {-1_000}
    assert set(women.x) == {2_000}
    assert men.y == women.y == ("18-20", "21-30", "31-40", "41-50", "51-60")


def test_tick_labels_are_absolute() -> None:
    axis = figure().layout.xaxis
    assert axis.tickvals == (-2_000, -1_000, 0, 1_000, 2_000)
    assert axis.ticktext == ("2.000", "1.000", "0", "1.000", "2.000")


def test_wide_tick_labels_stand_apart_on_a_phone() -> None:
    def many(period: date, codes: tuple[str, ...]) -> int:
        return 530_000

    wide = pyramid.age_sex(protected(("umur_bkn", "jenis_kelamin"), many), language="id").layout.xaxis
    assert wide.tickvals == (-400_000, -200_000, 0, 200_000, 400_000)
    assert wide.ticktext == ("400.000", "", "0", "", "400.000")


def test_a_suppressed_age_is_a_stub_on_both_sides() -> None:
    stubs = [figure().data[1], figure().data[3]]
    assert [(stub.xaxis, stub.y, stub.text) for stub in stubs] == [("x2", (">60",), ("&lt;10",))] * 2
    assert stubs[0].x[0] == -stubs[1].x[0]


def test_sides_are_named_and_the_outline_is_dated() -> None:
    chart = figure(compare=YEARS[0])
    words = " ".join(note.text for note in chart.layout.annotations)
    assert "Laki-laki" in words
    assert "Perempuan" in words
    assert "Batang: 31 Des 2025. Garis tepi: 31 Des 2023." in words


def test_the_outline_is_the_other_period() -> None:
    outlines = [trace for trace in figure(compare=YEARS[0]).data if trace.marker.line.width == 1.5]
    assert [set(trace.x) for trace in outlines] == [{-998}, {1_998}]


def test_of_two_periods_the_earlier_is_the_outline() -> None:
    both = pyramid.age_sex(protected(("umur_bkn", "jenis_kelamin"), people, periods=YEARS[1:]), language="id")
    assert [set(t.x) for t in both.data if t.marker.line.width == 1.5] == [{-999}, {1_999}]


def test_a_sex_that_is_filtered_out_has_no_name() -> None:
    result = protected(("umur_bkn", "jenis_kelamin"), people, members={"jenis_kelamin": ["P"]})
    told = [note.text for note in pyramid.age_sex(result, language="id").layout.annotations if note.yref == "paper"]
    assert [words for words in told if "■" in words] == [told[-1]]
    assert "Perempuan" in told[-1]
