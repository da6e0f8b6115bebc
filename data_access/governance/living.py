"""When a session goes on and when it began just now. Below accounts and sessions, because both need it."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from data_access.errors import AsnError, Refused
from data_access.state.tables import account, session
from data_access.words import mark as _

IDLE = timedelta(minutes=15)
LONGEST = timedelta(hours=8)
JUST_SIGNED_IN = timedelta(minutes=15)

TIMES = select(session.c.created_at, session.c.last_seen_at).join_from(session, account)


def ended_by_itself(created_at: datetime, last_seen_at: datetime, now: datetime) -> str | None:
    """Why a session that nobody has ended is over, or None while it goes on."""
    if now - created_at >= LONGEST:
        return "too-long"
    return "idle" if now - last_seen_at >= IDLE else None


def ended() -> Refused:
    """The one answer to whoever comes with a session that is over, whatever the cause."""
    return Refused("session-ended", _("Sesi Anda telah berakhir. Silakan masuk kembali."))


def check_just_signed_in(connection: Connection, secret: str, name: str, now: datetime, *, stale: AsnError) -> None:
    """Raises `stale` unless the session of this fingerprint was opened by a sign-in during the last 15 minutes.

    Refused ("session-ended") if it is over or not of the active account `name`. To be asked in the transaction of what
    it permits: sessions are ended by others meanwhile.
    """
    mine = TIMES.where(session.c.token_sha256 == secret, session.c.ended_at.is_(None), account.c.active)
    row = connection.execute(mine.where(account.c.name == name)).first()
    if row is None or ended_by_itself(row.created_at, row.last_seen_at, now):
        raise ended()
    if now - row.created_at > JUST_SIGNED_IN:
        raise stale
