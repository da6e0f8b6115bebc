"""A key that is replaced: what it signed stays verifiable, what it could still sign does not, and a kill loses nothing."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, select

from data_access import keys
from data_access.errors import AsnError, Misconfigured, Refused, Rejected
from data_access.governance import audit, key_rotation
from data_access.governance.audit import Event
from data_access.governance.audit_check import Verdict, verify
from data_access.state import reading, writing
from data_access.state.tables import audit as records

WHO = Event(action="key-rotate", decision="allowed", account="cli:uji")
ASKED = Event(action="ask", decision="allowed", account="budi")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    keys.make_keys(tmp_path / "keys")
    return tmp_path / "keys"


def _ask(state: Engine, folder: Path) -> None:
    audit.record(state, keys.key(folder, "audit"), ASKED)


def _verdict(state: Engine, folder: Path) -> Verdict:
    current, *former = keys.ring(folder, "audit")
    return verify(state, current, former=former)


def test_records_of_all_keys_verify_and_each_change_is_one_of_them(state: Engine, folder: Path) -> None:
    marks = []
    for _turn in range(3):
        _ask(state, folder)
        marks.append(key_rotation.rotate(state, folder, "audit", WHO))
    _ask(state, folder)
    assert _verdict(state, folder) == Verdict("sound", records=7)
    assert len(keys.ring(folder, "audit")) == 4
    with reading(state) as connection:
        kept = connection.execute(select(records.c.action, records.c.account, records.c.detail)).all()
    assert [row.detail for row in kept if row.action == "key-audit"] == marks
    assert {row.account for row in kept if row.action == "key-audit"} == {"cli:uji"}
    assert marks[-1] == keys.fingerprint(keys.key(folder, "audit"))


def test_a_process_that_still_holds_the_former_key_writes_nothing(state: Engine, folder: Path) -> None:
    former = keys.key(folder, "audit")
    key_rotation.rotate(state, folder, "audit", WHO)
    for _time in range(2):
        with pytest.raises(Misconfigured) as caught:
            audit.record(state, former, ASKED)
        assert caught.value.reason == "audit-key-replaced"
        _ask(state, folder)  # and the others go on
    assert _verdict(state, folder).sound


def _forge(state: Engine, secret: bytes, *, without: int = 0) -> None:
    """Somebody who holds a key, without the application: the last rows cut off, and one more appended."""
    with state.begin() as connection:
        for guard in ("audit_no_update", "audit_no_delete", "audit_next_only"):
            connection.exec_driver_sql(f"DROP TRIGGER {guard}")
        seq, at, _mac, _change = audit._last(connection)
        connection.execute(records.delete().where(records.c.seq > seq - without))
        previous = connection.scalar(select(records.c.mac).order_by(records.c.seq.desc()).limit(1))
        row = audit._columns(ASKED) | {"seq": seq - without + 1, "at": at, "previous_mac": previous}
        connection.execute(records.insert(), row | {"mac": audit.mac_of(secret, row)})


def test_a_former_key_signs_nothing_that_passes(state: Engine, folder: Path) -> None:
    _ask(state, folder)
    former = keys.key(folder, "audit")
    key_rotation.rotate(state, folder, "audit", WHO)
    _forge(state, former)
    assert _verdict(state, folder) == Verdict("mac", records=2, seq=3)


def test_a_record_cut_back_to_before_the_change_is_found(state: Engine, folder: Path) -> None:
    _ask(state, folder)
    former = keys.key(folder, "audit")
    key_rotation.rotate(state, folder, "audit", WHO)
    _ask(state, folder)
    _forge(state, former, without=2)
    assert _verdict(state, folder).finding == "key-unrecorded"


def test_a_change_to_a_key_that_is_not_there_is_found(state: Engine, folder: Path) -> None:
    former = keys.key(folder, "audit")
    _ask(state, folder)
    key_rotation.rotate(state, folder, "audit", WHO)
    assert verify(state, former).finding == "key"
    assert verify(state, bytes(range(32)), former=[former]).finding == "key"


@pytest.mark.parametrize("name", ["cookie", "manifest"])
def test_other_keys_change_without_touching_the_record(state: Engine, folder: Path, name: str) -> None:
    before, audited = keys.key(folder, name), keys.key(folder, "audit")
    mark = key_rotation.rotate(state, folder, name, WHO)
    assert keys.fingerprint(keys.key(folder, name)) == mark != keys.fingerprint(before)
    assert keys.key(folder, "audit") == audited
    assert (before in keys.ring(folder, name)) == (name == "manifest")  # what the cookie key signs lives for minutes
    assert _verdict(state, folder) == Verdict("sound", records=1)
    assert audit.search(state, action=f"key-{name}")[0].event.detail == mark


def test_the_record_key_is_never_replaced_and_the_sentence_says_why(state: Engine, folder: Path) -> None:
    before = keys.key(folder, "record")
    with pytest.raises(Refused) as caught:
        key_rotation.rotate(state, folder, "record", WHO)
    assert "rata-rata" in caught.value.sentence("id")
    assert keys.key(folder, "record") == before
    assert sorted(file.name for file in folder.iterdir()) == sorted(f"{name}.key" for name in keys.NAMES)


@pytest.mark.parametrize("name", ["", "Audit", "audit-1", "../audit", "kunci"])
def test_an_unknown_name_is_refused(state: Engine, folder: Path, name: str) -> None:
    with pytest.raises(Rejected):
        key_rotation.rotate(state, folder, name, WHO)


def test_a_key_of_the_environment_is_refused(state: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASN_KEY_COOKIE", os.urandom(32).hex())
    with pytest.raises(Rejected) as caught:
        key_rotation.rotate(state, folder, "cookie", WHO)
    assert "ASN_KEY_COOKIE" in caught.value.sentence("id")
    key_rotation.rotate(state, folder, "manifest", WHO)


def test_another_key_than_signs_the_record_is_refused(state: Engine, folder: Path) -> None:
    audit.record(state, os.urandom(32), ASKED)  # by a service with a key in its environment, say
    with pytest.raises(Misconfigured) as caught:
        key_rotation.rotate(state, folder, "audit", WHO)
    assert caught.value.reason == "audit-key-other"
    assert not keys.aside(folder, "audit").exists()


def test_without_a_record_nothing_is_replaced(state: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_given: object) -> int:
        raise Misconfigured("audit-unwritable", "penuh")

    before = keys.key(folder, "manifest")
    monkeypatch.setattr(audit, "append", full)
    with pytest.raises(Misconfigured):
        key_rotation.rotate(state, folder, "manifest", WHO)
    assert keys.ring(folder, "manifest") == (before,)
    assert not keys.aside(folder, "manifest").exists()


def test_a_change_whose_commit_failed_but_was_made_all_the_same_is_finished(
    state: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The record names the new key: were its file thrown away, nobody could sign any more."""
    _ask(state, folder)

    @contextmanager
    def lost(engine: Engine) -> Iterator[Connection]:
        with writing(engine) as connection:
            yield connection
        raise Misconfigured("state-unusable", "sambungan putus")

    monkeypatch.setattr(key_rotation, "writing", lost)
    mark = key_rotation.rotate(state, folder, "audit", WHO)
    assert keys.fingerprint(keys.key(folder, "audit")) == mark
    _ask(state, folder)
    assert _verdict(state, folder).sound


def test_where_the_outcome_cannot_be_told_the_new_key_is_kept(
    state: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_given: object) -> str:
        raise Misconfigured("state-unusable", "sambungan putus")

    with monkeypatch.context() as during:
        during.setattr(audit, "append", gone)
        during.setattr(key_rotation, "_recorded", gone)
        with pytest.raises(Misconfigured):
            key_rotation.rotate(state, folder, "audit", WHO)
    assert key_rotation.unfinished(folder) == ["audit"]
    key_rotation.finish(state, folder)
    _ask(state, folder)
    assert _verdict(state, folder).sound


@pytest.mark.parametrize("name", key_rotation.ROTATED)
def test_killed_before_the_record_the_change_is_undone(state: Engine, folder: Path, name: str) -> None:
    before = keys.key(folder, name)
    keys.prepare(folder, name)
    _check_start_refused(folder)
    key_rotation.finish(state, folder)
    assert keys.ring(folder, name) == (before,)
    keys.checked(folder)


@pytest.mark.parametrize("name", key_rotation.ROTATED)
@pytest.mark.parametrize("half", [False, True])
def test_killed_after_the_record_the_change_is_finished(
    state: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, half: bool
) -> None:
    _ask(state, folder)
    before = keys.key(folder, name)

    def killed(_folder: Path, _name: str) -> None:
        if half and name in keys.KEPT:
            os.link(folder / f"{name}.key", folder / f"{name}-1.key")
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(keys, "replace", killed)
        key_rotation.rotate(state, folder, name, WHO)
    _check_start_refused(folder)
    assert key_rotation.unfinished(folder) == [name]
    if name == "audit":
        with pytest.raises(AsnError):  # no record under the former key
            _ask(state, folder)
    key_rotation.finish(state, folder)
    keys.checked(folder)
    assert keys.key(folder, name) != before
    assert len(keys.ring(folder, name)) == (2 if name in keys.KEPT else 1)
    _ask(state, folder)
    assert _verdict(state, folder).sound


def _check_start_refused(folder: Path) -> None:
    with pytest.raises(Misconfigured) as caught:
        keys.checked(folder)
    assert caught.value.reason == "key-unfinished"
    assert "python -m data_access keys" in caught.value.sentence("id")


def test_of_two_at_once_the_second_waits(state: Engine, folder: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _n: key_rotation.rotate(state, folder, "audit", WHO), range(4)))
    assert len(keys.ring(folder, "audit")) == 5
    assert _verdict(state, folder) == Verdict("sound", records=4)


def test_a_former_key_that_is_missing_is_told(state: Engine, folder: Path) -> None:
    for _turn in range(2):
        key_rotation.rotate(state, folder, "audit", WHO)
    (folder / "audit-1.key").unlink()
    with pytest.raises(Misconfigured) as caught:
        keys.ring(folder, "audit")
    assert "audit-1" in caught.value.sentence("id")


def test_former_keys_are_as_closed_as_the_present_one(state: Engine, folder: Path) -> None:
    key_rotation.rotate(state, folder, "audit", WHO)
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o600}
    (folder / "audit-1.key").chmod(0o644)
    with pytest.raises(Misconfigured) as caught:
        keys.checked(folder)
    assert caught.value.reason == "key-open"
    shutil.rmtree(folder)
