"""A publish that is killed at any moment: readers see the old or the new release, and the next start leaves nothing behind."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from data_access.access.query import Query
from data_access.governance import audit
from data_access.governance.audit_check import verify
from data_access.keys import key
from data_access.release import journal, shelf
from data_access.release.publish import publish, refreshing
from data_access.release.vault import SCRATCH
from data_access.state import engine
from tests.data_access.release.killed import POINTS
from tests.world import LATE, World, cube, deliver, persons

ROOT = Path(__file__).parents[3]
QUESTION = Query("pegawai", by=("jenis_kelamin",))
SERVED_BEFORE, SERVED_AFTER = "0003", "0004"
# Points after which the new release is the one that readers see.
SWAPPED = {"after the pointer, before the commit", "after the commit", "after all"}
MOMENTS = 8


def publishing(world: World, delivery: Path, point: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.data_access.release.killed", str(world.settings.var), str(delivery), point]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE)


def delivery_of(tmp_path: Path, size: int = 3_000) -> Path:
    return deliver(tmp_path / "kiriman", cube(persons(size, day=LATE, seed=9)), LATE)


def served(world: World) -> str:
    """The release from which a question is answered now, by a process that has just started."""
    answer = world.gateway().ask(world.viewer("pemilik"), QUESTION)
    assert answer.frame.height == 2
    return answer.source.release


def leftovers(world: World) -> list[str]:
    """Everything on shelf and in vault that belongs to no release of the shelf.

    Copies that were being read are swept later: another process may still be reading its own.
    """
    shelved = shelf.listed(world.settings.releases, key(world.settings.keys, "manifest"))
    kept = {f"{s.dataset}/{s.reference_date}/r{s.revision}" for release in shelved.sound for s in release.snapshots}
    found = {p.relative_to(world.settings.vault).as_posix() for p in world.settings.vault.glob("*/*/*")}
    vault = {path for path in found if not path.startswith(f"{SCRATCH}/")}
    aside = [path.name for path in world.settings.releases.glob(f"{shelf.BUILDING}*")]
    notes = [path.name for path in world.settings.releases.glob(f"{journal.NAME}*")]
    return [*shelved.damaged, *sorted(vault - kept), *aside, *notes]


def settled(world: World) -> None:
    """What every start does first."""
    with refreshing(world.settings, "uji"):
        pass


def in_order(world: World) -> None:
    assert leftovers(world) == []
    assert verify(engine(world.settings.state), world.audit_key).sound
    published = audit.search(engine(world.settings.state), action="publish", decision="allowed")
    shelved = shelf.names(world.settings.releases)
    assert sorted(str(entry.event.release) for entry in published) == shelved


@pytest.mark.parametrize("point", POINTS)
def test_killed_at_a_step(own_world: World, tmp_path: Path, point: str) -> None:
    process = publishing(own_world, delivery_of(tmp_path), point)
    _out, said = process.communicate(timeout=120)
    assert process.returncode == -9, said.decode()
    expected = SERVED_AFTER if point in SWAPPED else SERVED_BEFORE
    assert served(own_world) == expected  # before anything is settled
    settled(own_world)
    assert served(own_world) == expected
    in_order(own_world)
    publish([delivery_of(tmp_path / "lagi")], by="uji", settings=own_world.settings, accept_warnings="uji")
    in_order(own_world)


def test_killed_at_random_moments(own_world: World, tmp_path: Path) -> None:
    draw = random.Random(20251101)
    delivery = delivery_of(tmp_path, 20_000)
    started = time.monotonic()
    whole = publishing(own_world, delivery, "after all")
    whole.communicate(timeout=120)
    lasts = time.monotonic() - started
    killed = 0
    settled(own_world)
    for _moment in range(MOMENTS):
        before = served(own_world)
        process = publishing(own_world, delivery, "-")
        time.sleep(draw.uniform(0.2, 0.9) * lasts)
        process.kill()
        process.communicate(timeout=120)
        killed += process.returncode == -9
        found = served(own_world)
        assert int(found) in (int(before), int(shelf.names(own_world.settings.releases)[-1]))
        settled(own_world)
        assert served(own_world) == found
        in_order(own_world)
    assert killed > 0
