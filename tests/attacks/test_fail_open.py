"""Who removes or spoils what the decision rests on (policy, agreement, key, release, audit) gets no data, not all of it."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from data_access.access.query import Query
from data_access.access.roles import FILE, roles
from data_access.errors import AsnError, Damaged, Misconfigured, Refused
from data_access.governance import audit
from data_access.governance.agreement import TEMPLATE
from data_access.release import shelf
from data_access.release.manifest import DATABASE, NAME
from data_access.state import engine
from tests.attacks.values import asked, shown
from tests.world import World

QUESTION = Query("pegawai", by=("provinsi", "umur_5"))
OFFICIAL = Query("pegawai", by=("status",))


def refused(world: World, name: str, query: Query = QUESTION) -> AsnError:
    with pytest.raises(AsnError) as caught:
        asked(world, name, query)
    return caught.value


@pytest.mark.parametrize(
    "content",
    [
        None,
        b"",
        b"null",
        b"[]",
        b"roles: {}",
        b"version: '1'\nroles: {x: {datasets: all}}",
        b"\xff\xfe",
        b"a: [",
        b"version: 2025-13-45",
    ],
    ids=["missing", "empty", "null", "list", "no version", "wrong shape", "not text", "not yaml", "no such day"],
)
def test_roles_that_cannot_be_read_are_no_roles(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "roles.yaml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(Misconfigured) as caught:
        roles(file)
    assert caught.value.reason == "roles-unreadable"


def test_a_role_that_names_an_unknown_level_is_no_role(tmp_path: Path) -> None:
    text = FILE.read_text("utf-8")
    file = tmp_path / "roles.yaml"
    file.write_text(text.replace("umur_bkn", "umur_bkm"), "utf-8")
    with pytest.raises(Misconfigured):
        roles(file)


def folder_instead(file: Path) -> None:
    file.unlink()
    file.mkdir()


AGREEMENTS: dict[str, tuple[Callable[[Path], object], type[AsnError], str]] = {
    "missing": (lambda file: file.unlink(), Misconfigured, "agreement-missing"),
    "empty": (lambda file: file.write_text(""), Misconfigured, "agreement-unreadable"),
    "not yaml": (lambda file: file.write_text("agreement: ["), Misconfigured, "agreement-unreadable"),
    "a folder": (folder_instead, Misconfigured, "agreement-unreadable"),
    "not extended": (lambda file: shutil.copy(TEMPLATE, file), Refused, "grant-none"),
    "no grant": (
        lambda file: file.write_text(file.read_text("utf-8").replace("dataset: pegawai", "dataset: formasi"), "utf-8"),
        Refused,
        "grant-none",
    ),
    "for the other party": (
        lambda file: file.write_text(file.read_text("utf-8").replace("party: kesatu", "party: kedua"), "utf-8"),
        Refused,
        "grant-none",
    ),
}


@pytest.mark.parametrize("name", AGREEMENTS)
def test_without_an_agreement_in_force_only_the_owner_sees_its_data(own_world: World, name: str) -> None:
    spoil, kind, reason = AGREEMENTS[name]
    spoil(own_world.settings.agreement)
    for account in ("analis", "pimpinan", "wilayah", "tim-teknis"):
        for query in (QUESTION, OFFICIAL):
            error = refused(own_world, account, query)
            assert isinstance(error, kind)
            assert error.reason in (reason, "too-many-dimensions")
            newest = audit.search(engine(own_world.settings.state), limit=1)[0].event
            assert (newest.account, newest.decision, newest.reason) == (account, "refused", error.reason)
    assert any(shown(asked(own_world, "pemilik", QUESTION)).values())


def test_a_right_that_ends_mid_session_ends_with_the_next_question(own_world: World) -> None:
    """Same viewer, same gateway, same question that is still in the cache."""
    gateway, viewer = own_world.gateway(), own_world.viewer("analis")
    assert gateway.ask(viewer, QUESTION).frame.height
    shutil.copy(TEMPLATE, own_world.settings.agreement)
    with pytest.raises(Refused) as caught:
        gateway.ask(viewer, QUESTION)
    assert caught.value.reason == "grant-none"


RELEASES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a byte of the database": (lambda f: flip(f / DATABASE), "release-damaged"),
    "the database cut short": (
        lambda f: (f / DATABASE).write_bytes((f / DATABASE).read_bytes()[:-4096]),
        "release-damaged",
    ),
    "no database": (lambda f: (f / DATABASE).unlink(), "release-damaged"),
    "the database of another release": (
        lambda f: shutil.copy(f.parent / "0001" / DATABASE, f / DATABASE),
        "release-damaged",
    ),
    "a write-ahead log beside the database": (lambda f: plant(f / DATABASE), "release-damaged"),
    "no manifest": (lambda f: (f / NAME).unlink(), "release-damaged"),
    "the manifest of another release": (lambda f: shutil.copy(f.parent / "0001" / NAME, f / NAME), "release-damaged"),
    "a changed manifest": (lambda f: replace(f / NAME, '"example": true', '"example": false'), "release-damaged"),
    "a changed total": (lambda f: replace(f / NAME, '"total": 6', '"total": 7'), "release-damaged"),
    "no signature": (lambda f: replace(f / NAME, '"mac": "', '"mac": "0'), "release-damaged"),
    "a signature in other letters": (lambda f: replace(f / NAME, '"mac": "', '"mac": "é'), "release-damaged"),
    "an empty manifest": (lambda f: (f / NAME).write_text("{}"), "release-damaged"),
    "a manifest that is no text": (lambda f: (f / NAME).write_bytes(b"\xff\xfe\x00"), "release-damaged"),
    "no pointer": (lambda f: (f.parent / shelf.POINTER).unlink(), "release-none"),
    "an empty pointer": (lambda f: (f.parent / shelf.POINTER).write_text(""), "release-pointer"),
    "a pointer to nothing": (lambda f: (f.parent / shelf.POINTER).write_text("0099\n"), "release-pointer"),
    "a pointer out of the shelf": (
        lambda f: (f.parent / shelf.POINTER).write_text("../releases/0001"),
        "release-pointer",
    ),
    "a pointer that is no text": (lambda f: (f.parent / shelf.POINTER).write_bytes(b"\xff\xb2"), "release-pointer"),
    "a pointer that is a folder": (
        lambda f: folder_instead(f.parent / shelf.POINTER),
        "release-pointer",
    ),
}


def flip(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def plant(file: Path) -> None:
    """A log that DuckDB would replay when it opens the signed file, even read-only."""
    aside = file.parent.parent / "aside.duckdb"
    shutil.copy(file, aside)
    aside.chmod(0o600)
    with duckdb.connect(str(aside)) as connection:
        connection.execute("PRAGMA disable_checkpoint_on_shutdown")
        connection.execute("UPDATE cells SET m = 1000000 WHERE combination = 1")
        shutil.copy(f"{aside}.wal", f"{file}.wal")


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize("name", RELEASES)
def test_a_release_that_is_not_intact_is_not_read(own_world: World, name: str) -> None:
    spoil, reason = RELEASES[name]
    spoil(shelf.current(own_world.settings.releases))
    error = refused(own_world, "analis")
    assert isinstance(error, Damaged)
    assert error.reason == reason
    assert audit.search(engine(own_world.settings.state), limit=1)[0].event.reason == reason


KEYS: list[tuple[str, Callable[[Path], object]]] = [
    ("audit", lambda file: file.unlink()),
    ("audit", lambda file: file.write_bytes(b"short")),
    ("audit", lambda file: file.chmod(0o644)),
    ("manifest", lambda file: file.unlink()),
    ("manifest", lambda file: file.write_bytes(b"short")),
    ("manifest", lambda file: file.chmod(0o644)),
]


@pytest.mark.parametrize(("name", "spoil"), KEYS, ids=[f"{k[0]}-{i % 3}" for i, k in enumerate(KEYS)])
def test_without_a_sound_key_there_is_no_answer(own_world: World, name: str, spoil: Callable[[Path], object]) -> None:
    spoil(own_world.settings.keys / f"{name}.key")
    assert isinstance(refused(own_world, "analis"), Misconfigured)


def run(world: World, statement: str) -> None:
    engine(world.settings.state).dispose()
    with sqlite3.connect(world.settings.var / "state.db") as connection:
        connection.execute(statement)
    connection.close()


AUDITS = {
    "writing it fails": "CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'full'); END",
    "there is no such table": "DROP TABLE audit",
    "a column is gone": "ALTER TABLE audit DROP COLUMN detail",
}


@pytest.mark.parametrize("name", AUDITS)
def test_an_answer_that_cannot_be_recorded_is_not_given(own_world: World, name: str) -> None:
    """Neither a new one nor one that lies ready in the cache."""
    gateway = own_world.gateway()
    asked(own_world, "analis", QUESTION, gateway)
    run(own_world, AUDITS[name])
    for query in (QUESTION, OFFICIAL):
        with pytest.raises(Misconfigured) as caught:
            gateway.ask(own_world.viewer("analis"), query)
        assert caught.value.reason == "audit-unwritable"


def test_without_a_state_database_there_is_no_answer(own_world: World) -> None:
    viewer = own_world.viewer("analis")
    engine(own_world.settings.state).dispose()
    for file in own_world.settings.var.glob("state.db*"):
        file.unlink()
    with pytest.raises(Misconfigured):
        own_world.gateway().ask(viewer, QUESTION)
    with pytest.raises(Misconfigured):
        own_world.viewer("analis")


def test_a_state_database_that_is_removed_while_the_app_runs_ends_the_answers(own_world: World) -> None:
    gateway, viewer = own_world.gateway(), own_world.viewer("analis")
    gateway.ask(viewer, QUESTION)
    for file in own_world.settings.var.glob("state.db*"):
        file.unlink()
    with pytest.raises(Misconfigured):
        gateway.ask(viewer, QUESTION)


def test_a_state_database_that_is_replaced_by_an_empty_one_ends_the_answers(own_world: World) -> None:
    gateway, viewer = own_world.gateway(), own_world.viewer("analis")
    gateway.ask(viewer, QUESTION)
    for file in own_world.settings.var.glob("state.db*"):
        file.unlink()
    (own_world.settings.var / "state.db").touch(0o600)
    with pytest.raises(Misconfigured):
        gateway.ask(viewer, QUESTION)


def test_an_unexpected_failure_is_recorded_too(own_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    gateway, viewer = own_world.gateway(), own_world.viewer("analis")

    def broken(*_anything: object, **_more: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("data_access.access.gateway.plan", broken)
    with pytest.raises(ZeroDivisionError):
        gateway.ask(viewer, QUESTION)
    [entry] = audit.search(engine(own_world.settings.state), account=viewer.account, limit=1)
    assert (entry.event.decision, entry.event.reason) == ("refused", "unexpected")
