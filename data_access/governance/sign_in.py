"""Sign-in: a growing delay after failures, the same work and the same sentence for every cause of a failure.

The web form checks the password itself: `check_allowed`, its own check against `proofs.held`, `record_attempt`, then
`failed()` or `open_session`. An account with a second factor is asked for a code between them: `password_passed`, then
`second_step`. `sign_in` is these steps in one.
"""

import hmac
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, Engine

from data_access.errors import AsnError, SignInFailed
from data_access.governance import accounts, attempts, second_factor
from data_access.governance.account_names import NAME, typed_name
from data_access.governance.accounts import find
from data_access.governance.audit import Event, append
from data_access.governance.passwords import COST, fits
from data_access.governance.proofs import held, held_of
from data_access.governance.sessions import ADDRESS_LENGTH, open_session
from data_access.state import one_writer, reading, utc_now, writing
from data_access.words import mark as _


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
    against = held(engine, known, cost=cost)
    success, compared = fits(password, against.password_hash), against.proof
    if success and second_factor.enrolled(engine, known):
        password_passed(engine, key, name=name, address=address, now=now)
        second_step(engine, key, cookie_key=cookie_key, name=name, proof=compared, code=code, address=address, now=now)
    else:
        record_attempt(engine, key, name=name, address=address, success=success, now=now)
    if not success:
        raise failed()
    return open_session(engine, key, find(engine, known), address=address, compared=compared, now=now)


def check_allowed(engine: Engine, *, name: str, address: str, now: datetime | None = None) -> None:
    """SignInFailed ("sign-in-wait") while the delay of the account or of the address lasts, right password or not."""
    with reading(engine) as connection:
        attempts.check(connection, typed_name(name), address[:ADDRESS_LENGTH], now or utc_now())


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
        attempts.check(connection, typed, place, moment)
        attempts.count(connection, typed, place, moment, success=success)
        append(connection, key, _event(typed, place, success), moment)


def password_passed(engine: Engine, key: bytes, *, name: str, address: str, now: datetime | None = None) -> None:
    """Records that the password was right where a code is still to come.

    That is no success yet: it pardons no earlier failure, or whoever has the password could try codes without end.
    """
    typed, place, moment = typed_name(name), address[:ADDRESS_LENGTH], now or utc_now()
    with writing(engine) as connection:
        one_writer(connection)
        attempts.check(connection, typed, place, moment)
        event = Event(action="sign-in-password", decision="allowed", account=typed, address=place)
        append(connection, key, event, moment)


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

    `proof` is of what was right before: once the password, the second factor or the name at the sign-on service is another
    one or the account disabled, no code helps.
    """
    typed, place, moment = typed_name(name), address[:ADDRESS_LENGTH], now or utc_now()
    with writing(engine) as connection:
        one_writer(connection)
        attempts.check(connection, typed, place, moment)
        valid = hmac.compare_digest(proof, held_of(connection, typed).proof)
        taken = second_factor.take(connection, cookie_key, typed, code, moment) if valid else ""
        attempts.count(connection, typed, place, moment, success=bool(taken))
        told = _event(typed, place, bool(taken), second=taken or "second-factor")
        append(connection, key, replace(told, action=action), moment)
    if not taken:
        raise failed_code()


def replace_password(engine: Engine, key: bytes, change: Event, *, name: str, old: str, new: str) -> None:
    """Own password, by its owner (`accounts.change_password`); a wrong old one counts and is recorded as at the sign-in.

    So whoever finds a session open cannot try passwords in it without end, nor many at the same moment: the limiter is
    asked again in the transaction of the change.
    """
    place = (change.address or "")[:ADDRESS_LENGTH]
    check_allowed(engine, name=name, address=place)

    def check(connection: Connection) -> None:
        attempts.check(connection, typed_name(name), place, utc_now())

    try:
        accounts.change_password(engine, key, change, name=name, old=old, new=new, check=check)
    except AsnError as refused:
        if refused.reason == "password-wrong":
            record_attempt(engine, key, name=name, address=place, success=False)
        raise


def failed_code() -> SignInFailed:
    """The one answer to a wrong, an old and a used code."""
    return SignInFailed(
        "second-factor", _("Kode keliru atau sudah dipakai. Ketik kode yang sedang tampil di ponsel Anda.")
    )


def failed() -> SignInFailed:
    """The one answer to a wrong name, a wrong password and a disabled account."""
    return SignInFailed("sign-in", _("Nama akun atau kata sandi keliru. Periksa keduanya, lalu coba lagi."))


def _event(typed: str, address: str, success: bool, second: str = "") -> Event:
    """`second` tells what was taken as the second step, or why it was refused."""
    # People type their password into the wrong field: what cannot be a name is not kept for years.
    kept = typed if NAME.fullmatch(typed) else None
    if success:
        return Event(action="sign-in", decision="allowed", account=kept, address=address, detail=second or None)
    return Event(action="sign-in", decision="refused", reason=second or "sign-in", account=kept, address=address)
