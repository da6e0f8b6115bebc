"""Web and worker under two system accounts that share a group: everything works, and the web never reaches what is raw."""

import json
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from tests.data_access.refresh.conftest import NEXT
from tests.two_accounts import GROUP, OPERATOR, WEB, WORKER, Installation, installed
from tests.world import LATE, World, copied, cube, deliver, moved_on


def _untested(why: str) -> NoReturn:
    """Skips loudly on a desk; on the CI machine, which has what it takes, that is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"two accounts were not tested: {why}")
    warnings.warn(f"two accounts are NOT tested: {why}", stacklevel=2)
    pytest.skip(why)


@pytest.fixture(scope="module")
def place(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    if os.geteuid() != 0:
        _untested("only root can act as both accounts")
    # Not below pytest's own folder, which is closed to all other accounts.
    folder = Path(tempfile.mkdtemp(prefix="asn-dua-akun-"))
    folder.chmod(0o755)
    try:
        made = installed(copied(world, tmp_path_factory.mktemp("dua") / "var"), folder)
        if made.run(WEB, "data_access", "--help").returncode:
            _untested("other accounts cannot read this code")
        yield made
    finally:
        shutil.rmtree(folder)


def worked(place: Installation) -> None:
    done = place.run(WORKER, "data_access", "work")
    assert done.returncode == 0, done.stderr


def test_from_an_upload_to_an_answer(place: Installation, world: World) -> None:
    file = place.common.parent / f"rekap-{NEXT}.csv"
    cube(moved_on(world.people[LATE], day=NEXT)).write_csv(file)
    file.chmod(0o644)
    before = place.web("ask", LATE.isoformat())["release"]
    brought = place.web("upload", str(file), NEXT.isoformat())
    upload = place.common / "incoming" / str(brought["folder"])
    assert {path.stat().st_mode & 0o7777 for path in upload.iterdir()} == {0o660}
    worked(place)
    assert not upload.exists()
    assert place.web("publish", str(brought["number"])) == {"checked": "ready"}
    worked(place)
    answer = place.web("ask", NEXT.isoformat())
    assert answer["release"] != before
    made = place.common / "releases" / str(answer["release"])
    assert (made.stat().st_uid, made.stat().st_mode & 0o7777) == (WORKER, 0o2750)
    assert {path.stat().st_mode & 0o7777 for path in made.iterdir()} == {0o640}
    raw = [place.owners / "vault", *(place.owners / "vault").rglob("*")]
    assert {path.stat().st_mode & 0o077 for path in raw} == {0}


def test_the_web_reaches_nothing_of_the_owner(place: Installation, world: World) -> None:
    laid = deliver(place.owners / "deliveries" / "kiriman", cube(world.people[LATE]), LATE)
    laid.chmod(0o755)  # even if the sender's system is careless
    raw = [path for path in place.owners.rglob("*") if path.is_file()]
    assert {"record.key", "cube.parquet", "pegawai.parquet"} <= {path.name for path in raw}
    parts = [place.owners, *place.owners.iterdir(), *raw]
    assert set(place.web("open", *map(str, parts)).values()) == {False}
    own = place.common / "keys" / "manifest.key"
    assert place.web("open", str(own)) == {str(own): True}  # so that False above means something


def test_the_web_changes_no_release(place: Installation) -> None:
    releases = place.common / "releases"
    before = {path: path.stat().st_mtime_ns for path in releases.rglob("*")}
    forged = place.run(WEB, "data_access", "rollback", "0001", "--reason", "rilis terakhir keliru")
    assert forged.returncode != 0
    assert "Traceback" not in forged.stderr
    assert {path: path.stat().st_mtime_ns for path in releases.rglob("*")} == before


def test_the_worker_tells_the_web_what_lies_in_the_drop_folder(place: Installation, world: World) -> None:
    laid = deliver(place.owners / "deliveries" / "laporan", cube(world.people[LATE]), LATE)
    for path in (laid, *laid.iterdir()):
        os.chown(path, WORKER, WORKER)
    worked(place)
    assert "laporan" in str(place.web("laid"))


def test_a_vault_that_another_account_has_put_there_is_refused(place: Installation) -> None:
    vault = place.owners / "vault"
    aside = vault.rename(vault.with_name("brankas"))
    vault.mkdir(mode=0o700)
    os.chown(vault, WEB, WEB)
    try:
        done = place.run(WORKER, "data_access", "work")
        assert done.returncode == 1
        assert list(vault.iterdir()) == []
    finally:
        vault.rmdir()
        aside.rename(vault)


@pytest.fixture
def copy(place: Installation) -> Iterator[Path]:
    """A copy of the state as the web's account makes it at night, open to the others; agreement and documents are put back."""
    shelf = Path(tempfile.mkdtemp(dir=place.common.parent))
    shelf.chmod(0o777)
    done = place.run(WEB, "data_access", "state", "backup", str(shelf / "status.cadangan"))
    assert (done.returncode, done.stderr) == (0, "")
    (shelf / "status.cadangan").chmod(0o644)
    agreement, papers = place.common / "perjanjian.yaml", place.common / "documents"
    before = agreement.read_bytes()
    shutil.copytree(papers, shelf / "documents")
    yield shelf / "status.cadangan"
    place.common.chmod(0o750)
    agreement.write_bytes(before)
    os.chown(agreement, 0, GROUP)
    agreement.chmod(0o640)
    shutil.rmtree(papers, ignore_errors=True)
    shutil.copytree(shelf / "documents", papers)
    for path in (papers, *papers.rglob("*")):
        os.chown(path, WEB, WEB)


def _restored(place: Installation, uid: int, copy: Path) -> tuple[int, str]:
    done = place.run(uid, "data_access", "state", "restore", str(copy), "--replace")
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr


def _emptied(place: Installation) -> None:
    for folder in (place.common / "documents").iterdir():
        shutil.rmtree(folder)


def _changed(place: Installation) -> None:
    with (place.common / "perjanjian.yaml").open("a") as file:
        file.write("# sejak cadangan\n")


def _held(place: Installation) -> dict[str, tuple[int, int, int, int]]:
    """Everything that both accounts have, but for the files that SQLite makes and takes away beside its database."""
    found = {str(path): path.lstat() for path in place.common.rglob("*") if not path.name.startswith("state.db-")}
    return {path: (one.st_ino, one.st_uid, one.st_gid, one.st_mode) for path, one in found.items()}


def test_root_puts_a_copy_back_and_the_web_reads_all_of_it(place: Installation, copy: Path) -> None:
    _emptied(place)
    _changed(place)
    os.chown(copy, OPERATOR, OPERATOR)
    copy.chmod(0o600)
    assert _restored(place, OPERATOR, copy) == (0, "")
    assert place.web("papers")["read"] == 2
    assert place.web("ask", LATE.isoformat())["rows"]
    papers = list((place.common / "documents").rglob("*"))
    assert {
        (path.is_dir(), path.stat().st_uid, path.stat().st_gid, path.stat().st_mode & 0o7777) for path in papers
    } == {
        (True, WEB, WEB, 0o700),
        (False, WEB, WEB, 0o600),
    }
    for path in (place.common / "state").iterdir():
        assert (path.stat().st_uid, path.stat().st_gid, path.stat().st_mode & 0o7777) == (WEB, GROUP, 0o660), path
    agreement = place.common / "perjanjian.yaml"
    assert (agreement.stat().st_uid, agreement.stat().st_gid, agreement.stat().st_mode & 0o777) == (0, GROUP, 0o640)
    assert [path for path in place.common.rglob(".asn-*")] == []
    tonight = place.run(WEB, "data_access", "state", "backup", str(copy.with_name("malam.cadangan")))
    assert (tonight.returncode, tonight.stderr) == (0, "")


def test_root_gives_the_group_a_register_that_was_not_there(place: Installation, copy: Path) -> None:
    (place.common / "perjanjian.yaml").unlink()
    assert _restored(place, OPERATOR, copy) == (0, "")
    agreement = place.common / "perjanjian.yaml"
    assert (agreement.stat().st_uid, agreement.stat().st_gid, agreement.stat().st_mode & 0o777) == (0, GROUP, 0o640)
    assert place.web("open", str(agreement)) == {str(agreement): True}


def test_root_makes_no_folder_that_only_root_could_open(place: Installation, copy: Path) -> None:
    shutil.rmtree(place.common / "documents")
    before = _held(place)
    code, told = _restored(place, OPERATOR, copy)
    assert code == 1
    assert str(place.common / "documents") in told
    assert _held(place) == before


def test_a_folder_that_root_has_left_in_the_store_is_named(place: Installation, copy: Path) -> None:
    folder = next((place.common / "documents").iterdir())
    shutil.rmtree(folder)
    folder.mkdir(mode=0o700)
    before = _held(place)
    code, told = _restored(place, OPERATOR, copy)
    assert code == 1
    assert str(folder) in told
    assert str(WEB) in told
    assert _held(place) == before


def test_the_web_leads_root_nowhere_by_a_link(place: Installation, copy: Path) -> None:
    folder = next((place.common / "documents").iterdir())
    shutil.rmtree(folder)
    closed = copy.parent / "milik-root"
    closed.mkdir(mode=0o700)
    folder.symlink_to(closed)
    os.chown(folder, WEB, WEB, follow_symlinks=False)
    before = _held(place)
    code, told = _restored(place, OPERATOR, copy)
    folder.unlink()
    assert code == 1
    assert str(folder) in told
    assert list(closed.iterdir()) == []
    assert {path: one for path, one in before.items() if path != str(folder)} == _held(place)


def test_the_web_leads_root_nowhere_by_exchanging_the_folder_aside(place: Installation, copy: Path) -> None:
    _emptied(place)
    closed = copy.parent / "milik-root"
    closed.mkdir(mode=0o700)
    done = place.run(OPERATOR, "tests.two_accounts", "swap", str(copy), str(closed))
    left = [*(place.common / "state").glob(".asn-*"), place.common / "state" / "lain"]
    for path in left:
        path.unlink() if path.is_symlink() else shutil.rmtree(path, ignore_errors=True)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["error"]
    assert list(closed.iterdir()) == []
    assert place.web("ask", LATE.isoformat())["rows"]


def test_the_web_puts_back_what_is_its_own(place: Installation, copy: Path) -> None:
    _emptied(place)
    assert _restored(place, WEB, copy) == (0, "")
    assert place.web("papers")["read"] == 2


@pytest.mark.parametrize("open_folder", [False, True])
def test_the_web_is_refused_before_anything_is_moved_where_the_register_differs(
    place: Installation, copy: Path, open_folder: bool
) -> None:
    """Also where it could write into the folder, but not take away what another account has put there."""
    _changed(place)
    if open_folder:
        place.common.chmod(0o1770)
        (place.common / "perjanjian.yaml").chmod(0o660)
    before = _held(place)
    code, told = _restored(place, WEB, copy)
    assert code == 1
    assert str(place.common / "perjanjian.yaml") in told
    assert str(WEB) in told
    assert _held(place) == before


def test_the_worker_is_refused_before_anything_is_moved(place: Installation, copy: Path) -> None:
    before = _held(place)
    code, told = _restored(place, WORKER, copy)
    assert code == 1
    assert str(place.common / "documents") in told
    assert str(WORKER) in told
    assert _held(place) == before


def test_a_copy_without_all_documents_is_told_by_the_exit_code(place: Installation, copy: Path) -> None:
    _emptied(place)
    done = place.run(WEB, "data_access", "state", "backup", str(copy.with_name("kurang.cadangan")))
    assert done.returncode == 3
    assert "keputusan.pdf" in done.stderr
    assert copy.with_name("kurang.cadangan").exists()
