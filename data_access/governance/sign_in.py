"""Sign-in: a growing delay after failures, the same work and the same sentence for every cause of a failure.

The web form checks the password itself: `check_allowed`, its own check against `stored_hash`, `record_attempt`, then
`failed()` or `open_session`. An account with a second factor is asked for a code between them: `password_passed`, then
`second_step`. `sign_in` is these steps in one.
"""

import hashlib
import hmac
import math
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, delete, insert, select

from data_access.errors import SignInFailed
from data_access.governance import second_factor
from data_access.governance.account_names import NAME, typed_name
from data_access.governance.accounts import find, password_fits, stored_hash
from data_access.governance.audit import Event, append
from data_access.governance.passwords import COST
from data_access.governance.sessions import ADDRESS_LENGTH, open_session
from data_access.state import one_writer, reading, utc_now, writing
from data_access.state.tables import sign_in_attempt as attempt
from data_access.words import mark as _

WINDOW = timedelta(hours=1)
KEPT = timedelta(days=1)
LONGEST_DELAY = timedelta(minutes=15)
# An office shares one address: what is many failures for an account is few for an address.
FREE_FOR_ACCOUNT, FREE_FOR_ADDRESS = 5, 20
LOOPBACK = ("127.0.0.1", "::1")


def sign_in(  # noqa: PLR0913 - who, where, with what; all by name
    engine: Engine,
    key: bytes,
    *,
    name: str,
    password: str,
    address: str,
    code: str = "",
    cookie_key: bytes = b"",
    now: datetime | None = None,
    cost: int = COST,
) -> str:
    """The token of a new session; SignInFailed with one sentence for all causes, or with the minutes to wait."""
    check_allowed(engine, name=name, address=address, now=now)
    known = typed_name(name)
    success = password_fits(engine, known, password, cost=cost)
    if success and second_factor.enrolled(engine, known):
        proof = password_passed(engine, key, name=name, address=address, now=now)
        second_step(engine, key, cookie_key=cookie_key, name=name, proof=proof, code=code, address=address, now=now)
    else:
        record_attempt(engine, key, name=name, address=address, success=success, now=now)
    if not success:
        raise failed()
    return open_session(engine, key, find(engine, known), address=address, now=now)


def check_allowed(engine: Engine, *, name: str, address: str, now: datetime | None = None) -> None:
    """SignInFailed ("sign-in-wait") while the delay of the account or of the address lasts, right password or not.

    It looks at attempts only, never at accounts, so it answers alike for a name that nobody has.
    """
    with reading(engine) as connection:
        _check(connection, typed_name(name), address[:ADDRESS_LENGTH], now or utc_now())


def record_attempt(
    engine: Engine, key: bytes, *, name: str, address: str, success: bool, now: datetime | None = None
) -> None:
    """Counts and records an attempt whose password was checked; SignInFailed ("sign-in-wait") if others came before it.

    Attempts made during a delay are not counted: they would prolong it for ever and fill the record.
    """
    typed, place, moment = typed_name(name), address[:ADDRESS_LENGTH], now or utc_now()
    with writing(engine) as connection:
        one_writer(connection)
        # Many passwords tried at the same moment all pass `check_allowed`; here they come one after the other.
        _check(connection, typed, place, moment)
        connection.execute(delete(attempt).where(attempt.c.at < moment - KEPT))
        values = {"account": typed, "address": place, "at": moment, "success": success}
        connection.execute(insert(attempt), values)
        append(connection, key, _event(typed, place, success), moment)


def password_passed(engine: Engine, key: bytes, *, name: str, address: str, now: datetime | None = None) -> str:
    """Records that the password was right where a code is still to come, and returns the proof that `second_step` wants.

    That is no success yet: it pardons no earlier failure, or whoever has the password could try codes without end.
    """
    typed, place, moment = typed_name(name), address[:ADDRESS_LENGTH], now or utc_now()
    with writing(engine) as connection:
        one_writer(connection)
        _check(connection, typed, place, moment)
        append(
            connection, key, Event(action="sign-in-password", decision="allowed", account=typed, address=place), moment
        )
    return proof_of(engine, typed)


def second_step(  # noqa: PLR0913 - who, where, with what; all by name
    engine: Engine,
    key: bytes,
    *,
    cookie_key: bytes,
    name: str,
    proof: str,
    code: str,
    address: str,
    action: str = "sign-in",
    now: datetime | None = None,
) -> None:
    """Takes the code of an account whose password was right and counts the attempt; SignInFailed as for a password.

    `proof` is of the password that was right: once that is replaced or the account disabled, no code helps.
    """
    typed, place, moment = typed_name(name), address[:ADDRESS_LENGTH], now or utc_now()
    valid = hmac.compare_digest(proof, proof_of(engine, typed))
    with writing(engine) as connection:
        one_writer(connection)
        _check(connection, typed, place, moment)
        taken = second_factor.take(connection, cookie_key, typed, code, moment) if valid else ""
        connection.execute(delete(attempt).where(attempt.c.at < moment - KEPT))
        values = {"account": typed, "address": place, "at": moment, "success": bool(taken)}
        connection.execute(insert(attempt), values)
        told = _event(typed, place, bool(taken), second=taken or "second-factor")
        append(connection, key, replace(told, action=action), moment)
    if not taken:
        raise failed_code()


def proof_of(engine: Engine, name: str) -> str:
    """A mark of the password that the account has now; another one each time where it is unknown or disabled."""
    return hashlib.sha256(f"proof:{stored_hash(engine, name)}".encode()).hexdigest()


def failed_code() -> SignInFailed:
    """The one answer to a wrong, an old and a used code."""
    return SignInFailed(
        "second-factor", _("Kode keliru atau sudah dipakai. Ketik kode yang sedang tampil di ponsel Anda.")
    )


def failed() -> SignInFailed:
    """The one answer to a wrong name, a wrong password and a disabled account."""
    return SignInFailed("sign-in", _("Nama akun atau kata sandi keliru. Periksa keduanya, lalu coba lagi."))


def delay(failures: int, free: int) -> timedelta:
    """How long to wait after the last of so many failures: none below `free`, then 1 s, 2 s, 4 s … up to 15 minutes."""
    if failures < free:
        return timedelta()
    return min(timedelta(seconds=2 ** min(failures - free, 20)), LONGEST_DELAY)


def _check(connection: Connection, typed: str, address: str, now: datetime) -> None:
    ready = max(
        _ready(_failures(connection, typed, now), FREE_FOR_ACCOUNT, now),
        _ready(_failures_from(connection, address, now), FREE_FOR_ADDRESS, now),
    )
    if ready > now:
        template = _("Terlalu banyak percobaan masuk. Coba lagi dalam {minutes} menit.")
        raise SignInFailed("sign-in-wait", template, minutes=math.ceil((ready - now) / timedelta(minutes=1)))


def _ready(failures: list[datetime], free: int, now: datetime) -> datetime:
    return failures[0] + delay(len(failures), free) if failures else now


def _failures(connection: Connection, typed: str, now: datetime) -> list[datetime]:
    """Failures of the account since it last came in, newest first."""
    statement = (
        select(attempt.c.at, attempt.c.success)
        .where(attempt.c.account == typed, attempt.c.at > now - WINDOW)
        .order_by(attempt.c.at.desc(), attempt.c.id.desc())
    )
    found = []
    for row in connection.execute(statement):
        if row.success:
            break
        found.append(row.at)
    return found


def _failures_from(connection: Connection, address: str, now: datetime) -> list[datetime]:
    """Failures from the address, newest first. A success between them pardons none: it may be the attacker's own.

    The loopback address stands for nobody: behind a proxy it would be everybody, and a few failures would delay them all.
    """
    if address in LOOPBACK:
        return []
    statement = (
        select(attempt.c.at)
        .where(attempt.c.address == address, attempt.c.at > now - WINDOW, attempt.c.success.is_(False))
        .order_by(attempt.c.at.desc())
    )
    return list(connection.scalars(statement))


def _event(typed: str, address: str, success: bool, second: str = "") -> Event:
    """`second` tells what was taken as the second step, or why it was refused."""
    # People type their password into the wrong field: what cannot be a name is not kept for years.
    kept = typed if NAME.fullmatch(typed) else None
    if success:
        return Event(action="sign-in", decision="allowed", account=kept, address=address, detail=second or None)
    return Event(action="sign-in", decision="refused", reason=second or "sign-in", account=kept, address=address)
