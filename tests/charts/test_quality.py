"""Charts of data quality: what is drawn, what is a gap, what is marked, and that no hidden number leaves them."""

import plotly.graph_objects as go
import pytest

from charts import quality_lines, quality_ranking, quality_words
from charts.empty import HEIGHT as SENTENCE
from charts.quality_bars import Bar, Limit, bars
from charts.theme import DARK, LIGHT
from data_access.access.quality import Share
from data_access.access.result import State
from data_access.release.indicators import indicators
from tests.charts.quality import FIRST, HIDDEN, LAST, MIDDLE, Cells, made

COMPLETE = indicators().of("kelengkapan")
PLACE = indicators().by_key["kosong_lokasi"]
NAMES = {"KM01": "Kementerian A", "KM02": "Kementerian B", "KM03": "Kementerian C", "KM04": "Kementerian Y <D>"}
NATION: Cells = {
    (FIRST, "", "kosong_lokasi"): 0.04,
    (MIDDLE, "", "kosong_lokasi"): State.SUPPRESSED,
    (LAST, "", "kosong_lokasi"): 0.02,
    (LAST, "", "kosong_jabatan"): 0.021,
}
AGENCIES: Cells = {
    (LAST, "KM01", "kosong_lokasi"): 0.004,
    (LAST, "KM02", "kosong_lokasi"): 0.25,
    (LAST, "KM03", "kosong_lokasi"): State.SUPPRESSED,
    (LAST, "KM04", "kosong_lokasi"): 0.25,
}


def course(**more: object) -> go.Figure:
    return quality_lines.over_time(made(NATION), COMPLETE, language="id", **more)  # type: ignore[arg-type]


def worst(**more: object) -> go.Figure:
    shares = made(AGENCIES).agencies("kosong_lokasi", LAST)
    return quality_ranking.worst(shares, PLACE, NAMES, language="id", **more)  # type: ignore[arg-type]


def small_print(figure: go.Figure) -> str:
    return " ".join(str(one.text) for one in figure.layout.annotations).replace("<br>", " ")


def test_a_share_that_is_not_shown_is_a_gap_and_a_note_says_so() -> None:
    line = next(trace for trace in course().data if 0.04 in trace.y)
    assert line.y == (0.04, None, 0.02)
    assert line.connectgaps is False
    assert "kurang dari 10 catatan (mungkin nol), atau tidak diukur" in small_print(course())


def test_the_chosen_date_is_marked() -> None:
    [line] = course(marked=MIDDLE).layout.shapes
    assert (line.x0, line.x1) == (MIDDLE.isoformat(),) * 2
    assert not course().layout.shapes


def test_hover_tells_a_suppressed_share_from_one_that_was_not_measured() -> None:
    place, position = (next(t for t in course().data if value in t.y) for value in (0.04, 0.021))
    assert "4,0% dari 1.000 diperiksa" in place.hovertext[0]
    assert "kurang dari 10 catatan, mungkin nol, dari 1.000 diperiksa (di bawah 1,5%)" in place.hovertext[1]
    assert "tidak diukur" in position.hovertext[0]


def test_an_indicator_keeps_its_colour_whoever_is_beside_it() -> None:
    alone = quality_lines.over_time(made(NATION), COMPLETE, language="id")
    again = quality_lines.over_time(made({**NATION, (FIRST, "", "ganda"): 0.5}), COMPLETE, language="id")
    assert [t.line.color for t in alone.data] == [t.line.color for t in again.data]
    assert len({t.line.color for t in alone.data}) == len(COMPLETE)


@pytest.mark.parametrize(("language", "mark"), [("id", "2,1%"), ("en", "2.1%")])
def test_ends_of_lines_carry_name_and_value_in_the_language(language: str, mark: str) -> None:
    figure = quality_lines.over_time(made(NATION), COMPLETE, language=language)
    assert mark in small_print(figure)
    assert indicators().by_key["kosong_jabatan"].label.text(language) in small_print(figure)


@pytest.mark.parametrize(
    "cells", [{}, {(LAST, "", one.key): State.SUPPRESSED for one in COMPLETE}], ids=["nothing", "hidden"]
)
def test_without_a_share_there_is_a_sentence(cells: Cells) -> None:
    figure = quality_lines.over_time(made(cells), COMPLETE, language="id")
    assert not figure.data
    assert figure.layout.height == SENTENCE
    assert "tidak diukur" in small_print(figure)


def test_worst_first_ties_by_name_and_hidden_ones_only_in_a_note() -> None:
    figure = worst()
    assert figure.data[0].y == ("KM02", "KM04", "KM01")
    assert figure.data[0].x == (0.25, 0.25, 0.004)
    assert not figure.data[1].y
    assert "1 instansi lain: kurang dari 10 catatan, mungkin nol." in small_print(figure)


def test_only_the_worst_are_drawn_and_a_note_says_of_how_many() -> None:
    figure = worst(top=2)
    assert figure.data[0].y == ("KM02", "KM04")
    assert "2 terburuk dari 3 instansi." in small_print(figure)


def test_what_reaches_the_limit_differs_and_the_limit_is_drawn_and_named() -> None:
    figure = worst()
    assert list(figure.data[0].marker.color) == [LIGHT.accent, LIGHT.accent, LIGHT.brand]
    assert [shape.x0 for shape in figure.layout.shapes] == [PLACE.attention]
    assert "perlu perhatian mulai 1,0%" in small_print(figure)
    assert worst(dark=True).data[0].marker.color[0] == DARK.accent


def test_names_are_shown_as_they_are_written() -> None:
    assert "<D>" not in worst().to_json()
    assert "Kementerian Y &lt;D&gt;" in worst().data[0].hovertext[1]


@pytest.mark.parametrize("figure", [course, worst], ids=["lines", "ranking"])
@pytest.mark.parametrize("dark", [False, True])
def test_a_hidden_number_is_nowhere_in_the_figure(figure, dark: bool) -> None:  # type: ignore[no-untyped-def]
    text = figure(dark=dark).to_json()
    assert f"{HIDDEN}"[:5] not in text
    assert "77,8" not in text
    assert "bdata" not in text


def test_bars_below_zero_go_to_the_left_and_the_limit_is_mirrored() -> None:
    rows = [Bar("a", "A", 0.5, "+50%", "a"), Bar("b", "B", -0.4, "−40%", "b"), Bar("c", "C", 0.0, "0%", "c")]
    figure = bars(rows, language="id", limit=Limit(0.25, "batas"))
    assert figure.layout.xaxis.range == (-0.4, 0.5)
    assert figure.layout.xaxis.zeroline
    assert [shape.x0 for shape in figure.layout.shapes] == [0.25, -0.25]


def test_three_states_look_different() -> None:
    rows = [
        Bar("a", "A", 0.0, "0", "a"),
        Bar("b", "B", None, "<10", "b", State.SUPPRESSED),
        Bar("c", "C", None, "–", "c", State.UNAVAILABLE),
        Bar("d", "D", 5.0, "5", "d"),
    ]
    figure = bars(rows, language="id")
    assert figure.data[0].y == ("a", "d")
    assert figure.data[1].y == ("b", "c")
    assert figure.data[1].marker.pattern.shape == ("/", "")
    assert [note.text for note in figure.layout.annotations] == ["0", "&lt;10", "–", "5"]


def test_nothing_but_zero_is_drawn_on_a_plain_axis() -> None:
    assert bars([Bar("a", "A", 0.0, "0,0%", "a")], language="id").layout.xaxis.range == (0.0, 1.0)


SHARES = [
    (0.125, "12,5%"),
    (0.0174, "1,7%"),
    (0.0031, "0,31%"),
    (0.00008, "0,008%"),
    (0.000001, "<0,001%"),
    (0.0, "0,0%"),
    (1.0, "100,0%"),
]


@pytest.mark.parametrize(("value", "told"), SHARES)
def test_the_smaller_a_share_the_more_decimals(value: float, told: str) -> None:
    assert quality_words.rate(value, "id") == told


@pytest.mark.parametrize(
    ("share", "told", "base"),
    [
        (Share(LAST, "", 0.02, 1_250, State.SHOWN), "2,0%", "1.250"),
        (Share(LAST, "", None, 1_250, State.SUPPRESSED), "<10", "1.250"),
        (Share(LAST, "", None, None, State.SUPPRESSED), "<10", "–"),
        (Share(LAST, "", None, None, State.UNAVAILABLE), "–", "–"),
    ],
)
def test_states_of_a_share_in_words(share: Share, told: str, base: str) -> None:
    assert (quality_words.share_text(share, "id"), quality_words.base_text(share, "id")) == (told, base)


def test_signs_of_a_change() -> None:
    assert [quality_words.signed_rate(v, "id") for v in (0.071, -0.169, 0.0, 1e-7)] == [
        "+7,1%",
        "−16,9%",
        "0,0%",
        "<0,001%",
    ]


def test_alt_texts_say_what_the_charts_show() -> None:
    said = quality_lines.alt(made(NATION), [PLACE], language="id")
    assert said == "Lokasi kerja kosong: 4,0% pada 30 Juni 2024, 2,0% pada 30 Juni 2025."
    shares = made(AGENCIES).agencies("kosong_lokasi", LAST)
    told = quality_ranking.alt(shares, PLACE, NAMES, language="id")
    assert told == "Lokasi kerja kosong, terburuk: Kementerian B 25,0%; Kementerian Y <D> 25,0%; Kementerian A 0,40%."
    assert "tidak ada instansi" in quality_ranking.alt([], PLACE, NAMES, language="id")
