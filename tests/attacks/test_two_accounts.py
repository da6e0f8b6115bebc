"""Web and worker under two system accounts that share a group: everything works, and the web never reaches what is raw."""

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from tests.data_access.refresh.conftest import NEXT
from tests.two_accounts import WEB, WORKER, Installation, installed
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
