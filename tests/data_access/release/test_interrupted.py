"""A publish that is interrupted or met by another: readers see the old release or the new one, never a half."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine

from data_access.access.query import Query
from data_access.errors import Damaged, Misconfigured, Rejected
from data_access.governance import audit
from data_access.keys import key
from data_access.release import shelf
from data_access.release.manifest import DATABASE
from data_access.release.publish import publish, refreshing, rollback
from data_access.state import engine, writing
from tests.attacks.values import asked
from tests.data_access.release.shelves import FEW, MORE, QUESTION, listed, put_out
from tests.world import EARLY, LATE, World, cube, deliver


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


def test_leftovers_of_a_killed_publish_are_cleaned_and_never_served(own_world: World, tmp_path: Path) -> None:
    leftover = own_world.settings.releases / f"{shelf.BUILDING}0004"
    leftover.mkdir()
    (leftover / DATABASE).write_bytes(b"half")
    assert shelf.names(own_world.settings.releases) == ["0001", "0002", "0003"]
    put_out(own_world, (LATE, own_world.people[LATE]), folder=tmp_path)
    assert not leftover.exists()


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
