"""Every place of a restored state is tried before anything is moved; what is there already is left alone.

What each account may do is tried under real ones in `tests/attacks/test_two_accounts.py`; here are obstacles that stop root too.
"""

import os
import pwd
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from data_access.errors import Misconfigured, Rejected
from data_access.governance import audit, backup, restoring
from data_access.governance.audit import Event
from data_access.governance.restore_places import Exchange, exchanged
from data_access.owner import OwnerSettings
from data_access.state import engine
from tests.world import World

BACKUP = Event(action="state-backup", decision="allowed", account="cli:uji")
RESTORE = Event(action="state-restore", decision="allowed", account="cli:uji")


@pytest.fixture
def copy(bare_world: World, tmp_path: Path) -> Path:
    """After it the state knows one record more, and the agreement is another."""
    file = tmp_path / "status.cadangan"
    backup.backup(file, bare_world.settings, BACKUP)
    audit.record(engine(bare_world.settings.state), bare_world.audit_key, BACKUP)
    with bare_world.settings.agreement.open("a") as agreement:
        agreement.write("# sejak cadangan\n")
    engine(bare_world.settings.state).dispose()
    return file


def _held(settings: OwnerSettings) -> dict[str, tuple[int, int, int]]:
    """Everything but the files that SQLite makes and takes away beside its database."""
    found = {str(path): path.lstat() for path in settings.var.rglob("*") if not path.name.startswith("state.db-")}
    return {path: (one.st_ino, one.st_mode, one.st_nlink) for path, one in found.items()}


def _restore(copy: Path, settings: OwnerSettings) -> restoring.Restored:
    return restoring.restore(copy, settings, RESTORE, instead=True)


def test_a_register_with_the_same_bytes_is_left_alone(bare_world: World, tmp_path: Path) -> None:
    settings = bare_world.settings
    backup.backup(tmp_path / "x", settings, BACKUP)
    engine(settings.state).dispose()
    before = settings.agreement.stat()
    done = _restore(tmp_path / "x", settings)
    assert [place.name[:9] for place in done.kept] == ["state.db."]
    assert (settings.agreement.stat().st_ino, settings.agreement.stat().st_ctime_ns) == (
        before.st_ino,
        before.st_ctime_ns,
    )


def test_a_document_that_is_intact_is_left_alone_and_one_that_is_not_comes_back(bare_world: World, copy: Path) -> None:
    first, second = sorted(path for path in bare_world.settings.documents.rglob("*") if path.is_file())
    before = first.stat().st_mtime_ns, first.stat().st_ino
    whole = second.read_bytes()
    second.write_bytes(b"rusak")
    done = _restore(copy, bare_world.settings)
    assert (first.stat().st_mtime_ns, first.stat().st_ino) == before
    assert second.read_bytes() == whole
    assert (done.documents, done.missing) == (2, ())


def _no_folder_of_documents(settings: OwnerSettings) -> Path:
    shutil.rmtree(settings.documents)
    settings.documents.touch()
    return settings.documents


def _no_folder_in_the_store(settings: OwnerSettings) -> Path:
    folder = next(settings.documents.iterdir())
    shutil.rmtree(folder)
    folder.touch()
    return folder


def _register_is_a_folder(settings: OwnerSettings) -> Path:
    settings.agreement.unlink()
    settings.agreement.mkdir()
    return settings.agreement


def _state_is_a_folder(settings: OwnerSettings) -> Path:
    file = settings.var / "state.db"
    file.unlink()
    file.mkdir()
    return file


OBSTACLES = [_no_folder_of_documents, _no_folder_in_the_store, _register_is_a_folder, _state_is_a_folder]


@pytest.mark.parametrize("obstacle", OBSTACLES)
def test_a_place_that_cannot_take_it_is_named_with_the_account(
    bare_world: World, copy: Path, obstacle: Callable[[OwnerSettings], Path]
) -> None:
    place = obstacle(bare_world.settings)
    before = _held(bare_world.settings)
    with pytest.raises(Rejected) as caught:
        _restore(copy, bare_world.settings)
    assert caught.value.reason == "restore-place"
    assert str(place) in caught.value.sentence("id")
    assert f"akun {_me()} " in caught.value.sentence("id")
    assert _held(bare_world.settings) == before


def _me() -> str:
    return pwd.getpwuid(os.geteuid()).pw_name


def _failing(monkeypatch: pytest.MonkeyPatch, target: Path) -> None:
    """The disk fails at the moment that this file is to be replaced, which nothing can tell before."""
    replace = Path.replace

    def failing(self: Path, to: Path) -> Path:
        if to == target:
            raise OSError(5, os.strerror(5))
        return replace(self, to)

    monkeypatch.setattr(Path, "replace", failing)


def test_a_failure_before_the_state_is_replaced_leaves_everything(
    bare_world: World, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _held(bare_world.settings)
    _failing(monkeypatch, bare_world.settings.var / "state.db")
    with pytest.raises(Rejected) as caught:
        _restore(copy, bare_world.settings)
    assert caught.value.reason == "restore-place"
    assert _held(bare_world.settings) == before


def test_a_failure_after_the_state_was_replaced_says_so_and_where_the_former_one_lies(
    bare_world: World, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = bare_world.settings
    records = audit.anchor(engine(settings.state))[0]
    engine(settings.state).dispose()
    register = settings.agreement.read_bytes()
    _failing(monkeypatch, settings.agreement)
    with pytest.raises(Misconfigured) as caught:
        _restore(copy, settings)
    assert caught.value.reason == "restore-half"
    (former,) = settings.var.glob("state.db.*Z")
    assert f"yang lama disimpan di {former}" in caught.value.sentence("id")
    assert str(settings.agreement) in caught.value.sentence("id")
    assert settings.agreement.read_bytes() == register
    assert list(settings.var.glob("perjanjian.yaml.*")) == []
    assert audit.search(engine(settings.state), limit=1)[0].event.action == "state-restore"
    earlier = OwnerSettings(var=settings.var, state_url=f"sqlite:///{former}")
    assert audit.anchor(engine(earlier.state))[0] == records
    engine(earlier.state).dispose()


def test_where_there_was_no_state_before_none_is_named(
    bare_world: World, copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lain").mkdir(mode=0o700)
    shutil.copytree(bare_world.settings.keys, tmp_path / "lain" / "keys")
    there = OwnerSettings(var=tmp_path / "lain")
    _failing(monkeypatch, there.agreement)
    with pytest.raises(Misconfigured) as caught:
        _restore(copy, there)
    assert "SUDAH dipulihkan" in caught.value.sentence("id")
    assert "None" not in caught.value.sentence("id")


def test_what_lies_under_the_second_name_is_not_lost(bare_world: World, copy: Path) -> None:
    settings = bare_world.settings
    done = _restore(copy, settings)
    engine(settings.state).dispose()
    taken = done.kept[0].stat().st_ino
    new = settings.var / "baru"
    new.write_bytes(b"x")
    with pytest.raises(Rejected):
        exchanged([Exchange(new, settings.var / "state.db", done.kept[0])])
    assert done.kept[0].stat().st_ino == taken


def test_documents_that_are_nowhere_are_named(bare_world: World, tmp_path: Path) -> None:
    shutil.rmtree(bare_world.settings.documents)
    backup.backup(tmp_path / "x", bare_world.settings, BACKUP)
    engine(bare_world.settings.state).dispose()
    assert set(_restore(tmp_path / "x", bare_world.settings).missing) == {"keputusan.pdf"}
