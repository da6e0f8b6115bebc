"""Seeing as another role gives its pages and at most what both roles may see of the data."""

from dataclasses import replace
from itertools import product

import pytest

from data_access.access.roles import DatasetRight, Role, roles
from data_access.access.scope import scope
from data_access.access.seen_as import (
    LOOKERS,
    check_may_see_as,
    check_may_write,
    may_see_as,
    narrowed,
    own_role,
    real_and_seen,
    seen_as,
)
from data_access.contract import contract
from data_access.errors import Refused
from tests.world import World

NAMES = tuple(roles().roles)


def levels(right: DatasetRight, dataset: str) -> set[str]:
    return set(contract().datasets[dataset].levels) if right.levels == "all" else set(right.levels)


@pytest.mark.parametrize(("own", "seen"), list(product(NAMES, NAMES)))
def test_no_pair_of_roles_gives_more_than_the_own_role(own: str, seen: str) -> None:
    mine, theirs = roles().roles[own], roles().roles[seen]
    both = narrowed(mine, theirs)
    assert not (both.export or both.export_quality or both.refresh)
    assert set(both.datasets) <= set(mine.datasets) & set(theirs.datasets)
    for name, right in both.datasets.items():
        rights = (mine.datasets[name], theirs.datasets[name])
        assert all(levels(right, name) <= levels(one, name) for one in rights)
        assert all(right.max_dims <= one.max_dims for one in rights)
        assert all(one.rows in (None, right.rows) for one in rights)
        if right.rows:
            above = set(contract().datasets[name].ancestry(right.rows)) - {right.rows}
            assert not above & levels(right, name), "a part of a place would stand under its whole name"
    assert set(both.pages) <= set(theirs.pages)
    beyond = set(both.pages) - set(mine.pages)
    assert not {page for page in beyond if page.startswith(("admin/", "kerja_sama/"))}


def test_rights_limited_by_different_levels_open_nothing() -> None:
    own, seen = (_ruled(rows) for rows in ("provinsi", "instansi"))
    assert narrowed(own, seen).datasets == {}
    assert set(narrowed(own, _ruled("provinsi")).datasets) == {"pegawai"}
    assert narrowed(own, _ruled(None)).datasets["pegawai"].rows == "provinsi"


def _ruled(rows: str | None) -> Role:
    right = DatasetRight(max_dims=2, levels=("status", "provinsi", "instansi"), rows=rows)
    return roles().roles["analis"].model_copy(update={"datasets": {"pegawai": right}})


def test_technical_team_sees_the_pages_of_the_role_and_its_own_data(world: World) -> None:
    me = world.viewer("tim-teknis")
    seen = seen_as(me, "analis")
    assert seen.may_open("analisis/eksplorasi")
    assert not seen.may_open("admin/peran")
    assert (seen.account, seen.party, seen.role_name) == (me.account, me.party, "tim_teknis>analis")
    assert own_role(seen) == me.role
    assert scope(seen, "pegawai").levels == scope(me, "pegawai").levels
    assert not scope(seen, "pegawai").export


def test_a_row_rule_is_kept(world: World) -> None:
    """Without provinces of its own the team meets the same refusal that such an account would."""
    me = world.viewer("tim-teknis")
    with pytest.raises(Refused, match="wilayah kerja"):
        scope(seen_as(me, "analis_wilayah"), "pegawai")
    limited = scope(seen_as(replace(me, provinces=("33",)), "analis_wilayah"), "pegawai")
    assert limited.rows is not None
    assert limited.rows.codes == ("33",)


@pytest.mark.parametrize("account", ["pimpinan", "analis", "wilayah", "tim-data", "pengelola", "pemilik"])
@pytest.mark.parametrize("name", NAMES)
def test_other_roles_see_only_as_themselves(world: World, account: str, name: str) -> None:
    me = world.viewer(account)
    with pytest.raises(Refused, match="tim teknis"):
        seen_as(me, name)
    assert not may_see_as(me, name)


@pytest.mark.parametrize(
    "name", ["", "tim_teknis", "direktur", "analis>admin", "tim_teknis>analis", "ANALIS", "analis "]
)
def test_roles_that_are_none_are_refused(world: World, name: str) -> None:
    with pytest.raises(Refused, match="tidak dapat dipilih"):
        check_may_see_as(world.viewer("tim-teknis"), name)


def test_nobody_sees_as_a_role_of_a_role(world: World) -> None:
    seen = seen_as(world.viewer("tim-teknis"), "pimpinan")
    with pytest.raises(Refused):
        seen_as(seen, "analis")


def test_nothing_is_written_meanwhile(world: World) -> None:
    me = world.viewer("tim-teknis")
    check_may_write(me)
    with pytest.raises(Refused, match="tidak ada yang dapat diubah"):
        check_may_write(seen_as(me, "pimpinan"))


def test_the_sign_between_two_roles_is_in_no_name_of_a_role() -> None:
    assert all(real_and_seen(name) == (name, "") for name in NAMES)
    assert all(len(f"{one}>{other}") <= 40 for one, other in product(LOOKERS, NAMES)), "as wide as the column"
    assert set(LOOKERS) <= set(NAMES)
