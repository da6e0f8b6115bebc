"""Who may change whose account, asked in the transaction of the change."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from data_access.errors import AsnError
from data_access.governance import accounts
from data_access.governance.accounts import Account
from data_access.governance.administrators import Administrator, unchecked
from data_access.governance.audit import Event
from data_access.governance.sessions import fingerprint, open_session, session_account
from data_access.state import utc_now, writing

ROLES = frozenset({"admin"})
KEY = bytes(range(32))


def asked(state: Engine, actor: str, name: str, minutes: int = 0) -> str:
    """The reason why `actor`, signed in so many minutes ago, may not change `name`; "" if it may."""
    session, now = "", utc_now()
    if actor in {one.name for one in accounts.all_accounts(state) if one.active}:
        opened = now - timedelta(minutes=minutes)
        token = open_session(state, KEY, accounts.find(state, actor), address="10.0.0.1", now=opened)
        session_account(state, token, opened + timedelta(minutes=minutes / 2))
        session = fingerprint(token)
    try:
        with writing(state) as connection:
            Administrator(actor, name, ROLES, session)(connection)
    except AsnError as refused:
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


@pytest.mark.parametrize(("minutes", "reason"), [(14, ""), (16, "account-stale")])
def test_the_sign_in_is_of_just_now(
    state: Engine, budi: Account, sari: Account, rina: Account, minutes: int, reason: str
) -> None:
    assert asked(state, "sari", "budi", minutes) == reason


def test_the_command_line_asks_nothing(state: Engine, key: bytes, sari: Account, change: Event) -> None:
    """Whoever runs it owns the server."""
    accounts.disable(state, key, change, name="sari", check=unchecked)
    assert not accounts.find(state, "sari").active
