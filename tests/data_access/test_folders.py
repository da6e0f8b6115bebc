"""What we make is open to one account alone, or to the group of a place that an operator has shared; never to others."""

import os
from pathlib import Path

import pytest

from data_access.errors import Misconfigured
from data_access.folders import file_mode, new_shared_folder, own_folder, private_folder, shared_folder


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o7777


@pytest.fixture(params=[0o022, 0o077, 0o000], ids=oct)
def umask(request: pytest.FixtureRequest) -> None:
    before = os.umask(request.param)
    request.addfinalizer(lambda: os.umask(before))


# what an operator made of the place, the folders made in it, the files made in it
PLACES = [
    (0o700, 0o700, 0o600),
    (0o755, 0o700, 0o600),  # open, but not said to be shared
    (0o770, 0o700, 0o600),
    (0o2750, 0o2750, 0o640),
    (0o2770, 0o2770, 0o660),
    (0o2777, 0o2770, 0o660),  # never for others
]


@pytest.mark.usefixtures("umask")
@pytest.mark.parametrize(("place", "folder", "file"), PLACES, ids=[oct(row[0]) for row in PLACES])
def test_what_is_made_is_as_open_as_its_place_was_made(tmp_path: Path, place: int, folder: int, file: int) -> None:
    (tmp_path / "tempat").mkdir()
    (tmp_path / "tempat").chmod(place)
    made = shared_folder(tmp_path / "tempat" / "a" / "b")
    assert [mode(one) for one in (made.parent, made)] == [folder, folder]
    assert mode(new_shared_folder(tmp_path / "tempat" / "c")) == folder
    assert file_mode(tmp_path / "tempat") == file
    private = private_folder(tmp_path / "tempat" / "d" / "e")
    assert [mode(one) for one in (private.parent, private)] == [0o700, 0o700]
    assert mode(tmp_path / "tempat") == place


@pytest.mark.parametrize("make", [private_folder, shared_folder])
def test_a_folder_that_is_there_keeps_its_mode(tmp_path: Path, make) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "milik-orang").mkdir()
    (tmp_path / "milik-orang").chmod(0o751)
    assert mode(make(tmp_path / "milik-orang")) == 0o751


@pytest.mark.parametrize("open_to", [0o701, 0o710, 0o740, 0o755, 0o2770])
def test_a_vault_open_to_others_is_refused(tmp_path: Path, open_to: int) -> None:
    own_folder(tmp_path / "brankas").chmod(open_to)
    with pytest.raises(Misconfigured) as caught:
        own_folder(tmp_path / "brankas")
    assert caught.value.reason == "folder-open"
    assert "0700" in caught.value.sentence("id")
