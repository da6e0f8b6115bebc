"""Sessions: how they end, and that the database never learns a token."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from data_access.errors import Refused
from data_access.governance import accounts
from data_access.governance.accounts import Account
from data_access.governance.audit import Event, search
from data_access.governance.sessions import (
    end_all,
    end_listed,
    end_session,
    fingerprint,
    open_session,
    session_account,
    sessions_of,
)
from data_access.state import reading, writing

SIGN_OUT = Event(action="sign-out", decision="allowed", account="budi")


@pytest.fixture
def token(state: Engine, key: bytes, budi: Account, noon: datetime) -> str:
    return open_session(state, key, budi, address="10.0.0.1", now=noon)


def _ended(state: Engine, token: str, now: datetime) -> bool:
    try:
        session_account(state, token, now)
    except Refused as refusal:
        assert refusal.reason == "session-ended"
        return True
    return False


def test_token_leads_to_its_account(state: Engine, token: str, budi: Account, noon: datetime) -> None:
    assert session_account(state, token, noon) == budi


def test_token_is_never_stored(state: Engine, token: str) -> None:
    with reading(state) as connection:
        everything = repr([connection.execute(text(f"SELECT * FROM {t}")).all() for t in ("session", "audit")])
    files = Path(str(state.url.database)).parent.glob("state.db*")
    assert token not in everything
    assert not any(token.encode() in file.read_bytes() for file in files)
    assert fingerprint(token) in everything


def test_tokens_differ_and_are_long(state: Engine, key: bytes, budi: Account) -> None:
    tokens = {open_session(state, key, budi, address="") for _turn in range(20)}
    assert len(tokens) == 20
    assert min(map(len, tokens)) >= 43  # 256 bits


@pytest.mark.parametrize(
    ("pause", "ended"),
    [
        (timedelta(minutes=14, seconds=59), False),
        (timedelta(minutes=15), True),
        (timedelta(days=30), True),
    ],
)
def test_session_ends_when_idle(state: Engine, token: str, noon: datetime, pause: timedelta, ended: bool) -> None:
    assert _ended(state, token, noon + pause) is ended


def test_clicks_keep_it_for_eight_hours_and_no_longer(state: Engine, token: str, noon: datetime) -> None:
    alive = [not _ended(state, token, noon + timedelta(minutes=10) * click) for click in range(49)]
    assert alive == [True] * 48 + [False]


def test_ended_session_stays_ended_though_the_clock_goes_back(
    state: Engine, key: bytes, token: str, noon: datetime
) -> None:
    end_session(state, key, SIGN_OUT, token=token, now=noon)
    assert _ended(state, token, noon - timedelta(hours=1))


@pytest.mark.parametrize("stranger", ["", "x" * 43, "\ud800", "x" * 100_000])
def test_unknown_token_is_an_ended_session(state: Engine, token: str, noon: datetime, stranger: str) -> None:
    assert _ended(state, stranger, noon)
    assert _ended(state, fingerprint(token), noon)  # what the database holds does not open it


def test_disabled_account_is_out_at_the_next_click(
    state: Engine, key: bytes, token: str, change: Event, noon: datetime
) -> None:
    accounts.disable(state, key, change, name="budi", now=noon)
    assert _ended(state, token, noon)


def test_account_disabled_past_the_product_is_out_too(state: Engine, token: str, noon: datetime) -> None:
    with writing(state) as connection:  # by hand in the database: the session itself is still open
        connection.execute(text("UPDATE account SET active = 0"))
    assert _ended(state, token, noon)


def test_seen_is_written_at_most_every_half_minute(state: Engine, token: str, noon: datetime) -> None:
    seen = []
    for seconds in (0, 10, 29, 30, 45, 61):
        session_account(state, token, noon + timedelta(seconds=seconds))
        seen.append((sessions_of(state, "budi", noon)[0].last_seen_at - noon).seconds)
    assert seen == [0, 0, 0, 30, 30, 61]


def test_sign_out_ends_this_session_only_and_is_recorded(
    state: Engine, key: bytes, budi: Account, token: str, noon: datetime
) -> None:
    other = open_session(state, key, budi, address="10.0.0.2", now=noon)
    end_session(state, key, SIGN_OUT, token=token, now=noon)
    assert (_ended(state, token, noon), _ended(state, other, noon)) == (True, False)
    assert [entry.event.action for entry in search(state, account="budi")] == [
        "sign-out",
        "session-open",
        "session-open",
    ]


def test_list_says_how_each_session_ended(state: Engine, key: bytes, budi: Account, token: str, noon: datetime) -> None:
    later = noon + timedelta(minutes=20)
    open_session(state, key, budi, address="10.0.0.2", now=later)
    gone = open_session(state, key, budi, address="10.0.0.3", now=later)
    end_session(state, key, SIGN_OUT, token=gone, now=later)
    listed = [(one.address, one.end_reason) for one in sessions_of(state, "budi", later)]
    assert listed == [("10.0.0.3", "sign-out"), ("10.0.0.2", None), ("10.0.0.1", "idle")]


def test_one_listed_session_can_be_ended_but_not_somebody_elses(
    state: Engine, key: bytes, sari: Account, token: str, noon: datetime
) -> None:
    [listed] = sessions_of(state, "budi", noon)
    assert end_listed(state, key, SIGN_OUT, account="sari", session_id=listed.id, now=noon) == 0
    assert not _ended(state, token, noon)
    assert end_listed(state, key, SIGN_OUT, account="budi", session_id=listed.id, now=noon) == 1
    assert _ended(state, token, noon)


def test_all_sessions_but_this_one(
    state: Engine, key: bytes, budi: Account, sari: Account, token: str, noon: datetime
) -> None:
    other = open_session(state, key, budi, address="10.0.0.2", now=noon)
    hers = open_session(state, key, sari, address="10.0.0.3", now=noon)
    assert end_all(state, key, SIGN_OUT, account="budi", but=token, now=noon) == 1
    assert [_ended(state, one, noon) for one in (token, other, hers)] == [False, True, False]
    assert end_all(state, key, SIGN_OUT, account="budi", now=noon) == 1
    assert _ended(state, token, noon)
