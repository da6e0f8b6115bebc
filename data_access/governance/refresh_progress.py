"""What the worker does with refreshes: takes the next one, tells how far it is, and keeps what came of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Engine, delete, insert, select, update

from data_access.errors import AsnError
from data_access.governance.audit import Event, append
from data_access.governance.refreshes import Refresh, State, change, from_row
from data_access.state import reading, utc_now, writing
from data_access.state.tables import refresh, refresh_report
from data_access.words import LANGUAGES

BEGINS: dict[State, State] = {"received": "checking", "queued": "publishing"}


def take_next(engine: Engine, *, now: datetime | None = None) -> Refresh | None:
    """The oldest refresh that waits for the worker, now begun; None if there is nothing to do."""
    oldest = select(refresh).where(refresh.c.state.in_(list(BEGINS))).order_by(refresh.c.id).limit(1)
    with writing(engine) as connection:
        row = connection.execute(oldest).first()
        if row is None:
            return None
        taken = from_row(row)
        return change(connection, taken.id, BEGINS[taken.state], now or utc_now(), step="", share=0.0)


def in_hand(engine: Engine) -> list[Refresh]:
    """What a worker has begun and not ended. To the only worker, before it takes anything: what a killed one left."""
    with reading(engine) as connection:
        rows = connection.execute(select(refresh).where(refresh.c.state.in_(list(BEGINS.values()))))
        return [from_row(row) for row in rows]


def moved(engine: Engine, number: int, step: str, share: float) -> None:
    """How far the work on a refresh has come (`step` is a msgid); not a change of state, so not recorded."""
    with writing(engine) as connection:
        connection.execute(update(refresh).where(refresh.c.id == number).values(step=step, share=share))


def checked(
    engine: Engine,
    key: bytes,
    number: int,
    content: dict[str, Any],
    *,
    errors: int,
    warnings: int,
    why: AsnError | None = None,
) -> Refresh:
    """Keeps and records what the check found; the delivery is ready, or rejected if there is an error.

    `why` is the reason for which it is ready once more instead of published.
    """
    state: State = "rejected" if errors else "ready"
    failure = None if why is None else _failure(why)
    values: dict[str, Any] = {"errors": errors, "warnings": warnings, "step": "", "share": 1.0, "failure": failure}
    with writing(engine) as connection:
        connection.execute(delete(refresh_report).where(refresh_report.c.refresh == number))
        connection.execute(insert(refresh_report).values(refresh=number, content=content))
        after = change(connection, number, state, utc_now(), **values)
        event = Event(
            action="check",
            decision="refused" if errors else "allowed",
            account=after.requested_by,
            reason=f"errors={errors} warnings={warnings}",
            detail=f"penyegaran {number}: {after.title}",
        )
        append(connection, key, event)
        return after


def published(engine: Engine, number: int, release: str) -> Refresh:
    """It is served now; the record of that was made with the release itself."""
    with writing(engine) as connection:
        return change(connection, number, "published", utc_now(), release=release, step="", share=1.0, failure=None)


def failed(engine: Engine, number: int, error: AsnError) -> Refresh:
    """It did not come about, with the reason in both languages; nothing that is served has changed."""
    with writing(engine) as connection:
        return change(connection, number, "failed", utc_now(), failure=_failure(error), step="", share=0.0)


def _failure(error: AsnError) -> dict[str, str]:
    return {"reason": error.reason} | {language: error.sentence(language) for language in LANGUAGES}
