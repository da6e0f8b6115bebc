"""Publishing adds a snapshot, a revision replaces its own date only; what was published before stays as it was."""

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from data_access.errors import Damaged, Rejected
from data_access.governance import audit
from data_access.intake.manifest import read_manifest, sha256
from data_access.release.making import check_key_kind
from data_access.release.manifest import DATABASE
from data_access.release.publish import checked, current, publish
from data_access.state import engine
from tests import world as worlds
from tests.attacks.values import asked
from tests.data_access.release.shelves import CORRECTED, FEW, MORE, QUESTION, cells, days, listed, put_out
from tests.world import EARLY, LATE, MIDDLE, World, cube, deliver, empty_world


def test_a_publish_adds_its_snapshot_and_leaves_earlier_cells_as_they_were(bare_world: World, tmp_path: Path) -> None:
    first = put_out(bare_world, (EARLY, FEW), folder=tmp_path / "1")
    second = put_out(bare_world, (MIDDLE, MORE), folder=tmp_path / "2")
    assert days(bare_world) == [EARLY, MIDDLE]
    before, after = (cells(bare_world.settings, release, EARLY) for release in (first, second))
    assert len(before) > 500
    assert before == after


def test_snapshots_may_come_in_any_order_and_together(bare_world: World, tmp_path: Path) -> None:
    apart = empty_world(tmp_path / "apart")
    secret = (bare_world.settings.keys / "record.key").read_bytes()
    (apart.settings.keys / "record.key").write_bytes(secret)
    together = put_out(bare_world, (EARLY, FEW), (MIDDLE, MORE), folder=tmp_path / "1")
    put_out(apart, (MIDDLE, MORE), folder=tmp_path / "2")
    last = put_out(apart, (EARLY, FEW), folder=tmp_path / "3")
    assert days(bare_world) == days(apart) == [EARLY, MIDDLE]
    for day in (EARLY, MIDDLE):
        assert cells(bare_world.settings, together, day) == cells(apart.settings, last, day)


def test_a_revision_replaces_its_own_date_only(bare_world: World, tmp_path: Path) -> None:
    put_out(bare_world, (EARLY, FEW), folder=tmp_path / "1")
    before = put_out(bare_world, (MIDDLE, MORE), folder=tmp_path / "2")
    after = put_out(bare_world, (EARLY, CORRECTED), folder=tmp_path / "3")
    assert days(bare_world) == [EARLY, MIDDLE]
    settings = bare_world.settings
    assert cells(settings, before, EARLY) != cells(settings, after, EARLY)
    assert cells(settings, before, MIDDLE) == cells(settings, after, MIDDLE)
    newest = listed(settings)[0][-1]
    assert [s.revision for s in newest.snapshots] == [1, 0]
    assert [s.total for s in newest.snapshots] == [CORRECTED.height, MORE.height]
    folders = sorted(p.name for p in (settings.vault / "pegawai" / EARLY.isoformat()).iterdir())
    assert folders == ["r0", "r1"]


def test_two_deliveries_of_one_date_leave_one_snapshot_of_it(bare_world: World, tmp_path: Path) -> None:
    """The second is the revision of the first, as if they had been published one after the other."""
    release = put_out(bare_world, (EARLY, FEW), (EARLY, CORRECTED), folder=tmp_path / "1")
    assert days(bare_world) == [EARLY]
    (snapshot,) = listed(bare_world.settings)[0][-1].snapshots
    assert snapshot.total == CORRECTED.height
    total = [row for row in cells(bare_world.settings, release, EARLY) if row[0] == ""]
    assert [row[-1] for row in total] == [CORRECTED.height]


def test_a_number_in_use_is_never_given_to_another_combination(bare_world: World, tmp_path: Path) -> None:
    """Fuller data needs fewer stand-ins, so a revision leaves gaps in the numbers; the next publish must not collide."""
    big = worlds.persons(20_000, day=EARLY, seed=44)
    put_out(bare_world, (EARLY, FEW), folder=tmp_path / "1")
    put_out(bare_world, (EARLY, big), folder=tmp_path / "2")
    release = put_out(bare_world, (MIDDLE, MORE), folder=tmp_path / "3")
    with duckdb.connect(str(bare_world.settings.releases / release / DATABASE), read_only=True) as connection:
        rows = connection.execute("SELECT id, count(DISTINCT levels) FROM combinations GROUP BY id").fetchall()
        names = connection.execute("SELECT levels, count(DISTINCT id) FROM combinations GROUP BY levels").fetchall()
    assert {count for _id, count in rows} == {1}
    assert {count for _name, count in names} == {1}


@pytest.mark.parametrize("first", [True, False], ids=["example first", "real first"])
def test_example_and_real_data_never_stand_in_one_release(bare_world: World, tmp_path: Path, first: bool) -> None:
    marks = {EARLY: first, MIDDLE: not first}
    both = [deliver(tmp_path / str(day), cube(FEW), day, example=mark) for day, mark in marks.items()]
    rules = [[f.rule for f in report.of("error")] for report in checked(both, bare_world.settings)]
    assert rules == [[], ["example-mixed"]]
    publish(both[:1], by="uji", settings=bare_world.settings, accept_warnings="uji")
    with pytest.raises(Rejected) as caught:
        publish(both[1:], by="uji", settings=bare_world.settings, accept_warnings="uji")
    assert caught.value.reason == "delivery-rejected"
    assert days(bare_world) == [EARLY]


def test_nothing_is_listed_before_the_first_publish(bare_world: World) -> None:
    assert listed(bare_world.settings) == ([], "")
    with pytest.raises(Damaged) as caught:
        asked(bare_world, "pemilik", QUESTION)
    assert caught.value.reason == "release-none"


def test_the_vault_keeps_what_was_delivered_under_its_hash(bare_world: World, tmp_path: Path) -> None:
    put_out(bare_world, (EARLY, FEW), folder=tmp_path)
    folder = bare_world.settings.vault / "pegawai" / EARLY.isoformat() / "r0"
    manifest = read_manifest(folder)
    ((name, digest),) = manifest.files.items()
    assert sha256(folder / name) == digest
    assert (manifest.rows, manifest.total) == (cube(FEW).height, FEW.height)


def test_a_publish_is_recorded_with_its_release_and_reason(bare_world: World, tmp_path: Path) -> None:
    release = put_out(bare_world, (EARLY, FEW), folder=tmp_path, reason="pertama")
    (entry,) = audit.search(engine(bare_world.settings.state), action="publish")
    assert (entry.event.release, entry.event.account, entry.event.reason) == (release, "tim-data", "pertama")


def test_progress_only_grows_and_ends_with_one(bare_world: World, tmp_path: Path) -> None:
    shares: list[float] = []
    delivery = deliver(tmp_path / "k", cube(FEW), EARLY)
    publish([delivery], by="uji", settings=bare_world.settings, progress=lambda _step, share: shares.append(share))
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)


def test_folders_with_quotes_in_their_names_work(tmp_path: Path) -> None:
    """DuckDB takes the address of a file as text within a statement."""
    made = empty_world(tmp_path / 'o\'clock "var"')
    put_out(made, (EARLY, FEW), folder=tmp_path / "1")
    put_out(made, (MIDDLE, MORE), folder=tmp_path / "2")
    assert asked(made, "pemilik", QUESTION).source.periods == (MIDDLE,)
    engine(made.settings.state).dispose()


def test_a_dataset_keeps_the_kind_of_its_record_keys(own_world: World, tmp_path: Path) -> None:
    """The same persons would get another noise, and both could be averaged."""
    delivery = deliver(tmp_path / "kiriman", cube(own_world.people[LATE], keys=False), LATE)
    with pytest.raises(Rejected) as caught:
        publish([delivery], by="uji", settings=own_world.settings)
    assert caught.value.reason == "delivery-rejected"
    (report,) = checked([delivery], own_world.settings)
    assert [finding.rule for finding in report.of("error")] == ["key-kind"]
    with pytest.raises(Rejected, match="jenis kunci rekaman"):  # and publishing itself does not rely on the check
        check_key_kind([replace(report, findings=())], current(own_world.settings))
