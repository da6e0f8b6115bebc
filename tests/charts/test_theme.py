"""Contrast after WCAG 2.2, and distance between categories for three kinds of colour blindness, in both themes."""

from itertools import combinations

import pytest

from charts.colour import along, contrast, faded, ink_on
from charts.palette import HUES, colours, fixed
from charts.theme import DARK, LIGHT, Theme, theme
from data_access.contract import contract
from tests.charts.factory import axis
from tests.charts.vision import VISIONS, distance

both_themes = pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)  # the well-known lightest grey for text


@both_themes
def test_text_reaches_4_5(look: Theme) -> None:
    assert min(contrast(ink, look.background) for ink in (look.text, look.muted)) >= 4.5


@both_themes
def test_marks_reach_3(look: Theme) -> None:
    marks = [look.brand, look.accent, look.outline, *look.hues.values()]
    assert min(contrast(mark, look.background) for mark in marks) >= 3


@both_themes
@pytest.mark.parametrize("scale", ["sequential", "diverging"])
def test_numbers_on_any_step_of_a_scale_reach_4_5(look: Theme, scale: str) -> None:
    steps = [along(getattr(look, scale), i / 200) for i in range(201)]
    assert min(contrast(ink_on(step), step) for step in steps) >= 4.5


@both_themes
@pytest.mark.parametrize("level", ["golongan_ruang", "umur_5", "pendidikan", "kanreg"])
def test_parts_of_ordered_dimensions_reach_3(look: Theme, level: str) -> None:
    assert min(contrast(part, look.background) for part in colours(axis(level), look).values()) >= 3


@both_themes
@pytest.mark.parametrize("level", HUES)
def test_categories_stay_apart_for_every_kind_of_sight(look: Theme, level: str) -> None:
    pairs = list(combinations(fixed(level, look).values(), 2))
    assert min(distance(one, other, vision) for one, other in pairs for vision in VISIONS) >= 15


@pytest.mark.parametrize("level", [level for level in HUES if level != "jenjang"])
def test_every_code_of_a_fixed_level_has_its_colour(level: str) -> None:
    assert set(HUES[level]) == set(contract().datasets["pegawai"].levels[level].by_code)


def test_every_rank_of_managers_has_its_colour_and_shares_it_with_its_kind_of_position() -> None:
    ranks = contract().datasets["pegawai"].levels["jenjang"].by_code
    kinds = contract().datasets["pegawai"].levels["jenis_jabatan"].by_code
    assert set(HUES["jenjang"]) == {
        code for code, rank in ranks.items() if kinds[str(rank.parent)].parent == "manajerial"
    }
    shared = set(HUES["jenjang"]) & set(HUES["jenis_jabatan"])
    assert shared == {"administrator", "pengawas", "eselon_v"}
    assert all(HUES["jenjang"][code] == HUES["jenis_jabatan"][code] for code in shared)


@both_themes
def test_ranks_reach_3_and_those_of_managers_leave_the_scale(look: Theme) -> None:
    found = colours(axis("jenjang"), look)
    assert min(contrast(colour, look.background) for colour in found.values()) >= 3
    assert all(found[code] == look.hues[hue] for code, hue in HUES["jenjang"].items())


def test_a_colour_does_not_depend_on_who_else_is_shown() -> None:
    few, many = axis("status", ["PPPK"]), axis("status")
    assert colours(few, LIGHT)["PPPK"] == colours(many, LIGHT)["PPPK"]


def test_scale_ends_and_fading() -> None:
    assert along(("#000000", "#FFFFFF"), 0.5) == "#808080"
    assert along(("#000000", "#FFFFFF"), 7) == "#FFFFFF"
    assert faded("#010203", 0.5) == "rgba(1,2,3,0.5)"
    assert theme(True) is DARK
