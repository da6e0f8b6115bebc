"""Columns by year of retirement: sums, what has no total, the years drawn, and room for the totals."""

from collections.abc import Sequence
from datetime import date

import plotly.graph_objects as go
import pytest

from charts import columns, suitable
from charts.theme import DARK, LIGHT
from data_access.access import derive
from data_access.access.result import State
from tests.charts.factory import DAY, YEARS, axis, protected

LEVELS = ("kelompok_jabatan", "tahun_bup")
GROUPS = ("guru", "nakes")
PERSONS: dict[tuple[str, str], int | State] = {
    ("guru", "2026"): 12_000,
    ("nakes", "2026"): 3_500,
    ("guru", "2027"): 9_000,
    ("nakes", "2027"): State.SUPPRESSED,
    ("guru", "2028"): State.UNAVAILABLE,
    ("nakes", "2028"): 40,
}


def value(_period: date, codes: tuple[str, ...]) -> int | State:
    return PERSONS.get((codes[0], codes[1]), 0)


def drawn(years: Sequence[str] | None = None, **more: object) -> go.Figure:
    result = protected(LEVELS, value, members={"kelompok_jabatan": GROUPS})
    return columns.by_year(result, years=years, **({"language": "id"} | more))  # type: ignore[arg-type]


def totals(figure: go.Figure) -> dict[int, str]:
    return {note.x: note.text for note in figure.layout.annotations if note.xref == "x"}


def small_print(figure: go.Figure) -> str:
    return " ".join(note.text for note in figure.layout.annotations).replace("<br>", " ")


def test_parts_stand_on_each_other_in_their_fixed_colours() -> None:
    guru, nakes, _stubs = drawn().data
    assert dict(zip(guru.x, guru.y, strict=True)) == {"2026": 12_000, "2027": 9_000}
    assert dict(zip(nakes.x, nakes.y, strict=True)) == {"2026": 3_500, "2028": 40}
    assert (guru.marker.color, nakes.marker.color) == (LIGHT.hues["teal"], LIGHT.hues["amber"])
    assert drawn(dark=True).data[0].marker.color == DARK.hues["teal"]
    assert drawn().layout.barmode == "stack"


def test_a_column_with_a_hidden_part_has_no_total_but_a_hatched_stub_on_an_axis_of_its_own() -> None:
    figure = drawn()
    # What is not available cannot hold anybody and leaves the total as it is.
    assert totals(figure) == {0: "16rb", 2: "40"}
    stubs = figure.data[-1]
    assert (stubs.x, stubs.yaxis, stubs.text) == (("2027",), "y2", ("",))
    assert stubs.base[0] == pytest.approx(9_000 / figure.layout.yaxis.range[1])
    assert stubs.marker.pattern.shape == ("/",)
    assert stubs.hovertext[0] == "<b>Tahun BUP 2027</b><br>Tenaga kesehatan: &lt;10 orang, ditekan demi kerahasiaan"
    assert "Arsiran: ada bagian yang ditekan" in small_print(figure)


def test_years_without_anybody_at_both_ends_are_left_out_unless_they_are_asked_for() -> None:
    assert drawn().layout.xaxis.categoryarray == ("2026", "2027", "2028")
    assert drawn(["2025", "2026"]).layout.xaxis.categoryarray == ("2025", "2026")


def test_key_and_hover_name_the_parts() -> None:
    figure = drawn(language="en")
    assert "Teacher" in small_print(figure)
    assert figure.data[0].hovertext[0] == "<b>Retirement year 2026, Teachers</b><br>31 Dec 2025<br>12,000 persons"


def test_the_order_of_the_dimensions_does_not_matter() -> None:
    turned = protected(LEVELS[::-1], lambda day, codes: value(day, codes[::-1]), members={"kelompok_jabatan": GROUPS})
    figure = columns.by_year(turned, language="id")
    assert [trace.y for trace in figure.data] == [trace.y for trace in drawn().data]
    assert totals(figure) == totals(drawn())


def test_one_dimension_has_one_colour_and_marks_a_hidden_year() -> None:
    hidden = protected(
        ["tahun_bup"],
        lambda _day, codes: State.SUPPRESSED if codes[0] == "2027" else 500,
        members={"tahun_bup": ("2026", "2027")},
    )
    figure = columns.by_year(hidden, language="id")
    assert (figure.data[0].marker.color, figure.data[0].y) == (LIGHT.brand, (500,))
    assert figure.data[1].text == ("&lt;10",)
    assert totals(figure) == {0: "500"}


def test_a_single_year_is_one_column() -> None:
    figure = drawn(["2026"])
    assert [trace.y for trace in figure.data] == [(12_000,), (3_500,), ()]
    assert figure.layout.xaxis.ticktext == ("2026",)


def test_years_that_are_not_there_or_all_hidden_are_a_sentence() -> None:
    assert "Longgarkan saringan" in small_print(drawn(["1999"]))
    hidden = protected(LEVELS, lambda _day, _codes: State.SUPPRESSED)
    figure = columns.by_year(hidden, language="id")
    assert not figure.data
    assert "di bawah 10 orang" in small_print(figure)


@pytest.mark.parametrize(("count", "angle", "labels"), [(10, 0, 10), (11, -90, 11), (20, -90, 20), (21, 0, 1)])
def test_totals_fit_a_phone_however_many_columns_there_are(count: int, angle: int, labels: int) -> None:
    years = [str(2026 + i) for i in range(count)]
    result = protected(["tahun_bup"], lambda _day, codes: int(codes[0]) * 10, members={"tahun_bup": years})
    notes = [note for note in columns.by_year(result, language="id").layout.annotations if note.xref == "x"]
    assert len(notes) == labels
    assert {note.textangle for note in notes} == {angle}
    assert notes[-1].x == count - 1


@pytest.mark.parametrize(("count", "last"), [(10, 10), (20, 10), (50, 10), (55, 6)])
def test_no_more_years_are_written_than_fit_a_phone(count: int, last: int) -> None:
    years = [str(2026 + i) for i in range(count)]
    result = protected(["tahun_bup"], lambda _day, _codes: 10, members={"tahun_bup": years})
    assert len(columns.by_year(result, language="id").layout.xaxis.ticktext) <= last


def test_the_chosen_period_is_drawn() -> None:
    result = protected(["tahun_bup"], lambda day, _codes: day.year, periods=YEARS, members={"tahun_bup": ("2030",)})
    assert columns.by_year(result, language="id").data[0].y == (DAY.year,)
    assert columns.by_year(result, language="id", period=YEARS[0]).data[0].y == (YEARS[0].year,)


def test_columns_are_for_persons_and_for_parts_that_can_be_told_apart() -> None:
    assert "columns" not in suitable(protected(["provinsi", "tahun_bup"]))
    assert "columns" not in suitable(protected(["kelompok_jabatan"]))
    persons = protected(["tahun_bup"], periods=YEARS)
    assert "columns" in suitable(persons)
    assert "columns" not in suitable(derive.change(persons, DAY, YEARS[0]))
    by_group = derive.share_of(protected(LEVELS), protected(()))
    assert "columns" not in suitable(by_group)
    assert (columns.most(axis("provinsi")), columns.most(axis("umur_bkn"))) == (7, 8)
