"""Ends sessions inside a caller's write transaction. Below accounts and sessions, because both need it."""

from datetime import datetime

from sqlalchemy import Connection, update

from data_access.state.tables import session


def end_sessions(
    connection: Connection, account: str, *, reason: str, now: datetime, only: int | None = None, but: str | None = None
) -> int:
    """Ends the open sessions of the account and tells how many.

    `only` is the id of a single one, `but` the fingerprint of one that goes on.
    """
    chosen = [session.c.account == account, session.c.ended_at.is_(None)]
    chosen += [session.c.id == only] if only is not None else []
    chosen += [session.c.token_sha256 != but] if but is not None else []
    return connection.execute(update(session).where(*chosen).values(ended_at=now, end_reason=reason)).rowcount
