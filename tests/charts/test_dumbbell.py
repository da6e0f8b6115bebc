"""Two dates on a row: order, dots, the change in words, what is not shown."""

from datetime import date

import plotly.graph_objects as go

from charts import dumbbell
from data_access.access.result import State
from tests.charts.factory import DAY, YEARS, protected
from tests.charts.measures import MEASURES

BEFORE: dict[str, int | State] = {"guru": 1_000, "dosen": 900, "nakes": 500, "teknis": State.SUPPRESSED}
NOW: dict[str, int | State] = {"guru": 1_200, "dosen": 400, "nakes": 650, "teknis": 40, "penyuluh": State.UNAVAILABLE}


def value(period: date, codes: tuple[str, ...]) -> int | State:
    return (NOW if period == DAY else BEFORE).get(codes[0], 100)


RESULT = protected(["kelompok_jabatan"], value, periods=YEARS)


def figure(**more: object) -> go.Figure:
    return dumbbell.two_dates(RESULT, language="id", **more)  # type: ignore[arg-type]


def test_largest_growth_first_and_incomplete_rows_last() -> None:
    assert figure().layout.yaxis.categoryarray == ("guru", "nakes", "lainnya", "dosen", "penyuluh", "teknis")
    assert figure(order="value").layout.yaxis.categoryarray[:2] == ("guru", "nakes")


def test_dots_are_the_displayed_values_of_the_first_and_the_last_date() -> None:
    _joints, hollow, full = figure().data
    assert dict(zip(hollow.y, hollow.x, strict=True)) == {
        "guru": 1_000,
        "nakes": 500,
        "lainnya": 100,
        "dosen": 900,
        "penyuluh": 100,
    }
    assert dict(zip(full.y, full.x, strict=True)) == {
        "guru": 1_200,
        "nakes": 650,
        "lainnya": 100,
        "dosen": 400,
        "teknis": 40,
    }


def test_only_rows_shown_at_both_dates_are_joined() -> None:
    joints = figure().data[0]
    assert joints.x[:6] == (1_000, 1_200, None, 500, 650, None)
    assert set(joints.y) == {"guru", "nakes", "lainnya", "dosen", None}


def test_the_change_stands_at_the_right_or_the_sign_of_what_is_not_shown() -> None:
    told = [(note.y, note.text) for note in figure().layout.annotations if note.yref == "y"]
    assert told == list(enumerate(["+200", "+150", "0", "−500", "–", "&lt;10"]))
    assert "−500" in figure().data[1].hovertext[3]


def test_shares_change_by_points() -> None:
    shares = MEASURES["share"](("kelompok_jabatan",), lambda day, _c: 200_000 if day == DAY else 100_000, YEARS, None)
    chart = dumbbell.two_dates(shares, language="id")
    assert {note.text for note in chart.layout.annotations if note.yref == "y"} == {"+10,0 poin"}


def test_the_largest_changes_either_way_are_kept_and_the_note_says_so() -> None:
    chart = figure(top=2)
    assert chart.layout.yaxis.categoryarray == ("guru", "dosen")
    assert chart.layout.annotations[0].text == "2 dari 6."


def test_other_dates_and_a_line_of_reference() -> None:
    chart = figure(before=YEARS[1], line=(2_000, "Nasional"))
    assert "31 Des 2024" in chart.layout.annotations[1].text
    assert chart.layout.shapes[0].x0 == 2_000
    assert chart.layout.xaxis.range[1] > 2_000
