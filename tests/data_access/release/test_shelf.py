"""The pointer changes at once or not at all; a release that failed to build leaves nothing behind."""

import threading
from pathlib import Path

import pytest

from data_access.errors import Damaged
from data_access.release import shelf


@pytest.fixture
def shelves(tmp_path: Path) -> Path:
    for name in ("0001", "0002"):
        (tmp_path / name).mkdir()
    shelf.point(tmp_path, "0001")
    return tmp_path


def test_the_pointer_names_the_current_release(shelves: Path) -> None:
    assert shelf.current(shelves).name == "0001"
    shelf.point(shelves, "0002")
    assert shelf.current(shelves).name == "0002"
    assert not (shelves / "current.new").exists()


def test_a_reader_never_sees_half_a_pointer(shelves: Path) -> None:
    stop, seen = threading.Event(), set[str]()

    def read_on() -> None:
        while not stop.is_set():
            try:
                seen.add(shelf.current(shelves).name)
            except Damaged as error:
                seen.add(error.reason)

    thread = threading.Thread(target=read_on)
    thread.start()
    for i in range(300):
        shelf.point(shelves, f"000{1 + i % 2}")
    stop.set()
    thread.join()
    assert seen == {"0001", "0002"}


def test_an_interrupted_change_of_the_pointer_leaves_the_old_one(shelves: Path) -> None:
    (shelves / "current.new").write_text("00", "ascii")
    assert shelf.current(shelves).name == "0001"


def test_names_are_those_of_finished_releases(shelves: Path) -> None:
    (shelves / f"{shelf.BUILDING}0003").mkdir()
    (shelves / "catatan").mkdir()
    (shelves / "0007").touch()
    assert shelf.names(shelves) == ["0001", "0002"]
    assert shelf.next_name(shelves) == "0003"


def test_a_failed_build_leaves_nothing(shelves: Path) -> None:
    with pytest.raises(RuntimeError, match="disk"), shelf.building(shelves, "0003") as folder:
        (folder / "half").touch()
        raise RuntimeError("disk")
    assert sorted(p.name for p in shelves.iterdir()) == ["0001", "0002", "current"]


def test_a_finished_build_takes_its_name_and_is_private(shelves: Path) -> None:
    with shelf.building(shelves, "0003") as folder:
        (folder / "whole").touch(mode=0o644)
        assert shelf.names(shelves) == ["0001", "0002"]
    assert shelf.names(shelves) == ["0001", "0002", "0003"]
    assert (shelves / "0003").stat().st_mode & 0o777 == 0o700
    assert (shelves / "0003" / "whole").stat().st_mode & 0o777 == 0o600
