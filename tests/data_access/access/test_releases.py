"""Readers are opened once, follow the pointer, and only a few of older releases stay open."""

import threading

import pytest

from data_access.access import releases
from data_access.access.releases import Releases
from data_access.errors import Refused
from data_access.release import shelf
from data_access.release.reader import Reader
from tests.world import World


def test_the_served_release_is_opened_once_and_followed(own_world: World) -> None:
    opened = Releases(own_world.settings)
    first = opened.served()
    assert opened.served() is first
    assert opened.named("") == (first, True)
    assert opened.named(first.manifest.id) == (first, True)
    shelf.point(own_world.settings.releases, "0001")
    assert opened.served().manifest.id == "0001"
    assert opened.named("0003")[1] is False


def test_no_more_than_two_older_releases_stay_open(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert releases.KEPT_OLDER == 2
    opened = Releases(world.settings)
    first, _served = opened.named("0001")
    second, _served = opened.named("0002")
    assert opened.named("0001")[0] is first
    assert opened.named("0002")[0] is second
    monkeypatch.setattr(releases, "KEPT_OLDER", 1)
    assert opened.named("0001")[0] is first  # asked last, so it stays
    assert opened.named("0002")[0] is not second
    assert opened.named("0001")[0] is not first


def test_a_release_that_could_not_be_opened_is_not_kept(own_world: World) -> None:
    opened = Releases(own_world.settings)
    with pytest.raises(Refused, match="0007"):
        opened.named("0007")


def test_many_at_once_open_an_older_release_once(world: World) -> None:
    opened, found = Releases(world.settings), list[Reader]()
    threads = [threading.Thread(target=lambda: found.append(opened.named("0001")[0])) for _i in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 6
    assert len(set(map(id, found))) == 1
