"""Publishing adds a snapshot, a revision replaces its own date, rolling back serves an older release; nothing else changes."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest
from sqlalchemy import Connection, Engine

from data_access.access.query import Query
from data_access.errors import Damaged, Misconfigured, Rejected
from data_access.governance import audit
from data_access.intake.manifest import read_manifest, sha256
from data_access.keys import key
from data_access.owner import OwnerSettings
from data_access.release import shelf
from data_access.release.making import check_key_kind
from data_access.release.manifest import DATABASE, ReleaseManifest
from data_access.release.publish import checked, current, publish, refreshing, rollback
from data_access.state import engine, writing
from tests import world as worlds
from tests.attacks.values import asked, shown
from tests.world import EARLY, LATE, MIDDLE, World, cube, deliver, empty_world

FEW = worlds.persons(800, day=EARLY, seed=41)
MORE = worlds.moved_on(FEW, day=MIDDLE)
CORRECTED = worlds.moved_on(FEW, day=EARLY, seed=43)
QUESTION = Query("pegawai", by=("jenis_kelamin", "umur_5"))
SECOND = date(2022, 12, 31)


def put_out(world: World, *parts: tuple[date, object], folder: Path, reason: str = "uji") -> str:
    deliveries = [deliver(folder / f"{i}-{day}", cube(people), day) for i, (day, people) in enumerate(parts)]  # type: ignore[arg-type]
    made = publish(deliveries, by="tim-data", settings=world.settings, accept_warnings=reason)
    return made.manifest.id


def cells(settings: OwnerSettings, release: str, day: date) -> list[tuple[object, ...]]:
    """All cells of one date, by the names of their combinations."""
    with duckdb.connect(str(settings.releases / release / DATABASE), read_only=True) as connection:
        return connection.execute(
            "SELECT levels, cells.* EXCLUDE (combination) FROM cells JOIN combinations ON id = combination "
            "AND combinations.period = cells.period WHERE cells.period = ? ORDER BY ALL",
            [day],
        ).fetchall()


def listed(settings: OwnerSettings) -> tuple[list[ReleaseManifest], str]:
    shelved = shelf.listed(settings.releases, key(settings.keys, "manifest"))
    assert shelved.damaged == ()
    return list(shelved.sound), shelved.current


def days(world: World) -> list[date]:
    current = shelf.current(world.settings.releases).name
    found, name = listed(world.settings)
    assert name == current
    return [s.reference_date for m in found if m.id == name for s in m.snapshots]


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


def test_rolling_back_serves_the_older_release_again(bare_world: World, tmp_path: Path) -> None:
    first = put_out(bare_world, (EARLY, FEW), folder=tmp_path / "1")
    before = shown(asked(bare_world, "pemilik", QUESTION))
    second = put_out(bare_world, (MIDDLE, MORE), folder=tmp_path / "2")
    gateway = bare_world.gateway()
    assert asked(bare_world, "pemilik", QUESTION, gateway).source.release == second
    rollback(first, by="tim-data", settings=bare_world.settings, reason="salah kirim")
    answer = asked(bare_world, "pemilik", QUESTION, gateway)
    assert answer.source.release == first
    assert shown(answer) == before
    (entry,) = audit.search(engine(bare_world.settings.state), action="rollback")
    assert (entry.event.release, entry.event.reason, entry.event.account) == (first, "salah kirim", "tim-data")
    assert [m.id for m in listed(bare_world.settings)[0]] == [first, second]
    third = put_out(bare_world, (MIDDLE, MORE), folder=tmp_path / "3")
    assert (third, days(bare_world)) == ("0003", [EARLY, MIDDLE])


@pytest.mark.parametrize("release", ["0099", "", "..", "../releases/0001", "current", "0001/", "１"])
def test_only_an_existing_release_can_be_rolled_back_to(own_world: World, release: str) -> None:
    with pytest.raises(Rejected) as caught:
        rollback(release, by="uji", settings=own_world.settings)
    assert caught.value.reason == "release-unknown"
    assert shelf.current(own_world.settings.releases).name == "0003"


@pytest.mark.parametrize("victim", [DATABASE, "manifest.json"])
def test_a_damaged_release_cannot_be_rolled_back_to(own_world: World, victim: str) -> None:
    file = own_world.settings.releases / "0001" / victim
    file.write_bytes(file.read_bytes() + b" x")
    with pytest.raises(Damaged):
        rollback("0001", by="uji", settings=own_world.settings)
    assert shelf.current(own_world.settings.releases).name == "0003"


def test_nothing_is_listed_before_the_first_publish(bare_world: World) -> None:
    assert listed(bare_world.settings) == ([], "")
    with pytest.raises(Damaged) as caught:
        asked(bare_world, "pemilik", QUESTION)
    assert caught.value.reason == "release-none"


def test_two_refreshes_at_once_are_refused(own_world: World, tmp_path: Path) -> None:
    delivery = deliver(tmp_path / "k", cube(FEW), EARLY)
    with shelf.refreshing(own_world.settings.releases, "data.lain"):
        for action in (
            lambda: publish([delivery], by="uji", settings=own_world.settings, accept_warnings="uji"),
            lambda: rollback("0001", by="uji", settings=own_world.settings),
        ):
            with pytest.raises(Rejected) as caught:
                action()
            assert caught.value.reason == "refresh-busy"
            assert "data.lain, sejak pukul" in caught.value.sentence("id")
    rollback("0001", by="uji", settings=own_world.settings)
    assert shelf.current(own_world.settings.releases).name == "0001"


def test_a_publish_is_never_seen_half_done(own_world: World, tmp_path: Path) -> None:
    """Somebody asks all the while: every answer is whole, from the old or from the new release."""
    gateway, stop, seen = own_world.gateway(), threading.Event(), list[tuple[str, int]]()
    viewer = own_world.viewer("pemilik")

    def ask_on() -> None:
        while not stop.is_set():
            answer = gateway.ask(viewer, Query("pegawai", by=("provinsi", "umur_5"), periods=(LATE,)))
            seen.append((answer.source.release, answer.frame.height))

    reader = threading.Thread(target=ask_on)
    reader.start()
    put_out(own_world, (date(2025, 12, 31), own_world.people[LATE]), folder=tmp_path)
    while seen[-1:] and seen[-1][0] == "0003" and reader.is_alive():
        stop.wait(0.05)
    stop.set()
    reader.join()
    assert {release for release, _height in seen} == {"0003", "0004"}
    assert {height for _release, height in seen} == {39 * 11}


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


def test_leftovers_of_a_killed_publish_are_cleaned_and_never_served(own_world: World, tmp_path: Path) -> None:
    leftover = own_world.settings.releases / f"{shelf.BUILDING}0004"
    leftover.mkdir()
    (leftover / DATABASE).write_bytes(b"half")
    assert shelf.names(own_world.settings.releases) == ["0001", "0002", "0003"]
    put_out(own_world, (LATE, own_world.people[LATE]), folder=tmp_path)
    assert not leftover.exists()


def test_folders_with_quotes_in_their_names_work(tmp_path: Path) -> None:
    """DuckDB takes the address of a file as text within a statement."""
    made = empty_world(tmp_path / 'o\'clock "var"')
    put_out(made, (EARLY, FEW), folder=tmp_path / "1")
    put_out(made, (MIDDLE, MORE), folder=tmp_path / "2")
    assert asked(made, "pemilik", QUESTION).source.periods == (MIDDLE,)
    engine(made.settings.state).dispose()


def test_a_damaged_release_does_not_hide_the_others(own_world: World) -> None:
    manifest = own_world.settings.releases / "0001" / "manifest.json"
    manifest.write_text(manifest.read_text("utf-8").replace("uji", "iju"), "utf-8")
    shelved = shelf.listed(own_world.settings.releases, key(own_world.settings.keys, "manifest"))
    assert ([m.id for m in shelved.sound], shelved.damaged, shelved.current) == (["0002", "0003"], ("0001",), "0003")


@contextmanager
def failing_commit(state: Engine) -> Iterator[Connection]:
    """A write transaction whose block runs well and whose commit does not."""
    with writing(state) as connection:
        yield connection
        raise Misconfigured("state-unusable", "")


def test_a_commit_that_fails_after_the_swap_leaves_the_earlier_release(
    own_world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = own_world.settings
    before, revisions = shelf.names(settings.releases), sorted(settings.vault.rglob("r*"))
    monkeypatch.setattr("data_access.release.publish.writing", failing_commit)
    with pytest.raises(Misconfigured):
        put_out(own_world, (LATE, MORE), folder=tmp_path / "1")
    with pytest.raises(Misconfigured):
        rollback("0001", by="uji", settings=settings)
    assert shelf.current(settings.releases).name == "0003"
    assert (shelf.names(settings.releases), sorted(settings.vault.rglob("r*"))) == (before, revisions)
    assert asked(own_world, "pemilik", QUESTION).source.release == "0003"


def test_a_first_publish_whose_commit_fails_leaves_no_release(
    bare_world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data_access.release.publish.writing", failing_commit)
    with pytest.raises(Misconfigured):
        put_out(bare_world, (EARLY, FEW), folder=tmp_path / "1")
    assert listed(bare_world.settings) == ([], "")
    monkeypatch.undo()
    assert put_out(bare_world, (EARLY, FEW), folder=tmp_path / "2") == "0001"


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


def test_refused_publish_and_roll_back_are_recorded(own_world: World, tmp_path: Path) -> None:
    with pytest.raises(Rejected):
        publish([tmp_path / "nothing"], by="siapa", settings=own_world.settings)
    with pytest.raises(Rejected):
        rollback("9999", by="siapa", settings=own_world.settings)
    found = audit.search(engine(own_world.settings.state), account="siapa")
    assert [(e.event.action, e.event.decision, e.event.reason) for e in found] == [
        ("rollback", "refused", "release-unknown"),
        ("publish", "refused", "manifest-missing"),
    ]


def test_a_pointer_that_cannot_be_put_back_keeps_its_release_and_the_journal(
    own_world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fills between the pointer and the commit: readers see the new release, the next start records it."""

    def full(*_anything: object) -> None:
        raise OSError(28, "No space left on device")

    settings = own_world.settings
    monkeypatch.setattr("data_access.release.publish.writing", failing_commit)
    monkeypatch.setattr(shelf, "restore", full)
    with pytest.raises(Damaged):
        put_out(own_world, (LATE, MORE), folder=tmp_path / "1")
    monkeypatch.undo()
    assert asked(own_world, "pemilik", QUESTION).source.release == "0004"
    with refreshing(settings, "uji"):
        pass
    (entry,) = audit.search(engine(settings.state), action="publish", decision="allowed", limit=1)
    assert entry.event.release == "0004"
    assert asked(own_world, "pemilik", QUESTION).source.release == "0004"


def test_the_release_that_is_served_cannot_be_rolled_back_to(own_world: World) -> None:
    with pytest.raises(Rejected) as caught:
        rollback("0003", by="uji", settings=own_world.settings)
    assert caught.value.reason == "release-served"
