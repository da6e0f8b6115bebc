"""Which rights an account may be given: only roles, parties and places that there are, places exactly where they count."""

import pytest

from data_access.access.account_rights import check_rights, limited, provinces_known
from data_access.access.roles import roles
from data_access.errors import Rejected


@pytest.mark.parametrize(
    ("role", "provinces", "kept"),
    [
        ("analis", (), None),  # no limit of place
        ("admin", (), None),
        ("analis_wilayah", ("34", "33", "34"), ("33", "34")),  # once, in the order of the contract
    ],
)
def test_rights_as_an_account_keeps_them(role: str, provinces: tuple[str, ...], kept: tuple[str, ...] | None) -> None:
    assert check_rights(role, "kedua", provinces) == ("kedua", kept)


@pytest.mark.parametrize(
    ("role", "party", "provinces", "reason"),
    [
        ("raja", "kesatu", (), "role-unknown"),
        ("", "kesatu", (), "role-unknown"),
        ("Admin", "kesatu", (), "role-unknown"),
        ("analis>admin", "kesatu", (), "role-unknown"),  # the sign of seeing as another role
        ("analis", "ketiga", (), "party-unknown"),
        ("analis", "", (), "party-unknown"),
        ("analis_wilayah", "kesatu", ("33", "00"), "province-unknown"),
        ("analis_wilayah", "kesatu", ("Jawa Tengah",), "province-unknown"),
        ("analis_wilayah", "kesatu", ("",), "province-unknown"),
        ("analis_wilayah", "kesatu", (), "provinces-missing"),
        ("analis", "kesatu", ("33",), "provinces-unneeded"),
        ("admin", "kesatu", ("33",), "provinces-unneeded"),
    ],
)
def test_rights_that_there_are_not(role: str, party: str, provinces: tuple[str, ...], reason: str) -> None:
    with pytest.raises(Rejected) as caught:
        check_rights(role, party, provinces)
    assert caught.value.reason == reason


def test_roles_limited_to_places_are_those_with_a_row_rule() -> None:
    assert [name for name in roles().roles if limited(name)] == ["analis_wilayah"]
    assert len(provinces_known()) == len(set(provinces_known())) >= 38
