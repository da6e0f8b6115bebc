"""The second factor of sign-in: codes that change with time (TOTP, RFC 6238), and recovery codes for when the phone is gone.

A code counts once: any of the same or an earlier step of time is refused afterwards. A recovery code counts once and is kept
as its hash only.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

import pyotp
from sqlalchemy import Connection, Engine, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from data_access.errors import Refused, Rejected
from data_access.governance.accounts import find
from data_access.governance.administrators import Check, unchecked
from data_access.governance.audit import Event, append
from data_access.governance.ending import end_sessions
from data_access.governance.living import check_just_signed_in
from data_access.governance.passwords import LETTERS
from data_access.governance.second_factor_secrets import opened, sealed
from data_access.state import one_writer, reading, utc_now, writing
from data_access.state.tables import recovery_code, second_factor
from data_access.words import mark as _

ISSUER = "Dasbor Kebijakan ASN"
DIGITS, STEP = 6, 30  # seconds; what every authenticator takes without being told
EARLIER_OR_LATER = 1  # steps that the clock of a phone may be off
RECOVERY_CODES, GROUPS, GROUP = 10, 4, 4  # 79 bits each: a plain hash of one cannot be searched through


@dataclass(frozen=True)
class Standing:
    """An account's second factor: since when, and how many recovery codes are left."""

    enrolled_at: datetime
    codes_left: int


def new_secret() -> str:
    """A random secret of 160 bits, as authenticators take it (base32)."""
    return pyotp.random_base32()


def otpauth(name: str, secret: str) -> str:
    """The address that a QR code carries to the authenticator."""
    return _totp(secret).provisioning_uri(name=name, issuer_name=ISSUER)


def enrolled(engine: Engine, name: str) -> bool:
    """Whether the account has a second factor; then nobody gets in without it."""
    with reading(engine) as connection:
        return connection.scalar(select(second_factor.c.account).where(second_factor.c.account == name)) is not None


def standing(engine: Engine, name: str) -> Standing | None:
    """The account's second factor, or None if it has none."""
    left = select(func.count()).select_from(recovery_code)
    with reading(engine) as connection:
        since = connection.scalar(select(second_factor.c.enrolled_at).where(second_factor.c.account == name))
        unused = left.where(recovery_code.c.account == name, recovery_code.c.used_at.is_(None))
        return None if since is None else Standing(since, connection.scalar(unused) or 0)


def enrol(
    engine: Engine,
    key: bytes,
    event: Event,
    *,
    cookie_key: bytes,
    name: str,
    secret: str,
    code: str,
    now: datetime | None = None,
) -> list[str]:
    """Binds the secret to the account, proved by one code of it, and returns the recovery codes, told this once.

    Rejected if the code is wrong, if the account has a second factor already (only a reset makes room for another), or if
    the session of the event is not of a sign-in just now: whoever finds one open must not bind a phone of their own.
    Refused if that session is over.
    """
    moment = now or utc_now()
    step = _step_of(secret, typed(code), moment, after=-1)
    if step is None:
        raise Rejected(
            "second-factor-code", _("Kode itu tidak cocok. Periksa jam ponsel Anda, lalu ketik kode yang baru.")
        )
    row = {"account": name, "sealed_secret": sealed(cookie_key, name, secret), "enrolled_at": moment, "last_step": step}
    try:
        with writing(engine) as connection:
            one_writer(connection)
            if event.session_sha256 is not None:
                check_just_signed_in(connection, event.session_sha256, name, moment, stale=_stale())
            connection.execute(insert(second_factor), row)
            codes = _new_codes(connection, name)
            append(connection, key, event, moment)
    except IntegrityError as error:
        raise Rejected("second-factor-exists", _("Akun ini sudah memiliki faktor kedua.")) from error
    return codes


def _stale() -> Rejected:
    template = _("Anda masuk lebih dari 15 menit yang lalu. Keluar, masuk kembali, lalu siapkan faktor kedua.")
    return Rejected("second-factor-stale", template)


def renew_codes(engine: Engine, key: bytes, event: Event, *, name: str, now: datetime | None = None) -> list[str]:
    """New recovery codes; the old ones end. Refused if the account has no second factor."""
    with writing(engine) as connection:
        one_writer(connection)
        if connection.scalar(select(second_factor.c.account).where(second_factor.c.account == name)) is None:
            raise _none(name)
        codes = _new_codes(connection, name)
        append(connection, key, event, now or utc_now())
    return codes


def reset(
    engine: Engine, key: bytes, event: Event, *, name: str, now: datetime | None = None, check: Check = unchecked
) -> None:
    """Takes the second factor and its recovery codes away; Refused if there is no such account or it has none.

    Its sessions end, so that whoever sits in one cannot set up a second factor of their own. `check` is asked first in the
    transaction.
    """
    find(engine, name)
    with writing(engine) as connection:
        one_writer(connection)
        check(connection)
        connection.execute(delete(recovery_code).where(recovery_code.c.account == name))
        if connection.execute(delete(second_factor).where(second_factor.c.account == name)).rowcount != 1:
            raise _none(name)
        end_sessions(connection, name, reason="second-factor-reset", now=now or utc_now())
        append(connection, key, event, now or utc_now())


def take(connection: Connection, cookie_key: bytes, name: str, code: str, now: datetime) -> str:
    """Uses the code up, in the caller's write transaction: "code", "recovery-code", or "" if it is none of this account.

    Misconfigured if the secret cannot be opened and the code is no recovery code.
    """
    word = typed(code)
    if len(word) == DIGITS and word.isascii() and word.isdigit():
        return "code" if _take_code(connection, cookie_key, name, word, now) else ""
    unused = (recovery_code.c.account == name, recovery_code.c.used_at.is_(None))
    spent = update(recovery_code).where(*unused, recovery_code.c.code_sha256 == _fingerprint(name, word))
    return "recovery-code" if connection.execute(spent.values(used_at=now)).rowcount == 1 else ""


def typed(code: str) -> str:
    """What was typed as a code, without the spaces and hyphens that make it readable."""
    return "".join(c for c in code.casefold() if not c.isspace() and c != "-")[:64]


def _take_code(connection: Connection, cookie_key: bytes, name: str, word: str, now: datetime) -> bool:
    one_writer(connection)
    found = connection.execute(select(second_factor).where(second_factor.c.account == name)).first()
    if found is None:
        return False
    step = _step_of(opened(cookie_key, name, found.sealed_secret), word, now, after=found.last_step)
    if step is None:
        return False
    connection.execute(update(second_factor).where(second_factor.c.account == name).values(last_step=step))
    return True


def _step_of(secret: str, word: str, now: datetime, *, after: int) -> int | None:
    """The step of time that the code belongs to, if it is near now and later than `after`; every one is compared."""
    this = int(now.timestamp()) // STEP
    near = range(this - EARLIER_OR_LATER, this + EARLIER_OR_LATER + 1)
    codes = _totp(secret)
    fitting = [step for step in near if pyotp.utils.strings_equal(codes.at(step * STEP), word)]
    return next((step for step in fitting if step > after), None)


def _totp(secret: str) -> pyotp.TOTP:
    return pyotp.TOTP(secret, digits=DIGITS, interval=STEP)


def _new_codes(connection: Connection, name: str) -> list[str]:
    connection.execute(delete(recovery_code).where(recovery_code.c.account == name))
    codes = [_readable() for _i in range(RECOVERY_CODES)]
    rows = [{"account": name, "code_sha256": _fingerprint(name, typed(code))} for code in codes]
    connection.execute(insert(recovery_code), rows)
    return codes


def _readable() -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _i in range(GROUP)) for _g in range(GROUPS))


def _fingerprint(name: str, word: str) -> str:
    """Bound to the account: a hash that is copied into another row opens nothing there."""
    return hashlib.sha256(f"{name}:{word}".encode(errors="replace")).hexdigest()


def _none(name: str) -> Refused:
    return Refused("second-factor-none", _("Akun {name} tidak memiliki faktor kedua."), name=name)
