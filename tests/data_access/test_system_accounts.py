"""Whose rights count, and that root takes on those of the owner of a place, and takes its own back."""

import os
import pwd
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from data_access.system_accounts import acting_account, acting_for, of_a_group, standing

SOMEBODY, GROUP, WAY = 61_011, 61_012, 61_013


@pytest.fixture
def place() -> Iterator[Path]:
    """A closed folder of somebody, on a way that only a group may pass. Not below pytest's folder, which is closed to others."""
    if os.geteuid() != 0:
        pytest.skip("only root can act as another account")
    with tempfile.TemporaryDirectory(prefix="asn-akun-") as top:
        Path(top).chmod(0o750)
        os.chown(top, 0, WAY)
        folder = Path(top) / "tempat"
        folder.mkdir(mode=0o700)
        os.chown(folder, SOMEBODY, GROUP)
        yield folder


def test_the_account_has_its_name() -> None:
    assert acting_account() == pwd.getpwuid(os.geteuid()).pw_name


def test_root_makes_what_belongs_to_the_owner_of_the_place(place: Path) -> None:
    before = os.geteuid(), os.getegid(), os.getgroups()
    with acting_for(place / "baru" / "lagi"):
        assert acting_account() == str(SOMEBODY)
        (place / "baru").mkdir()
        (place / "baru" / "berkas").touch()
    assert (os.geteuid(), os.getegid(), os.getgroups()) == before
    for path in (place / "baru", place / "baru" / "berkas"):
        assert (path.stat().st_uid, path.stat().st_gid) == (SOMEBODY, GROUP)


def test_root_goes_no_further_than_the_owner(place: Path, tmp_path: Path) -> None:
    closed = tmp_path / "milik-root"
    closed.mkdir(mode=0o700)
    (place / "tautan").symlink_to(closed)
    with acting_for(place), pytest.raises(PermissionError):
        (place / "tautan" / "berkas").touch()
    assert list(closed.iterdir()) == []


def test_one_place_within_another_and_an_error_end_as_they_began(place: Path, tmp_path: Path) -> None:
    before = os.geteuid(), os.getegid(), os.getgroups()
    with pytest.raises(ZeroDivisionError), acting_for(place):
        with acting_for(tmp_path):
            assert os.geteuid() == 0
            (tmp_path / "berkas").touch()
        assert (os.geteuid(), os.getegid()) == (SOMEBODY, GROUP)
        raise ZeroDivisionError
    assert (os.geteuid(), os.getegid(), os.getgroups()) == before
    assert (tmp_path / "berkas").stat().st_uid == 0


def test_a_place_that_root_keeps_for_a_group_is_told_apart(place: Path, tmp_path: Path) -> None:
    assert [of_a_group(one) for one in (place.parent, place, tmp_path)] == [True, False, False]


def test_the_lowest_folder_that_is_there(tmp_path: Path) -> None:
    assert standing(tmp_path) == tmp_path
    assert standing(tmp_path / "a" / "b") == tmp_path
