"""Every change to how somebody signs in waits for the other writers before it reads or writes anything."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import pyotp
import pytest
from sqlalchemy import Engine, event

from data_access.errors import AsnError
from data_access.governance import accounts, audit, second_factor, sessions, sign_on
from data_access.governance.accounts import Account
from data_access.governance.audit import Event

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NEW = "tujuh payung biru"
Change = Callable[[Engine, bytes, Event, datetime], object]
CHANGES: dict[str, Change] = {
    "own password": lambda state, key, told, _now: accounts.change_password(
        state, key, told, name="budi", old="empat kuda hijau", new=NEW, cost=4
    ),
    "one-time password": lambda state, key, told, _now: accounts.reset_password(
        state, key, told, name="budi", password=NEW, cost=4
    ),
    "shut": lambda state, key, told, _now: accounts.disable(state, key, told, name="budi"),
    "opened": lambda state, key, told, _now: accounts.enable(state, key, told, name="budi"),
    "rights": lambda state, key, told, _now: accounts.change_rights(
        state, key, told, name="budi", role="admin", party="kedua", provinces=None
    ),
    "factor": lambda state, key, told, now: second_factor.enrol(
        state, key, told, cookie_key=key, name="budi", secret=SECRET, code=pyotp.TOTP(SECRET).at(now), now=now
    ),
    "recovery codes": lambda state, key, told, _now: second_factor.renew_codes(state, key, told, name="budi"),
    "no factor": lambda state, key, told, _now: second_factor.reset(state, key, told, name="budi"),
    "connected": lambda state, key, told, _now: sign_on.connect(state, key, told, account="budi", name="nip-1"),
    "signed out": lambda state, key, told, _now: sessions.end_session(state, key, told, token="x"),
    "disconnected": lambda state, key, told, _now: sign_on.disconnect(state, key, told, account="budi"),
    "come from the service": lambda state, key, _told, now: sign_on.admit(
        state, key, address="10.0.0.1", claim="sub", now=now,
        claims={"iss": "x", "sub": "nip-1", "iat": int(now.timestamp()), "nonce": "n"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("how", CHANGES)
def test_the_lock_comes_first(
    state: Engine, key: bytes, change: Event, budi: Account, noon: datetime, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """SQLite takes its own with BEGIN IMMEDIATE; where that is not enough, it is asked for in the next breath."""
    done: list[str] = []
    for module in (accounts, audit, second_factor, sessions, sign_on):
        monkeypatch.setattr(module, "one_writer", lambda _connection: done.append("LOCK"), raising=False)
    event.listen(state, "before_cursor_execute", lambda _c, _cursor, statement, *_rest: done.append(statement))
    with suppress(AsnError):  # of one that has nothing to take away: it has looked by then
        CHANGES[how](state, key, change, noon)
    begun = done.index("BEGIN IMMEDIATE")
    assert done[begun + 1] == "LOCK"
