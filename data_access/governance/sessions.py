"""Sessions kept on the server: the browser has a random token, the database only its SHA-256.

A session ends after 15 minutes without a click, after 8 hours, when its owner or the administrator ends it, and when
the account is disabled or its password, rights, second factor or name at the sign-on service change.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, Row, insert, select, update

from data_access.errors import SignInFailed
from data_access.governance.accounts import PUBLIC, Account, from_row
from data_access.governance.audit import Event, append
from data_access.governance.ending import end_sessions
from data_access.governance.living import ended, ended_by_itself
from data_access.governance.proofs import held_of
from data_access.state import one_writer, reading, utc_now, writing
from data_access.state.tables import account, session
from data_access.words import mark as _

TOUCH = timedelta(seconds=30)
ADDRESS_LENGTH = 64

SESSION = tuple(column.label(f"session_{column.name}") for column in session.c)
OWNER = select(session.c.id, session.c.account)
WITH_ACCOUNT = select(*PUBLIC, *SESSION).join_from(session, account)


@dataclass(frozen=True)
class Session:
    """One session for a list; `secret` is its fingerprint, `end_reason` is set once it has ended, be it by itself."""

    id: int
    account: str
    created_at: datetime
    last_seen_at: datetime
    address: str
    end_reason: str | None
    secret: str


def open_session(
    engine: Engine, key: bytes, owner: Account, *, address: str, compared: str = "", now: datetime | None = None
) -> str:
    """The token of a new session, recorded as "session-open"; it is told once and cannot be found again.

    `compared` is the proof of what was right (`proofs`): SignInFailed if the account has another password, second factor or
    name at the sign-on service by now or was disabled, for the change has ended all sessions and this one would outlive it.
    """
    token, moment = secrets.token_urlsafe(32), now or utc_now()
    secret = fingerprint(token)
    place = address[:ADDRESS_LENGTH]
    values = {"token_sha256": secret, "account": owner.name, "address": place}
    event = Event(
        action="session-open",
        decision="allowed",
        account=owner.name,
        role=owner.role,
        party=owner.party,
        address=place,
        session_sha256=secret,
    )
    with writing(engine) as connection:
        one_writer(connection)
        if compared and not hmac.compare_digest(compared, held_of(connection, owner.name).proof):
            template = _("Kata sandi atau keadaan akun ini baru saja berubah. Silakan masuk kembali.")
            raise SignInFailed("sign-in-overtaken", template)
        connection.execute(insert(session), values | {"created_at": moment, "last_seen_at": moment})
        append(connection, key, event, moment)
    return token


def session_account(engine: Engine, token: str, now: datetime | None = None) -> Account:
    """Whose session this is, read anew; Refused ("session-ended") if it has ended, whatever the cause.

    Notes that it was seen, at most every 30 s: a reader of pages need not wait for a writer.
    """
    return account_of(engine, fingerprint(token), now)


def account_of(engine: Engine, secret: str, now: datetime | None = None) -> Account:
    """As `session_account`, for the fingerprint of a session: what a ticket names it by."""
    moment = now or utc_now()
    with reading(engine) as connection:
        row = connection.execute(WITH_ACCOUNT.where(session.c.token_sha256 == secret)).first()
    if row is None or not row.active or _end_reason(row, moment):
        raise ended()
    if moment - row.session_last_seen_at >= TOUCH:
        _touch(engine, row.session_id, moment)
    return from_row(row)


def is_live(engine: Engine, secret: str, now: datetime | None = None) -> bool:
    """Whether the session of this fingerprint goes on. Looking does not keep it alive."""
    with reading(engine) as connection:
        row = connection.execute(WITH_ACCOUNT.where(session.c.token_sha256 == secret)).first()
    return row is not None and bool(row.active) and _end_reason(row, now or utc_now()) is None


def open_sessions(engine: Engine, now: datetime | None = None) -> list[Session]:
    """Every session that goes on, of whichever account, newest first."""
    moment = now or utc_now()
    statement = WITH_ACCOUNT.where(session.c.ended_at.is_(None), account.c.active).order_by(session.c.id.desc())
    with reading(engine) as connection:
        listed = [_listed(row, moment) for row in connection.execute(statement)]
    return [one for one in listed if one.end_reason is None]


def sessions_of(engine: Engine, name: str, now: datetime | None = None) -> list[Session]:
    """The sessions of the account, newest first, ended ones too."""
    moment = now or utc_now()
    statement = WITH_ACCOUNT.where(session.c.account == name).order_by(session.c.id.desc())
    with reading(engine) as connection:
        return [_listed(row, moment) for row in connection.execute(statement)]


def end_session(engine: Engine, key: bytes, event: Event, *, token: str, now: datetime | None = None) -> None:
    """Sign-out: ends the session of this token and records the event; one that has already ended stays as it is."""
    moment, secret = now or utc_now(), fingerprint(token)
    with writing(engine) as connection:
        one_writer(connection)
        row = connection.execute(OWNER.where(session.c.token_sha256 == secret)).first()
        if row is not None:
            end_sessions(connection, row.account, reason="sign-out", now=moment, only=row.id)
        append(connection, key, event, moment)


def end_listed(
    engine: Engine, key: bytes, event: Event, *, account: str, session_id: int, now: datetime | None = None
) -> int:
    """Ends one session of the account, chosen from `sessions_of`, and records the event; tells how many that were."""
    moment = now or utc_now()
    with writing(engine) as connection:
        append(connection, key, event, moment)
        return end_sessions(connection, account, reason="ended", now=moment, only=session_id)


def end_all(
    engine: Engine, key: bytes, event: Event, *, account: str, but: str | None = None, now: datetime | None = None
) -> int:
    """Ends all sessions of the account, except that of the token `but`, and records the event; tells how many."""
    moment = now or utc_now()
    with writing(engine) as connection:
        append(connection, key, event, moment)
        spared = None if but is None else fingerprint(but)
        return end_sessions(connection, account, reason="ended", now=moment, but=spared)


def fingerprint(token: str) -> str:
    """What is stored of a token, and what the audit calls a session by."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def _end_reason(row: Row[*tuple[object, ...]], now: datetime) -> str | None:
    if row.session_ended_at is not None:
        return str(row.session_end_reason)
    return ended_by_itself(row.session_created_at, row.session_last_seen_at, now)


def _touch(engine: Engine, session_id: int, now: datetime) -> None:
    with writing(engine) as connection:
        connection.execute(update(session).where(session.c.id == session_id).values(last_seen_at=now))


def _listed(row: Row[*tuple[object, ...]], now: datetime) -> Session:
    return Session(
        id=row.session_id,
        account=row.session_account,
        created_at=row.session_created_at,
        last_seen_at=row.session_last_seen_at,
        address=row.session_address,
        end_reason=_end_reason(row, now),
        secret=row.session_token_sha256,
    )
