"""Places ranked by a signed number: order, both ends, what is hidden, and words."""

import plotly.graph_objects as go
import pytest

from charts import gaps
from charts.colour import contrast
from charts.empty import HEIGHT as SENTENCE
from charts.gaps import GapRow
from charts.theme import DARK, LIGHT

HIDDEN = 7_777_775.0  # what a careless caller might leave behind a hidden row
ROWS = [
    GapRow("Bali", 1_234.0, 0.071, hidden=False),
    GapRow("Papua <b>", HIDDEN, HIDDEN, hidden=True),
    GapRow("Aceh", -5_002.0, -0.123, hidden=False),
    GapRow("Banten", 0.4, 0.0, hidden=False),
    GapRow("Nusantara", None, None, hidden=False),
]


def drawn(rows: list[GapRow] = ROWS, **more: object) -> go.Figure:
    return gaps.by_place(rows, **({"language": "id"} | more))  # type: ignore[arg-type]


def many(count: int) -> list[GapRow]:
    return [GapRow(f"Tempat {i:02}", 1_000.0 - 100 * i, None, hidden=False) for i in range(count)]


def words(figure: go.Figure) -> str:
    return " ".join(note.text for note in figure.layout.annotations).replace("<br>", " ")


def beside(figure: go.Figure) -> list[str]:
    return [note.text for note in figure.layout.annotations if note.yref == "y"]


def test_largest_first_and_those_without_a_number_last() -> None:
    figure = drawn()
    assert figure.layout.yaxis.ticktext == ("Bali", "Banten", "Aceh", "Nusantara", "Papua &lt;b&gt;")
    assert figure.data[0].x == (1_235, 0, -5_000)
    assert beside(figure) == ["+1.235 (+7,1%)", "0 (0,0%)", "−5.000 (−12,3%)", "–", "n&lt;10"]
    assert "+1,235 (+7.1%)" in beside(drawn(language="en"))


@pytest.mark.parametrize(("dark", "look"), [(False, LIGHT), (True, DARK)])
def test_colours_run_both_ways_and_reach_3(dark: bool, look: object) -> None:
    fills = drawn(dark=dark).data[0].marker.color
    assert fills[2] == look.diverging[0]  # type: ignore[attr-defined]
    assert fills[0] != fills[2]
    assert min(contrast(fill, look.background) for fill in fills) >= 3  # type: ignore[attr-defined]


def test_hidden_and_not_available_look_different_and_are_explained() -> None:
    stubs = drawn().data[1]
    assert stubs.marker.pattern.shape == ("", "/")
    assert stubs.hovertext == (
        "<b>Nusantara</b><br>tidak tersedia",
        "<b>Papua &lt;b&gt;</b><br>n&lt;10, ditekan demi kerahasiaan",
    )
    assert "n&lt;10: dihitung dari angka di bawah 10; ditekan demi kerahasiaan." in words(drawn())
    assert "–: tidak tersedia." in words(drawn())


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_number_behind_a_hidden_row_is_nowhere(language: str) -> None:
    written = drawn(language=language).to_json() + gaps.alt_text(ROWS, language)
    assert str(int(HIDDEN)) not in written.replace(".", "").replace(",", "")


def test_both_ends_are_kept_and_a_note_and_a_line_say_so() -> None:
    figure = drawn(many(10), top=3)
    assert figure.data[0].x == (1_000, 900, 800, 300, 200, 100)
    assert "3 teratas dan 3 terbawah dari 10." in words(figure)
    [tear] = figure.layout.shapes
    assert (tear.y0, tear.y1) == (2.5, 2.5)


def test_of_those_without_a_number_a_selection_keeps_a_few() -> None:
    hidden = [GapRow(f"Kecil {i}", None, None, hidden=True) for i in range(5)]
    figure = drawn([*many(3), *hidden], top=3)
    assert len(figure.data[1].y) == 3
    assert not figure.layout.shapes
    assert "6 dari 8 ditampilkan." in words(figure)
    assert len(drawn([*many(3), *hidden]).data[1].y) == 5


def test_places_of_one_name_have_a_row_each() -> None:
    assert len(set(drawn([GapRow("Sama", 5.0, None, hidden=False)] * 2).data[0].y)) == 2


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([], "Longgarkan saringan"),
        ([ROWS[1]], "ditekan demi kerahasiaan"),
        ([ROWS[4]], "tidak tersedia"),
        ([ROWS[1], ROWS[4]], "Tidak ada angka yang dapat ditampilkan"),
    ],
    ids=["no row", "all hidden", "none available", "some of both"],
)
@pytest.mark.parametrize("dark", [False, True])
def test_without_a_number_there_is_a_sentence(rows: list[GapRow], told: str, dark: bool) -> None:
    figure = drawn(rows, dark=dark)
    assert not figure.data
    assert figure.layout.height == SENTENCE
    assert told in words(figure)
    assert gaps.alt_text(rows, "id") == "Tidak ada angka yang ditampilkan."


def test_one_row_and_nothing_but_zero_are_drawn() -> None:
    assert drawn(ROWS[2:3]).data[0].x == (-5_000,)
    assert drawn(ROWS[2:3]).layout.xaxis.range[1] == 0
    assert drawn(ROWS[3:4]).layout.xaxis.range == (0, 1.08)


def test_it_fits_a_phone_and_has_neither_title_nor_binary_arrays() -> None:
    long = GapRow("Kabupaten Kepulauan Siau Tagulandang Biaro dan Sekitarnya", -1_234_567.0, -0.123, hidden=False)
    figure = drawn([*ROWS, long])
    assert figure.layout.margin.l + figure.layout.margin.r <= 390 * 0.7
    assert figure.layout.title.text is None
    assert "bdata" not in figure.to_json()


def test_alt_text_tells_both_ends_and_how_many_are_hidden() -> None:
    assert gaps.alt_text(ROWS, "id") == (
        "Terbesar: Bali, +1.235 (+7,1%). Terkecil yang ditampilkan: Aceh, −5.000 (−12,3%). "
        "1 sel ditekan demi kerahasiaan (n<10)."
    )
    assert gaps.alt_text(ROWS[:1], "id") == "Terbesar: Bali, +1.235 (+7,1%)."
