"""Who may change whose account, asked in the transaction of the change."""

import pytest
from sqlalchemy import Engine

from data_access.errors import Refused
from data_access.governance import accounts
from data_access.governance.accounts import Account
from data_access.governance.administrators import Administrator, unchecked
from data_access.governance.audit import Event
from data_access.state import writing

ROLES = frozenset({"admin"})


def asked(state: Engine, actor: str, name: str) -> str:
    """The reason why `actor` may not change `name`; "" if it may."""
    try:
        with writing(state) as connection:
            Administrator(actor, name, ROLES)(connection)
    except Refused as refused:
        return refused.reason
    return ""


@pytest.fixture
def rina(state: Engine, key: bytes, change: Event, password: str) -> Account:
    """A second administrator."""
    return accounts.add(
        state, key, change, name="rina", full_name="Rina", role="admin", party="kesatu", password=password, cost=4
    )


@pytest.mark.parametrize(
    ("actor", "name", "reason"),
    [
        ("sari", "budi", ""),
        ("sari", "rina", ""),  # one administrator the other
        ("sari", "sari", "account-own"),
        ("budi", "budi", "account-own"),
        ("budi", "sari", "account-role"),  # an analyst
        ("nobody", "budi", "account-role"),
        ("sari", "nobody", ""),  # that it is not there, the change itself finds out
        ("sari", "", ""),  # an account that is still to be made
    ],
)
def test_who_may_change_whom(
    state: Engine, budi: Account, sari: Account, rina: Account, actor: str, name: str, reason: str
) -> None:
    assert asked(state, actor, name) == reason


def test_whoever_was_shut_administers_no_more(
    state: Engine, key: bytes, budi: Account, sari: Account, rina: Account, change: Event
) -> None:
    accounts.disable(state, key, change, name="sari")
    assert asked(state, "sari", "budi") == "account-role"
    assert asked(state, "sari", "rina") == "account-last-administrator"
    assert asked(state, "rina", "sari") == ""


def test_whoever_was_given_another_role_administers_no_more(
    state: Engine, key: bytes, budi: Account, sari: Account, rina: Account, change: Event
) -> None:
    accounts.change_rights(state, key, change, name="sari", role="analis", party="kedua", provinces=None)
    assert asked(state, "sari", "budi") == "account-role"
    assert asked(state, "sari", "rina") == "account-last-administrator"


def test_last_administrator_stays(state: Engine, key: bytes, budi: Account, sari: Account, change: Event) -> None:
    assert asked(state, "budi", "sari") == "account-last-administrator"


def test_the_command_line_asks_nothing(state: Engine, key: bytes, sari: Account, change: Event) -> None:
    """Whoever runs it owns the server."""
    accounts.disable(state, key, change, name="sari", check=unchecked)
    assert not accounts.find(state, "sari").active
