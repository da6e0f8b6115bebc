"""The map has true shapes where a sound file is named, and is a tile map in every other case."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from data_access.settings import settings
from tests.charts.factory import protected
from tests.charts.geojson import file_of, squares
from ui import maps

RESULT = protected(["provinsi"])


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    settings.cache_clear()
    yield
    settings.cache_clear()


def kinds() -> set[str]:
    return {trace.type for trace in maps.provinces(RESULT, language="id").data}


def test_without_a_file_provinces_are_tiles() -> None:
    assert maps.known() is None
    assert kinds() == {"bar"}


def test_a_sound_file_is_read_once_and_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = file_of(squares(), tmp_path)
    monkeypatch.setenv("ASN_GEOJSON", str(file))
    assert kinds() == {"scatter"}
    file.unlink()
    assert kinds() == {"scatter"}


def test_a_wrong_file_leaves_the_tiles_and_says_so_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("ASN_GEOJSON", str(file_of("bukan JSON", tmp_path)))
    with caplog.at_level(logging.WARNING):
        assert kinds() == {"bar"}
        assert kinds() == {"bar"}
    assert [record.message for record in caplog.records if "bukan GeoJSON" in record.message].__len__() == 1
