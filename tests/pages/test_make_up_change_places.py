"""The pages on make-up, change and places: every chooser of each role leads to figures or to one sentence."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data_access.state import engine
from tests.ui_world import MAKE_UP, PLACES, TOPICS, TREND, opened, served, tab, token, words
from tests.world import LATE, World, persons, published_world
from ui.topics import komposisi, tren

FIGURES = 5
NOT_ADMITTED = "Kombinasi ini tidak diterbitkan"


def figures(at: AppTest) -> int:
    """Charts, and frames that say why there is none; nothing else may have gone wrong."""
    assert not at.exception
    assert not at.error, words(at)
    assert not at.warning, words(at)
    return len(at.main.get("plotly_chart")) + sum(told.value.startswith(NOT_ADMITTED) for told in at.caption)


@pytest.mark.parametrize("account", ["analis", "wilayah", "tim-data"])
def test_make_up_by_each_level(stage: World, account: str) -> None:
    at = opened(tab(token(stage, account)), MAKE_UP)
    for level in komposisi.LEVELS:
        at.selectbox(key="composition_level").set_value(level).run()
        assert figures(at) == FIGURES, level
    at.segmented_control(key="composition_within").set_value("umur_5").run()
    assert figures(at) == FIGURES


@pytest.mark.parametrize("way", [tren.PERSONS, tren.SHARE])
def test_change_by_each_level(stage: World, way: str) -> None:
    at = opened(tab(token(stage, "analis")), TREND)
    at.segmented_control(key="trend_measure").set_value(way).run()
    for level in tren.LEVELS:
        at.selectbox(key="trend_level").set_value(level).run()
        assert figures(at) == FIGURES, level


def test_change_of_one_province_compares_the_level_instead_of_provinces(stage: World) -> None:
    at = opened(tab(token(stage, "analis")), TREND)
    assert at.segmented_control(key="trend_by").value == "provinsi"
    at.selectbox(key="trend_place").set_value("33").run()
    assert figures(at) == FIGURES
    assert "trend_by" not in [chooser.key for chooser in at.segmented_control]


def test_the_later_date_always_comes_after_the_earlier(stage: World) -> None:
    at = opened(tab(token(stage, "analis")), TREND)
    at.selectbox(key="trend_dates_before").select_index(1).run()
    assert at.selectbox(key="trend_dates_now").options == ["30 Juni 2025", "30 Juni 2023"]
    at.selectbox(key="trend_dates_now").select_index(1).run()
    at.selectbox(key="trend_dates_before").select_index(0).run()
    assert at.selectbox(key="trend_dates_now").options == ["30 Juni 2025"]
    assert figures(at) == FIGURES


def test_levels_out_of_scope_are_not_offered(stage: World) -> None:
    at = opened(tab(token(stage, "wilayah")), TREND)
    assert "Kantor Regional BKN" not in at.selectbox(key="trend_level").options
    assert "trend_split" not in [chooser.key for chooser in at.segmented_control]


@pytest.mark.parametrize("account", ["analis", "wilayah", "tim-data"])
def test_places_by_each_measure_and_kind(stage: World, account: str) -> None:
    at = opened(tab(token(stage, account)), PLACES)
    at.segmented_control(key="place_measure").set_value("umur").run()
    for kind in range(5):
        at.selectbox(key="place_kind").select_index(kind).run()
        assert figures(at) == FIGURES
    at.segmented_control(key="place_shown").set_value("perempuan").run()
    assert figures(at) == FIGURES
    assert "Penduduk: BPS" in words(at)


def test_agencies_to_mark_lie_within_reach(stage: World) -> None:
    at = opened(tab(token(stage, "wilayah")), PLACES)
    at.selectbox(key="place_kind").set_value("provinsi").run()
    assert len(at.selectbox(key="place_agency").options) == 2


@pytest.mark.parametrize("page", TOPICS)
def test_a_single_snapshot_gives_every_figure_that_needs_no_second(tmp_path: Path, page: str) -> None:
    made = published_world(tmp_path / "var", {LATE: persons(3_000, day=LATE)})
    with served(made):
        at = opened(tab(token(made, "analis")), page)
        missing = 3 if page == TREND else 0
        assert figures(at) == FIGURES - missing
        assert ("Perbandingan memerlukan paling sedikit dua tanggal acuan." in words(at)) == (page == TREND)
    engine(made.settings.state).dispose()
