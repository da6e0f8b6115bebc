"""The state comes back as it was, taken in the middle of writing; a copy that is not sound changes nothing."""

import json
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select

from data_access import keys
from data_access.errors import AsnError, Damaged, Misconfigured, Rejected
from data_access.governance import accounts, audit, backup, documents, key_rotation, restoring, sessions
from data_access.governance.audit import Event
from data_access.governance.audit_check import verify
from data_access.owner import OwnerSettings
from data_access.state import engine, reading
from data_access.state.tables import audit as records
from data_access.state.tables import document, session
from tests.world import World, copied

BACKUP = Event(action="state-backup", decision="allowed", account="cli:uji")
RESTORE = Event(action="state-restore", decision="allowed", account="cli:uji")
ASKED = Event(action="ask", decision="allowed", account="analis")


@pytest.fixture
def copy(bare_world: World, tmp_path: Path) -> Path:
    file = tmp_path / "status.cadangan"
    backup.backup(file, bare_world.settings, BACKUP)
    return file


@contextmanager
def _elsewhere(world: World, folder: Path) -> Iterator[OwnerSettings]:
    """A new installation that has nothing but the keys."""
    folder.mkdir(mode=0o700)
    shutil.copytree(world.settings.keys, folder / "keys")
    made = OwnerSettings(var=folder)
    yield made
    engine(made.state).dispose()


def _stopped(world: World) -> OwnerSettings:
    engine(world.settings.state).dispose()
    return world.settings


def _sound(settings: OwnerSettings) -> int:
    secret, *former = keys.ring(settings.keys, "audit")
    verdict = verify(engine(settings.state), secret, former=former)
    assert verdict.sound, verdict
    return verdict.records


def test_everything_is_back_in_another_place(bare_world: World, copy: Path, tmp_path: Path) -> None:
    before = engine(bare_world.settings.state)
    assert copy.stat().st_mode & 0o777 == 0o600
    with _elsewhere(bare_world, tmp_path / "lain") as there:
        done = restoring.restore(copy, there, RESTORE)
        after = engine(there.state)
        assert [a.name for a in accounts.all_accounts(after)] == [a.name for a in accounts.all_accounts(before)]
        assert there.agreement.read_bytes() == bare_world.settings.agreement.read_bytes()
        with reading(after) as connection:
            papers = connection.scalars(select(document.c.sha256)).all()
        assert len(papers) == done.documents > 0
        assert all(documents.read(after, there.documents, one)[1] for one in papers)
        assert _sound(there) == done.records + 1
        newest = audit.search(after, limit=1)[0]
        assert (newest.event.action, newest.event.account) == ("state-restore", "cli:uji")
        assert Path(there.var / "state.db").stat().st_mode & 0o777 == 0o600
        assert [file.name for file in there.var.iterdir() if file.name.startswith(".")] == []


def test_no_key_and_no_data_is_in_the_copy(bare_world: World, copy: Path) -> None:
    with zipfile.ZipFile(copy) as archive:
        content = b"".join(archive.read(name) for name in archive.namelist())
        names = archive.namelist()
    assert all(backup.MEMBER.fullmatch(name) or name == backup.LIST for name in names)
    for name in keys.NAMES:
        secret = keys.key(bare_world.settings.keys, name)
        assert secret not in content
        assert secret.hex().encode() not in content


def test_taken_while_others_write_it_is_one_moment(bare_world: World, tmp_path: Path) -> None:
    state, over, wrong = engine(bare_world.settings.state), threading.Event(), list[Exception]()

    def write() -> None:
        while not over.is_set():
            try:
                audit.record(state, bare_world.audit_key, ASKED)
            except Exception as error:
                wrong.append(error)
                return

    writers = [threading.Thread(target=write) for _n in range(3)]
    for one in writers:
        one.start()
    try:
        files = [tmp_path / f"{n}.cadangan" for n in range(4)]
        made = [backup.backup(file, bare_world.settings, BACKUP) for file in files]
    finally:
        over.set()
        for one in writers:
            one.join()
    assert wrong == []
    counts = [copied.records for copied in made]
    assert counts == sorted(set(counts))
    for number, (file, count) in enumerate(zip(files, counts, strict=True)):
        with _elsewhere(bare_world, tmp_path / f"var-{number}") as there:
            assert restoring.restore(file, there, RESTORE).records == count
            assert _sound(there) == count + 1
    assert _sound(bare_world.settings) > counts[-1]  # nobody was locked out meanwhile


def test_sessions_do_not_come_back_to_life(bare_world: World, tmp_path: Path) -> None:
    state = engine(bare_world.settings.state)
    token = sessions.open_session(state, bare_world.audit_key, accounts.find(state, "analis"), address="10.0.0.1")
    backup.backup(tmp_path / "x", bare_world.settings, BACKUP)
    with _elsewhere(bare_world, tmp_path / "lain") as there:
        restoring.restore(tmp_path / "x", there, RESTORE)
        with pytest.raises(AsnError):
            sessions.session_account(engine(there.state), token)
        with reading(engine(there.state)) as connection:
            assert connection.scalar(select(func.count()).where(session.c.ended_at.is_(None))) == 0


def test_a_state_that_holds_something_is_replaced_only_on_demand_and_kept(bare_world: World, copy: Path) -> None:
    audit.record(engine(bare_world.settings.state), bare_world.audit_key, ASKED)
    count = _sound(bare_world.settings)
    bare_world.settings.agreement.write_bytes(bare_world.settings.agreement.read_bytes() + b"# lain\n")
    with pytest.raises(Rejected) as caught:
        restoring.restore(copy, _stopped(bare_world), RESTORE)
    assert caught.value.reason == "restore-full"
    assert "--replace" in caught.value.sentence("id")
    assert _sound(bare_world.settings) == count
    done = restoring.restore(copy, _stopped(bare_world), RESTORE, instead=True)
    assert _sound(bare_world.settings) == done.records + 1 == count
    assert len(done.kept) == 2  # database and agreement
    earlier = OwnerSettings(var=bare_world.settings.var, state_url=f"sqlite:///{done.kept[0]}")
    assert _sound(earlier) == count
    engine(earlier.state).dispose()


HOLDS = """
import sys, time
from data_access.state import engine, reading
with reading(engine(sys.argv[1])) as connection:
    connection.exec_driver_sql("SELECT count(*) FROM audit").fetchone()
print("open", flush=True)
sys.stdin.read()
"""


def test_a_running_app_is_not_pulled_from_under(bare_world: World, copy: Path) -> None:
    """A process that did nothing for a while still has the file open."""
    settings = _stopped(bare_world)
    command = [sys.executable, "-c", HOLDS, settings.state]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(Rejected) as caught:
            restoring.restore(copy, settings, RESTORE, instead=True)
        assert caught.value.reason == "restore-running"
        other.communicate("")
    restoring.restore(copy, settings, RESTORE, instead=True)


def _spoiled(copy: Path, change: object) -> None:
    """The copy written anew with other contents, list included."""
    with zipfile.ZipFile(copy) as archive:
        inside = {name: archive.read(name) for name in archive.namelist()}
    assert callable(change)
    change(inside)
    with zipfile.ZipFile(copy, "w") as archive:
        for name, content in inside.items():
            archive.writestr(name, content)


def _listing(inside: dict[str, bytes], **changes: object) -> None:
    inside[backup.LIST] = json.dumps(json.loads(inside[backup.LIST]) | changes).encode()


SPOILED = {
    "list-gone": lambda inside: inside.pop(backup.LIST),
    "list-no-json": lambda inside: inside.update({backup.LIST: b"{"}),
    "list-other-form": lambda inside: inside.update({backup.LIST: b"[]"}),
    "list-deep": lambda inside: inside.update({backup.LIST: b"[" * 100_000}),
    "list-lacks": lambda inside: inside.update({backup.LIST: b'{"format": 1, "migration": "0001"}'}),
    "list-changed": lambda inside: _listing(inside, made_by="orang lain"),
    "mac-no-ascii": lambda inside: _listing(inside, mac="é"),
    "database-gone": lambda inside: inside.pop(backup.DATABASE),
    "database-changed": lambda inside: inside.update({backup.DATABASE: inside[backup.DATABASE][:-1] + b"?"}),
    "database-cut": lambda inside: inside.update({backup.DATABASE: inside[backup.DATABASE][:-4096]}),
    "database-longer": lambda inside: inside.update({backup.DATABASE: inside[backup.DATABASE] + b"\0" * 10_000_000}),
    "more": lambda inside: inside.update({"documents/" + "0" * 64: b"x"}),
    "outside": lambda inside: inside.update({"../../keluar": b"x"}),
    "agreement-changed": lambda inside: inside.update({backup.AGREEMENT: b"parties: {}"}),
}


@pytest.mark.parametrize("kind", SPOILED)
def test_a_changed_copy_changes_nothing(bare_world: World, copy: Path, tmp_path: Path, kind: str) -> None:
    _spoiled(copy, SPOILED[kind])
    with _elsewhere(bare_world, tmp_path / "lain") as there:
        with pytest.raises(Damaged):
            restoring.restore(copy, there, RESTORE)
        assert sorted(file.name for file in there.var.iterdir()) == ["keys"]
    assert not (tmp_path / "keluar").exists()


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_copy_cut_off_changes_nothing(bare_world: World, copy: Path, tmp_path: Path, share: float) -> None:
    content = copy.read_bytes()
    copy.write_bytes(content[: int(len(content) * share)])
    with _elsewhere(bare_world, tmp_path / "lain") as there:
        with pytest.raises(Damaged):
            restoring.restore(copy, there, RESTORE)
        assert sorted(file.name for file in there.var.iterdir()) == ["keys"]


@pytest.mark.parametrize("at", [0.05, 0.3, 0.6, 0.8])
def test_a_flipped_byte_is_found_or_was_of_no_meaning(bare_world: World, copy: Path, tmp_path: Path, at: float) -> None:
    content = bytearray(copy.read_bytes())
    content[int(len(content) * at)] ^= 0x41
    copy.write_bytes(bytes(content))
    with _elsewhere(bare_world, tmp_path / "lain") as there:
        with pytest.raises(Damaged):
            restoring.restore(copy, there, RESTORE)
        assert not (there.var / "state.db").exists()


@pytest.mark.parametrize("changes", [{"format": 2}, {"migration": "9999"}])
def test_a_copy_of_a_newer_version_is_told_apart(
    bare_world: World, copy: Path, tmp_path: Path, changes: dict[str, object]
) -> None:
    _spoiled(copy, lambda inside: _listing(inside, **changes))
    with _elsewhere(bare_world, tmp_path / "lain") as there, pytest.raises(Misconfigured) as caught:
        restoring.restore(copy, there, RESTORE)
    assert caught.value.reason == "backup-newer"


def test_other_keys_are_told(bare_world: World, copy: Path, tmp_path: Path) -> None:
    with _elsewhere(bare_world, tmp_path / "lain") as there:
        shutil.rmtree(there.keys)
        keys.make_keys(there.keys)
        with pytest.raises(Damaged) as caught:
            restoring.restore(copy, there, RESTORE)
        assert caught.value.reason == "backup-keys"
        assert not (there.var / "state.db").exists()


def test_a_record_that_was_tampered_with_is_not_put_back(bare_world: World, copy: Path, tmp_path: Path) -> None:
    """By somebody who has the key and makes the list anew: the chain still tells."""
    state = engine(bare_world.settings.state)
    with state.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_no_update")
        connection.execute(records.update().where(records.c.seq == 2).values(account="lain"))
    backup.backup(tmp_path / "x", bare_world.settings, BACKUP)
    with _elsewhere(bare_world, tmp_path / "lain") as there:
        with pytest.raises(Damaged) as caught:
            restoring.restore(tmp_path / "x", there, RESTORE)
        assert caught.value.reason == "backup-audit"
        assert not (there.var / "state.db").exists()


def test_a_copy_from_before_a_change_of_the_audit_key_comes_back(bare_world: World, copy: Path) -> None:
    kept = backup.sha256_of(copy)
    for _turn in range(2):
        key_rotation.rotate(engine(bare_world.settings.state), bare_world.settings.keys, "audit", RESTORE)
    with pytest.raises(Rejected) as caught:
        restoring.restore(copy, _stopped(bare_world), RESTORE, instead=True)
    assert caught.value.reason == "backup-former-key"
    done = restoring.restore(copy, _stopped(bare_world), RESTORE, instead=True, sha256=kept)
    assert _sound(bare_world.settings) == done.records + 3  # both changes, and that it was put back
    audit.record(engine(bare_world.settings.state), bare_world.audit_key, ASKED)
    _sound(bare_world.settings)


def test_a_copy_made_with_a_former_key_by_somebody_else_is_not_put_back(bare_world: World, tmp_path: Path) -> None:
    """Whoever has the key that was replaced can sign a whole copy, with an account of their own in it."""
    forger = copied(bare_world, tmp_path / "lain").settings
    key_rotation.rotate(engine(bare_world.settings.state), bare_world.settings.keys, "audit", RESTORE)
    made = backup.backup(tmp_path / "palsu", forger, BACKUP)
    honest = backup.backup(tmp_path / "benar", bare_world.settings, BACKUP)
    for sha256, reason in (("", "backup-former-key"), (honest.sha256, "backup-hash"), ("x", "backup-hash")):
        with pytest.raises(AsnError) as caught:
            restoring.restore(tmp_path / "palsu", _stopped(bare_world), RESTORE, instead=True, sha256=sha256)
        assert caught.value.reason == reason
    assert made.sha256 != honest.sha256
    _sound(bare_world.settings)


def test_a_missing_document_is_named_and_does_not_stop_the_rest(bare_world: World, tmp_path: Path) -> None:
    shutil.rmtree(bare_world.settings.documents)
    made = backup.backup(tmp_path / "x", bare_world.settings, BACKUP)
    assert set(made.missing) == {"keputusan.pdf"}
    with _elsewhere(bare_world, tmp_path / "lain") as there:
        assert restoring.restore(tmp_path / "x", there, RESTORE).documents == 0


def test_an_existing_file_is_not_overwritten(bare_world: World, copy: Path) -> None:
    before = copy.read_bytes()
    with pytest.raises(Rejected):
        backup.backup(copy, bare_world.settings, BACKUP)
    assert copy.read_bytes() == before


def test_without_a_record_there_is_no_copy(bare_world: World, tmp_path: Path) -> None:
    (bare_world.settings.keys / "audit.key").unlink()
    with pytest.raises(Misconfigured):
        backup.backup(tmp_path / "x", bare_world.settings, BACKUP)
    assert not (tmp_path / "x").exists()


def test_another_database_is_told_its_own_command_without_its_password(tmp_path: Path) -> None:
    other = OwnerSettings(var=tmp_path, state_url="postgresql+psycopg://asn:rahasia@db/asn")
    with pytest.raises(Rejected) as caught:
        backup.backup(tmp_path / "x", other, BACKUP)
    assert "pg_dump" in caught.value.sentence("id")
    assert "rahasia" not in caught.value.sentence("id")
    with pytest.raises(Rejected):
        restoring.restore(tmp_path / "x", other, RESTORE)
