"""What each role may reach, and that a scope is the whole key under which an answer may be kept."""

from dataclasses import replace
from typing import get_args

import pytest

from data_access.access.roles import FILE, policy_version, role, roles
from data_access.access.scope import RowRule, levels_in_order, scope
from data_access.contract import Party
from data_access.errors import Refused
from tests.world import ACCOUNTS, OWN, World, dataset


def test_every_role_of_the_file_loads_with_a_reason_in_both_languages() -> None:
    found = roles()
    assert set(found.roles) == {"pimpinan", "analis", "analis_wilayah", "tim_data", "tim_teknis", "admin"}
    assert all(r.label.id and r.label.en and r.reason.id and r.reason.en and r.pages for r in found.roles.values())
    assert policy_version().startswith(found.sha256[:12])
    assert FILE.name == "roles.yaml"


def test_every_role_has_an_account_in_these_tests() -> None:
    assert {role for role, _party, _places in ACCOUNTS.values()} == set(roles().roles)
    assert {party for _role, party, _places in ACCOUNTS.values()} == set(get_args(Party))


def test_an_unknown_role_is_refused() -> None:
    for name in ("", "Analis", "superadmin", "analis,admin"):
        with pytest.raises(Refused) as caught:
            role(name)
        assert caught.value.reason == "role-unknown"


@pytest.mark.parametrize(
    ("account", "dims", "rows", "export"),
    [
        ("pimpinan", 2, None, True),
        ("analis", 3, None, True),
        ("wilayah", 3, RowRule("provinsi", OWN), True),
        ("tim-data", 2, None, False),
        ("tim-teknis", 2, None, False),
    ],
)
def test_a_scope_is_what_the_role_says(
    world: World, account: str, dims: int, rows: RowRule | None, export: bool
) -> None:
    found = scope(world.viewer(account), "pegawai")
    assert (found.max_dims, found.rows, found.export) == (dims, rows, export)
    assert found.levels <= set(dataset().levels)
    assert set(levels_in_order(found)) == found.levels
    assert found.reason == world.viewer(account).role.reason


def test_an_administrator_reaches_no_data(world: World) -> None:
    with pytest.raises(Refused) as caught:
        scope(world.viewer("pengelola"), "pegawai")
    assert caught.value.reason == "dataset-unknown"


def test_members_within_a_row_rule_are_own_places_and_what_lies_in_them(world: World) -> None:
    found = scope(world.viewer("wilayah"), "pegawai")
    assert found.members("provinsi") == OWN
    assert found.members("status") == ("PNS", "CPNS", "PPPK", "PPPK-PW")
    places = {code.code: code.attributes.get("provinsi") for code in dataset().levels["instansi"].codes}
    assert set(found.members("instansi")) == {code for code, place in places.items() if place in (*OWN, None)}


def test_without_a_row_rule_all_members_are_within_reach(world: World) -> None:
    found = scope(world.viewer("pimpinan"), "pegawai")
    assert found.members("instansi") == tuple(dataset().levels["instansi"].by_code)


def test_a_province_that_does_not_exist_adds_nothing(world: World) -> None:
    viewer = replace(world.viewer("wilayah"), provinces=("33", "00", "%"))
    assert scope(viewer, "pegawai").rows == RowRule("provinsi", ("33",))


def test_scopes_that_differ_in_anything_are_different_keys(world: World) -> None:
    names = ("pimpinan", "analis", "pemilik", "wilayah", "tim-data", "tim-teknis")
    found = [scope(world.viewer(name), "pegawai") for name in names]
    other = scope(replace(world.viewer("wilayah"), provinces=("33",)), "pegawai")
    assert len({*found, other}) == 7
    assert scope(world.viewer("wilayah"), "pegawai") == found[3]


def test_provinces_do_not_limit_a_role_without_a_row_rule_and_do_not_widen_it(world: World) -> None:
    """The attribute belongs to the limited role; who changes role changes scope."""
    assert scope(replace(world.viewer("analis"), provinces=("33",)), "pegawai").rows is None
