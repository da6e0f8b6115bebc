"""The panel under a figure tells where its numbers come from: what is counted, what broke the series, what was revised."""

import pytest

from data_access.release.publish import publish
from data_access.words import LANGUAGES, text
from tests.movements import publish_moves
from tests.ui_world import FLOWS, TREND, opened, tab, token, words
from tests.world import LATE, MIDDLE, World, cube, deliver, moved_on

FACTS = ("Himpunan data", "Tanggal acuan", "Yang dihitung", "Tidak dihitung", "Revisi", "Jadwal rilis")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_stands_in_the_panel(stage: World, language: str) -> None:
    told = words(opened(tab(token(stage, "analis"), language=language), TREND))
    for name in (*FACTS, "Yang memutus deret"):
        assert f"**{text(name, language)}**  \n" in told


def test_a_date_that_was_published_again_is_named_with_its_reason(own_stage: World, tmp_path_factory) -> None:  # type: ignore[no-untyped-def]
    again = deliver(
        tmp_path_factory.mktemp("lagi") / "k", cube(moved_on(own_stage.people[LATE], day=LATE, seed=9)), LATE
    )
    publish([again], by="uji", settings=own_stage.settings, accept_warnings="Dua instansi *ganda*")
    told = words(opened(tab(token(own_stage, "analis")), TREND))
    assert "30 Jun 2025: terbit di rilis 0003 (" in told
    assert "alasan: Dua instansi \\*ganda\\*." in told


def test_a_flow_tells_its_period(own_stage: World, tmp_path_factory) -> None:  # type: ignore[no-untyped-def]
    publish_moves(own_stage, tmp_path_factory.mktemp("arus") / "k", MIDDLE, LATE)
    told = words(opened(tab(token(own_stage, "analis")), FLOWS))
    assert "**Periode**  \n1 Juli 2023 – 30 Juni 2025" in told
