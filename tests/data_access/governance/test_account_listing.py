"""What the list of accounts tells of each: one row an account, whatever hangs on it."""

from datetime import datetime, timedelta

import pyotp
import pytest
from sqlalchemy import Engine, insert

from data_access.governance import accounts, second_factor, sessions, sign_on, statements
from data_access.governance.account_listing import Listed, listing
from data_access.governance.accounts import Account
from data_access.governance.audit import Event
from data_access.state import writing
from data_access.state.tables import statement as table


def test_account_on_which_nothing_hangs(state: Engine, budi: Account, sari: Account) -> None:
    assert listing(state) == [Listed(budi, None, None, None, ""), Listed(sari, None, None, None, "")]


def test_last_sign_in_is_that_of_the_newest_session(
    state: Engine, key: bytes, budi: Account, sari: Account, noon: datetime, change: Event
) -> None:
    for hours in (1, 3, 2):
        sessions.open_session(state, key, budi, address="10.0.0.1", now=noon + timedelta(hours=hours))
    accounts.disable(state, key, change, name="budi")  # its sessions end, and are not forgotten
    assert [one.last_sign_in for one in listing(state)] == [noon + timedelta(hours=3), None]


def test_statement_counts_in_its_present_words_only(state: Engine, key: bytes, budi: Account, noon: datetime) -> None:
    with writing(state) as connection:
        old = {"account": "budi", "sha256": "0" * 64, "version": "0", "accepted_at": noon}
        connection.execute(insert(table), old)
    assert listing(state)[0].accepted_at is None
    accepted = Event(action="statement-accept", decision="allowed", account="budi")
    statements.accept(state, key, accepted, statements.statement(), noon)
    assert [one.accepted_at for one in listing(state)] == [noon]


def test_second_factor_and_name_at_the_service(
    state: Engine, key: bytes, budi: Account, sari: Account, change: Event, noon: datetime
) -> None:
    secret = second_factor.new_secret()
    code = pyotp.TOTP(secret).at(noon)
    second_factor.enrol(state, key, change, cookie_key=key, name="budi", secret=secret, code=code, now=noon)
    sign_on.connect(state, key, change, account="budi", name="nip-1")
    assert [(one.enrolled_at, one.service_name) for one in listing(state)] == [(noon, "nip-1"), (None, "")]


@pytest.mark.parametrize("secret", ["$2b$", "sealed"])
def test_no_secret_is_listed(state: Engine, budi: Account, secret: str) -> None:
    assert secret not in repr(listing(state))
