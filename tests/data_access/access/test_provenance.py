"""What manifests tell of an answer's dates: periods of flows, every publication of a date, the calendar."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from data_access.access.provenance import Provenance, provenance
from data_access.access.query import Query
from data_access.release import shelf
from data_access.release.publish import publish
from data_access.state import engine
from reports.origin import description
from tests.exporting import answer, taken
from tests.movements import publish_moves
from tests.ui_world import served
from tests.world import EARLY, LATE, MIDDLE, World, copied, cube, deliver, moved_on


@pytest.fixture
def own(world: World, tmp_path: Path) -> Iterator[World]:
    made = copied(world, tmp_path / "var")
    with served(made):
        yield made
    engine(made.settings.state).dispose()


def known(world: World, *days: date, dataset: str = "pegawai") -> Provenance:
    release = shelf.current(world.settings.releases).name
    return provenance(world.settings, dataset, release, days)


def test_a_stock_has_no_period_and_each_date_one_publication(own: World) -> None:
    found = known(own, EARLY, LATE)
    assert found.since == ((EARLY, None), (LATE, None))
    assert [[one.release for one in times] for _day, times in found.published] == [["0001"], ["0003"]]
    assert found.revised == ()
    assert found.release == "0003"
    assert found.coming is not None
    assert found.coming.reference_date == date(2025, 12, 31)


def test_a_date_that_was_published_again_tells_release_and_reason(own: World, tmp_path: Path) -> None:
    people = moved_on(own.people[LATE], day=LATE, seed=9)
    publish(
        [deliver(tmp_path / "k", cube(people), LATE)],
        by="uji",
        settings=own.settings,
        accept_warnings="Dua instansi ganda",
    )
    ((day, (first, second)),) = known(own, EARLY, MIDDLE, LATE).revised
    assert (day, first.release, first.revision) == (LATE, "0003", 0)
    assert (second.release, second.revision, second.reason) == ("0004", 1, "Dua instansi ganda")
    shelf.point(own.settings.releases, "0003")
    assert known(own, LATE).revised == ()  # what is served now is the first one again


def test_a_flow_tells_its_period(own: World, tmp_path: Path) -> None:
    publish_moves(own, tmp_path / "arus", MIDDLE, LATE)
    assert known(own, LATE, dataset="arus").since == ((LATE, MIDDLE),)


def test_an_unknown_release_tells_nothing_of_its_dates(own: World) -> None:
    assert provenance(own.settings, "pegawai", "0009", (LATE,)).published == ()


def test_an_empty_shelf_tells_nothing(bare_world: World) -> None:
    assert provenance(bare_world.settings, "pegawai", "0001", (LATE,)) == Provenance()


def test_an_export_takes_the_same_facts_along(own: World) -> None:
    seen = answer(own, "analis", Query("pegawai", by=("status",), periods=(EARLY, MIDDLE, LATE)))
    told = dict(description(taken(own, "analis", seen), "id"))
    assert told["Jadwal rilis"].startswith("Terakhir: rilis 0003, ")
    assert told["Revisi"] == "Setiap tanggal baru satu kali terbit."
    assert "PPPK" in told["Yang memutus deret"]
    assert "pegawai non-ASN" in told["Tidak dihitung"]
