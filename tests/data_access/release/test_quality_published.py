"""Quality figures on their way through publishing: measured, carried from release to release, and never from a bad file."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data_access.errors import Rejected
from data_access.intake.manifest import read_manifest, sha256
from data_access.keys import key
from data_access.release import manifest as manifests
from data_access.release import quality_file, shelf
from data_access.release.publish import checked, publish
from tests import world as worlds
from tests.quality_world import found, measured
from tests.world import EARLY, MIDDLE, World, deliver

FILE = "mutu.parquet"
PEOPLE = {EARLY: worlds.persons(3_000, day=EARLY), MIDDLE: worlds.persons(3_100, day=MIDDLE)}


def delivery(folder: Path, day: date, counts: pl.DataFrame | None) -> Path:
    folder.mkdir(parents=True)
    if counts is None:
        return deliver(folder, worlds.cube(PEOPLE[day]), day)
    counts.write_parquet(folder / FILE)
    return deliver(folder, worlds.cube(PEOPLE[day]), day, quality={FILE: sha256(folder / FILE)})


def stored(world: World) -> pl.DataFrame:
    """The figures of the release being served, by its own signed manifest."""
    folder = shelf.current(world.settings.releases)
    return quality_file.read(folder, manifests.verify(folder, key(world.settings.keys, "manifest")).quality)


def test_a_release_holds_what_was_measured_and_carries_it_on(bare_world: World, tmp_path: Path) -> None:
    counts = found(PEOPLE[EARLY])
    publish([delivery(tmp_path / "a", EARLY, counts)], by="uji", settings=bare_world.settings)
    early = stored(bare_world)
    secret = key(bare_world.settings.owner_keys, "record")
    assert early.equals(measured({EARLY: PEOPLE[EARLY]}, {EARLY: counts}, secret=secret))
    publish([delivery(tmp_path / "b", MIDDLE, None)], by="uji", settings=bare_world.settings)
    both = stored(bare_world)
    assert both.filter(periode=EARLY).equals(early)
    assert set(both.filter(periode=MIDDLE)["indikator"]) == {"bup_lampau", "generasi_umur", "masa_kerja_umur"}


def test_a_date_that_is_published_again_gets_new_figures(bare_world: World, tmp_path: Path) -> None:
    first, again = found(PEOPLE[EARLY], share=0.3), found(PEOPLE[EARLY], share=0.1)
    publish([delivery(tmp_path / "a", EARLY, first)], by="uji", settings=bare_world.settings)
    publish([delivery(tmp_path / "b", EARLY, again)], by="uji", settings=bare_world.settings, accept_warnings="uji")
    secret = key(bare_world.settings.owner_keys, "record")
    assert stored(bare_world).equals(measured({EARLY: PEOPLE[EARLY]}, {EARLY: again}, secret=secret))


def test_counts_that_cannot_be_stop_the_publish(bare_world: World, tmp_path: Path) -> None:
    folder = delivery(tmp_path / "a", EARLY, found(PEOPLE[EARLY]).with_columns(jumlah=pl.lit(10**9)))
    [report] = checked([folder], bare_world.settings)
    assert "quality-counts" in {finding.rule for finding in report.of("error")}
    with pytest.raises(Rejected):
        publish([folder], by="uji", settings=bare_world.settings)
    assert not (bare_world.settings.releases / shelf.POINTER).exists()
    assert read_manifest(folder).quality
