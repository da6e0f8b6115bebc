"""A migrated state database, a key, a frozen moment and two accounts; bcrypt at its cheapest."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data_access.governance import accounts
from data_access.governance.accounts import Account
from data_access.governance.audit import Event
from data_access.state import engine, upgrade

KEY = bytes(range(32))
NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
CHEAP = 4
PASSWORD = "empat kuda hijau"


@pytest.fixture
def key() -> bytes:
    return KEY


@pytest.fixture
def noon() -> datetime:
    return NOON


@pytest.fixture
def password() -> str:
    return PASSWORD


@pytest.fixture
def change() -> Event:
    """What an administrator does to an account."""
    return Event(action="account-change", decision="allowed", account="pengelola", role="admin", party="kedua")


@pytest.fixture
def state(tmp_path: Path) -> Iterator[Engine]:
    made = engine(f"sqlite:///{tmp_path / 'state.db'}")
    upgrade(made)
    yield made
    made.dispose()


@pytest.fixture
def budi(state: Engine, key: bytes, change: Event) -> Account:
    """An analyst of one party, limited to two provinces."""
    return accounts.add(
        state,
        key,
        change,
        name="budi",
        full_name="Budi Santoso",
        role="analis",
        party="kesatu",
        provinces=["31", "32"],
        password=PASSWORD,
        now=NOON,
        cost=CHEAP,
    )


@pytest.fixture
def sari(state: Engine, key: bytes, change: Event) -> Account:
    """Somebody else, of the other party."""
    return accounts.add(
        state,
        key,
        change,
        name="sari",
        full_name="Sari Dewi",
        role="admin",
        party="kedua",
        password=PASSWORD,
        now=NOON,
        cost=CHEAP,
    )
