"""A viewer is resolved anew each time: what the administrator changes counts at the next click."""

import pytest

from data_access.access.viewer import viewer_named
from data_access.errors import Refused
from data_access.governance import accounts
from data_access.governance.audit import Event
from data_access.keys import key
from data_access.state import engine
from tests.world import PASSWORD, World

CHANGE = Event(action="account-change", decision="allowed", account="pengelola")


def test_a_viewer_carries_account_role_party_and_places(world: World) -> None:
    viewer = viewer_named("wilayah", world.settings)
    assert (viewer.account, viewer.role_name, viewer.party) == ("wilayah", "analis_wilayah", "kesatu")
    assert viewer.provinces == ("33", "34")
    assert viewer.may_open("analisis/eksplorasi")
    assert not viewer.may_open("admin/akun")
    assert not viewer.may_open("")


@pytest.mark.parametrize("name", ["", "tidak.ada", "WILAYAH", "wilayah ", "' OR 1=1 --"])
def test_nobody_is_nobody(world: World, name: str) -> None:
    with pytest.raises(Refused) as caught:
        viewer_named(name, world.settings)
    assert caught.value.reason == "account-unknown"


def test_a_disabled_account_is_refused_at_once(own_world: World) -> None:
    settings = own_world.settings
    accounts.disable(engine(settings.state), key(settings.keys, "audit"), CHANGE, name="analis")
    with pytest.raises(Refused) as caught:
        viewer_named("analis", settings)
    assert caught.value.reason == "account-disabled"


def test_an_account_with_an_unknown_role_sees_nothing(own_world: World) -> None:
    settings = own_world.settings
    accounts.add(
        engine(settings.state), key(settings.keys, "audit"), CHANGE,
        name="hantu", full_name="Hantu", role="superadmin", party="kedua", password=PASSWORD, cost=4,
    )  # fmt: skip
    with pytest.raises(Refused) as caught:
        viewer_named("hantu", settings)
    assert caught.value.reason == "role-unknown"
