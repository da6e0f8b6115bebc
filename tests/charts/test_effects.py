"""Bars of what moves a result: order, signs, steps that are not allowed, and words."""

import plotly.graph_objects as go
import pytest

from charts import effects
from charts.effects import EffectRow
from charts.empty import HEIGHT as SENTENCE
from charts.theme import DARK, LIGHT

ROWS = [
    EffectRow("Pergantian <b>", -20_012.0, 20_008.0, "−10 poin", "+10 poin"),
    EffectRow("Batas usia pensiun", -150_000.0, 149_000.0, "−1 tahun", "+1 tahun"),
    EffectRow("Kontrak PPPK", None, -30_000.0, "−1 poin", "+1 poin yang panjang sekali"),
]


def drawn(rows: list[EffectRow] = ROWS, **more: object) -> go.Figure:
    return effects.tornado(rows, **({"language": "id"} | more))  # type: ignore[arg-type]


def notes(figure: go.Figure) -> list[str]:
    return [note.text for note in figure.layout.annotations]


def test_the_largest_effect_comes_first_and_each_step_has_its_own_bar() -> None:
    low, high = drawn().data
    assert low.x == (-150_000, -20_010)
    assert high.x == (149_000, -30_000, 20_010)
    assert [int(y) for y in low.y] == [0, 2]
    assert [int(y) for y in high.y] == [0, 1, 2]
    assert all(lower < higher for lower, higher in zip(low.y, (high.y[0], high.y[2]), strict=True))
    assert drawn().layout.yaxis.range == (3, 0)


@pytest.mark.parametrize(("dark", "look"), [(False, LIGHT), (True, DARK)])
def test_steps_have_a_colour_each_with_a_key(dark: bool, look: object) -> None:
    figure = drawn(dark=dark)
    assert [bar.marker.color for bar in figure.data] == [look.accent, look.brand]  # type: ignore[attr-defined]
    assert any("Asumsi lebih rendah" in note and "Asumsi lebih tinggi" in note for note in notes(figure))


def test_numbers_stand_beside_the_bars_with_their_sign_and_a_step_that_is_not_allowed_is_marked() -> None:
    told = [note.text for note in drawn().layout.annotations if note.xanchor == "left" and note.x == 1]
    assert told == ["−150.000", "+149.000", "–", "−30.000", "−20.010", "+20.010"]
    assert "–: langkah ini di luar batas yang diperbolehkan." in " ".join(notes(drawn())).replace("<br>", " ")
    assert "di luar batas" not in " ".join(notes(drawn(ROWS[:2])))
    assert "+149,000" in notes(drawn(language="en"))


def test_words_of_the_steps_are_ticks_cut_to_a_phone_and_whole_in_the_hover() -> None:
    figure = drawn()
    assert figure.layout.yaxis.ticktext[:2] == ("−1 tahun", "+1 tahun")
    assert figure.layout.yaxis.ticktext[3] == "+1 poin yang pa…"
    assert figure.data[1].hovertext[1] == "<b>Kontrak PPPK</b><br>+1 poin yang panjang sekali<br>−30.000 orang"
    assert figure.layout.margin.l + figure.layout.margin.r <= 390 / 2


def test_both_directions_reach_from_zero() -> None:
    low, high = drawn().layout.xaxis.range
    assert low < -150_000
    assert high > 149_000
    assert [(line.x0, line.x1) for line in drawn().layout.shapes] == [(0, 0)] * 3
    up = drawn([EffectRow("A", 5.0, 10.0, "a", "b")]).layout.xaxis.range
    assert up[0] == 0


def test_names_are_shown_as_they_are_written_and_nothing_is_binary_or_a_title() -> None:
    figure = drawn()
    assert "Pergantian <b>" not in figure.to_json()
    assert "bdata" not in figure.to_json()
    assert figure.layout.title.text is None


@pytest.mark.parametrize("rows", [[], [EffectRow("A", None, None, "a", "b")]], ids=["no row", "no step allowed"])
@pytest.mark.parametrize("dark", [False, True])
def test_without_an_effect_there_is_a_sentence(rows: list[EffectRow], dark: bool) -> None:
    figure = drawn(rows, dark=dark)
    assert not figure.data
    assert figure.layout.height == SENTENCE
    assert "Tidak ada langkah asumsi" in notes(figure)[0]
    assert effects.alt_text(rows, "id") == "Tidak ada langkah asumsi yang dapat dihitung untuk skenario ini."


def test_one_row_and_no_effect_at_all_are_drawn() -> None:
    assert [bar.x for bar in drawn(ROWS[:1]).data] == [(-20_010,), (20_010,)]
    assert "0" in notes(drawn([EffectRow("A", 0.0, 1.0, "a", "b")]))


def test_alt_text_tells_the_three_largest() -> None:
    rows = [*ROWS, EffectRow("Kecil", -5.0, 5.0, "a", "b")]
    assert effects.alt_text(rows, "id") == (
        "Yang paling menggeser hasil: Batas usia pensiun (−1 tahun: −150.000; +1 tahun: +149.000), "
        "Kontrak PPPK (+1 poin yang panjang sekali: −30.000), Pergantian <b> (−10 poin: −20.010; +10 poin: +20.010)."
    )
