"""Who may refresh what: a role with that right, for the datasets that the account's own party owns."""

from dataclasses import replace

import pytest

from data_access.access.refreshing import check_may_refresh, check_may_refresh_any, may_refresh, turned
from data_access.contract import contract
from data_access.errors import Refused
from data_access.release.shelf import Shelved
from tests.ui.releases import EVERY
from tests.world import World


def test_the_data_team_of_a_party_refreshes_every_dataset_of_its_own(world: World) -> None:
    known, team = contract().datasets, world.viewer("tim-data")
    for party in ("kesatu", "kedua"):
        own = tuple(name for name, described in known.items() if described.owner == party)
        assert check_may_refresh_any(replace(team, party=party)) == own
    assert own == ("pegawai", "arus")


@pytest.mark.parametrize("account", ["pimpinan", "analis", "wilayah", "tim-teknis", "pengelola", "pemilik"])
def test_other_roles_refresh_nothing(world: World, account: str) -> None:
    with pytest.raises(Refused) as caught:
        check_may_refresh_any(world.viewer(account))
    assert caught.value.reason == "refresh-role"


def test_the_other_party_and_an_unknown_dataset_are_refused_alike(world: World) -> None:
    viewer = world.viewer("tim-data")
    for other in ("formasi", "gaji"):
        with pytest.raises(Refused) as caught:
            check_may_refresh(viewer, other)
        assert caught.value.reason == "refresh-owner"
        assert not may_refresh(viewer, other)
    assert not may_refresh(replace(viewer, party="kesatu"), "pegawai")


def test_a_roll_back_concerns_all_that_either_release_holds() -> None:
    extra = EVERY[0].snapshots[0].model_copy(update={"dataset": "arus"})
    first = EVERY[0].model_copy(update={"snapshots": (*EVERY[0].snapshots, extra)})
    known = Shelved((first, *EVERY[1:]), (), "0004")
    assert turned(known, "0001") == ("pegawai", "arus")
    assert turned(known, "0002") == ("pegawai",)
