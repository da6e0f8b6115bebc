"""A disk that is full at any moment of a publish: a plain sentence, and what is served and kept stays as it was.

A file system of a few megabytes is mounted for it, which needs the rights of an administrator. Where they are missing the
kernel's limit on file sizes stands in: another error number, met at the same writes.
"""

import resource
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from data_access.errors import AsnError
from data_access.owner import OwnerSettings
from data_access.release import shelf
from data_access.release.publish import publish, refreshing
from data_access.state import engine
from tests.data_access.release.test_killed import in_order, served
from tests.world import LATE, World, cube, deliver, persons

SPARE = [20_000, 200_000, 600_000, 1_500_000]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a file system of 32 MB of its own, or an ordinary one where nothing can be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", folder], check=False, capture_output=True
    )
    yield folder
    if mounted.returncode == 0:
        subprocess.run(["umount", "-l", folder], check=True)


@pytest.mark.parametrize("spare", SPARE)
def test_a_full_disk_changes_nothing(own_world: World, small_disk: Path, tmp_path: Path, spare: int) -> None:
    if not small_disk.is_mount():
        pytest.skip(
            "no file system can be mounted here (needs root): test_a_limit_of_file_size_changes_nothing stands in"
        )
    engine(own_world.settings.state).dispose()
    shutil.copytree(own_world.settings.var, small_disk / "var", ignore=shutil.ignore_patterns("kiriman"))
    world = World(OwnerSettings(var=small_disk / "var", second_factor="off"), own_world.people)
    delivery = deliver(tmp_path / "kiriman", cube(persons(30_000, day=LATE, seed=9)), LATE)
    before = served(world)
    free = shutil.disk_usage(small_disk).free
    (small_disk / "ballast").write_bytes(b"\0" * (free - spare))
    with pytest.raises(AsnError) as caught:
        publish([delivery], by="uji", settings=world.settings, accept_warnings="uji")
    assert "{" not in caught.value.sentence("id")
    (small_disk / "ballast").unlink()
    assert served(world) == before
    with refreshing(world.settings, "uji"):
        pass
    in_order(world)
    publish([delivery], by="uji", settings=world.settings, accept_warnings="uji")
    assert int(served(world)) == int(before) + 1
    engine(world.settings.state).dispose()


@pytest.mark.parametrize("limit", [2_000, 60_000, 400_000])
def test_a_limit_of_file_size_changes_nothing(own_world: World, tmp_path: Path, limit: int) -> None:
    delivery = deliver(tmp_path / "kiriman", cube(persons(30_000, day=LATE, seed=9)), LATE)
    before, names = served(own_world), shelf.names(own_world.settings.releases)
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, old[1]))
    try:
        with pytest.raises(AsnError):
            publish([delivery], by="uji", settings=own_world.settings, accept_warnings="uji")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
        signal.signal(signal.SIGXFSZ, ignored)
    assert (served(own_world), shelf.names(own_world.settings.releases)) == (before, names)
    in_order(own_world)
