"""Refreshes: each a delivery on its way to a release, or a return to an earlier release. Their life, and reading them.

What changes them is in `refresh_requests` (people) and `refresh_progress` (the worker).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Connection, Engine, Row, select, update

from data_access.errors import Refused, Rejected
from data_access.state import reading
from data_access.state.tables import refresh, refresh_report
from data_access.words import mark as _
from data_access.words import text

State = Literal[
    "received",
    "checking",
    "rejected",
    "ready",
    "awaiting",
    "queued",
    "publishing",
    "published",
    "failed",
    "withdrawn",
]
Kind = Literal["publish", "rollback"]

# Which state may follow which; the diagram in docs/operations.md is printed from this.
TRANSITIONS: dict[State, tuple[State, ...]] = {
    "received": ("checking", "withdrawn"),
    "checking": ("ready", "rejected", "failed"),
    "rejected": ("received", "withdrawn"),
    "ready": ("queued", "awaiting", "received", "withdrawn"),
    "awaiting": ("queued", "ready", "withdrawn"),
    "queued": ("publishing", "withdrawn"),
    "publishing": ("published", "ready", "failed"),  # ready: a warning arose that nobody has accepted
    "failed": ("received", "queued", "awaiting", "withdrawn"),
    "published": (),
    "withdrawn": (),
}
# Who has to act next in each state.
ACTOR: dict[State, Literal["worker", "data team", "nobody"]] = {
    "received": "worker",
    "checking": "worker",
    "rejected": "data team",
    "ready": "data team",
    "awaiting": "data team",
    "queued": "worker",
    "publishing": "worker",
    "published": "nobody",
    "failed": "data team",
    "withdrawn": "nobody",
}
WORDS: dict[State, str] = {
    "received": _("menunggu pemeriksaan"),
    "checking": _("sedang diperiksa"),
    "rejected": _("ditolak"),
    "ready": _("siap terbit"),
    "awaiting": _("menunggu persetujuan"),
    "queued": _("menunggu penerbitan"),
    "publishing": _("sedang diterbitkan"),
    "published": _("terbit"),
    "failed": _("gagal"),
    "withdrawn": _("dibatalkan"),
}


@dataclass(frozen=True)
class Refresh:
    """One refresh. `delivery` is its folder (for a roll back empty), `share` 0..1 how far the step has come.

    `dataset` is that of the delivery; a roll back names all that it concerns, with commas between them.
    `claims` are what was typed in for an upload: `total` (by the letter, or None), `example` (made-up data) and, of a flow,
    `since` (the last day before its period).
    `release` is what it made or, for a roll back, the release to serve again; `failure` holds a sentence per language.
    """

    id: int
    kind: Kind
    state: State
    dataset: str
    reference_date: date | None
    origin: str
    delivery: str
    title: str
    mapping: str
    requested_by: str
    requested_at: datetime
    publish_by: str | None
    approved_by: str | None
    reason: str
    errors: int
    warnings: int
    step: str
    share: float
    release: str | None
    failure: dict[str, str] | None
    changed_at: datetime
    claims: dict[str, Any] | None = None

    @property
    def datasets(self) -> tuple[str, ...]:
        """The dataset of a delivery, or all that a roll back concerns."""
        return tuple(self.dataset.split(","))

    @property
    def works(self) -> bool:
        """True while the worker has to act."""
        return ACTOR[self.state] == "worker"

    def told(self, language: str) -> str:
        """Why it failed, in the reader's language; empty if it did not."""
        return (self.failure or {}).get(language, "")


def one(engine: Engine, number: int) -> Refresh:
    """The refresh of this number; Refused if there is none."""
    with reading(engine) as connection:
        return found(connection, number)


def newest(engine: Engine, limit: int = 50) -> list[Refresh]:
    """The newest refreshes first."""
    with reading(engine) as connection:
        rows = connection.execute(select(refresh).order_by(refresh.c.id.desc()).limit(limit))
        return [from_row(row) for row in rows]


def waiting(engine: Engine) -> list[Refresh]:
    """What the worker has to do, oldest first."""
    states = [state for state, actor in ACTOR.items() if actor == "worker"]
    with reading(engine) as connection:
        rows = connection.execute(select(refresh).where(refresh.c.state.in_(states)).order_by(refresh.c.id))
        return [from_row(row) for row in rows]


def open_ones(engine: Engine) -> list[Refresh]:
    """All that are neither published nor withdrawn, oldest first."""
    over = [state for state, following in TRANSITIONS.items() if not following]
    with reading(engine) as connection:
        rows = connection.execute(select(refresh).where(refresh.c.state.not_in(over)).order_by(refresh.c.id))
        return [from_row(row) for row in rows]


def uploads_over(engine: Engine, names: Sequence[str]) -> set[str]:
    """Which of these uploads belong to a refresh that is published or withdrawn."""
    over = [state for state, following in TRANSITIONS.items() if not following]
    named = (refresh.c.origin == "upload", refresh.c.delivery.in_(names), refresh.c.state.in_(over))
    with reading(engine) as connection:
        return set(connection.scalars(select(refresh.c.delivery).where(*named)))


def report(engine: Engine, number: int) -> dict[str, Any]:
    """What the check found (see `refresh.report`); empty before it was checked."""
    with reading(engine) as connection:
        content = connection.scalar(select(refresh_report.c.content).where(refresh_report.c.refresh == number))
    return dict(content or {})


def found(connection: Connection, number: int) -> Refresh:
    """As `one`, within the caller's transaction."""
    row = connection.execute(select(refresh).where(refresh.c.id == number)).first()
    if row is None:
        raise Refused("refresh-unknown", _("Penyegaran nomor {number} tidak ada."), number=str(number))
    return from_row(row)


def change(
    connection: Connection, number: int, to: State, now: datetime, *, only: State | None = None, **values: object
) -> Refresh:
    """Moves a refresh to its next state (from `only` that one) in the caller's transaction; Rejected if it may not follow.

    The condition on the state is part of the statement: of two who act at once, one finds the other was first.
    """
    before: Sequence[State] = [s for s, following in TRANSITIONS.items() if to in following and only in (None, s)]
    statement = update(refresh).where(refresh.c.id == number, refresh.c.state.in_(before))
    if connection.execute(statement.values(state=to, changed_at=now, **values)).rowcount != 1:
        now_in = found(connection, number).state
        template = _("Penyegaran nomor {number} tidak dapat diubah: keadaannya kini {state}.")
        raise Rejected("refresh-state", template, number=str(number), state=Worded(WORDS[now_in]))
    return found(connection, number)


@dataclass(frozen=True)
class Worded:
    """A sentence part that is put into the reader's language when it is shown."""

    msgid: str

    def text(self, language: str) -> str:
        return text(self.msgid, language)


def from_row(row: Row[*tuple[object, ...]]) -> Refresh:
    fields = dict(row._mapping)
    day = fields.pop("reference_date")
    return Refresh(**fields, reference_date=date.fromisoformat(day) if day else None)
