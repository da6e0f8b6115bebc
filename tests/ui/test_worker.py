"""The app starts one worker at a time, waits longer after each that fails, and says so. The processes are real."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui_world import forget, served
from tests.world import World
from ui.worker import Starter

# Notes that it was started, then ends as it is told to.
NOTE = "import sys; open(sys.argv[1], 'a').write('x'); sys.exit(int(sys.argv[2]))"


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def inside(own_world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with served(own_world):
        monkeypatch.setenv("ASN_WORKER", "internal")
        forget()
        yield own_world


def starter(note: Path, ends: int, clock: Clock) -> Starter:
    note.touch()
    return Starter((sys.executable, "-c", NOTE, str(note), str(ends)), clock)


@pytest.mark.usefixtures("inside")
def test_after_a_worker_that_fails_the_next_one_waits_longer_each_time(tmp_path: Path) -> None:
    clock, note = Clock(), tmp_path / "catatan"
    failing = starter(note, 3, clock)
    started = []
    for moment in (0, 1, 3, 5, 8, 13, 17):  # pauses of 2, 4 and 8 seconds
        clock.now = moment
        failing.look(seconds=30)
        started.append(note.stat().st_size)
    assert started == [1, 1, 2, 2, 3, 3, 4]
    assert "hubungi pengelola" in failing.trouble


@pytest.mark.usefixtures("inside")
def test_a_worker_that_ends_well_ends_the_trouble(tmp_path: Path) -> None:
    clock, note = Clock(), tmp_path / "catatan"
    mended = starter(note, 3, clock)
    mended.look(seconds=30)
    assert mended.trouble
    mended._command = (*mended._command[:-1], "0")
    clock.now = 1_000
    for _twice in range(2):  # and the one after it need not wait
        mended.look(seconds=30)
    assert (mended.trouble, note.stat().st_size) == ("", 3)


@pytest.mark.usefixtures("inside")
def test_a_worker_that_cannot_be_started_is_told() -> None:
    lost = Starter(("/tidak/ada/python",))
    lost.look()
    assert lost.trouble


@pytest.mark.usefixtures("inside")
def test_nothing_is_started_where_nothing_waits(tmp_path: Path) -> None:
    idle = starter(tmp_path / "catatan", 0, Clock())
    idle.ensure()
    assert (tmp_path / "catatan").stat().st_size == 0


def test_where_systemd_starts_the_worker_the_app_never_does(
    inside: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASN_WORKER", "external")
    forget()
    outside = starter(tmp_path / "catatan", 0, Clock())
    outside.look(seconds=5)
    assert (tmp_path / "catatan").stat().st_size == 0
