"""What people do with refreshes, each change with its audit record in one transaction. Who may is decided in `access`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select

from data_access.errors import Rejected
from data_access.governance.audit import Event, append
from data_access.governance.refreshes import Refresh, State, change, found
from data_access.state import utc_now, writing
from data_access.state.tables import refresh, refresh_report
from data_access.words import mark as _

SHORTEST_REASON = 10
# While a refresh of a dataset is in one of these states, the same delivery is not taken in again.
OPEN: tuple[State, ...] = ("received", "checking", "ready", "awaiting", "queued", "publishing")


@dataclass(frozen=True, kw_only=True)
class Claims:
    """What a person typed in for an upload.

    The total by the letter (None: it names none), whether it is made-up data, and the last day before the period of a flow
    (None for a stock).
    """

    total: int | None
    example: bool
    since: date | None = None

    def kept(self) -> dict[str, Any]:
        """As the state keeps them."""
        period = {"since": self.since.isoformat()} if self.since else {}
        return {"total": self.total, "example": self.example} | period


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """What somebody brings in: a folder below `incoming` (origin "upload") or below the drop folder (origin "drop").

    `claims` only for an upload; a folder laid down brings its own manifest.
    """

    dataset: str
    reference_date: date
    origin: str
    delivery: str
    title: str
    mapping: str = ""
    claims: Claims | None = None


def receive(engine: Engine, key: bytes, event: Event, brought: Delivered, *, now: datetime | None = None) -> int:
    """The number of a new refresh, which the worker checks next; Rejected if this delivery is already on its way."""
    moment = now or utc_now()
    with writing(engine) as connection:
        same = (refresh.c.origin == brought.origin, refresh.c.delivery == brought.delivery)
        busy = connection.scalar(select(refresh.c.id).where(*same, refresh.c.state.in_(OPEN)))
        if busy is not None:
            template = _("Kiriman ini sudah diterima sebagai penyegaran nomor {number}.")
            raise Rejected("refresh-twice", template, number=str(busy))
        values = vars(brought) | {"reference_date": brought.reference_date.isoformat()}
        values["claims"] = brought.claims.kept() if brought.claims else None
        return _insert(connection, key, event, moment, kind="publish", state="received", **values)


def ask_publish(
    engine: Engine, key: bytes, event: Event, number: int, *, reason: str, four_eyes: bool, now: datetime | None = None
) -> Refresh:
    """Queues a checked delivery for publishing, or asks a second account for its consent.

    Rejected if there are warnings and no reason to accept them.
    """
    moment = now or utc_now()
    with writing(engine) as connection:
        if found(connection, number).warnings and len(reason.strip()) < SHORTEST_REASON:
            template = _("Ada peringatan: tulis alasan menerimanya, paling sedikit {least} huruf.")
            raise Rejected("warnings-open", template, least=SHORTEST_REASON)
        by: dict[str, Any] = {
            "publish_by": event.account,
            "reason": reason.strip(),
            "approved_by": None,
            "failure": None,
            "share": 0.0,
        }
        after = change(connection, number, _after_request(four_eyes=four_eyes), moment, **by)
        _record(connection, key, event, number, moment)
        return after


def ask_rollback(
    engine: Engine,
    key: bytes,
    event: Event,
    *,
    datasets: Sequence[str],
    release: str,
    reason: str,
    four_eyes: bool,
    now: datetime | None = None,
) -> int:
    """The number of a new request to serve an earlier release again, which concerns these datasets; Rejected without a reason."""
    moment = now or utc_now()
    if len(reason.strip()) < SHORTEST_REASON:
        template = _("Tulis alasannya, paling sedikit {least} huruf.")
        raise Rejected("reason-missing", template, least=SHORTEST_REASON)
    with writing(engine) as connection:
        return _insert(
            connection,
            key,
            event,
            moment,
            kind="rollback",
            state=_after_request(four_eyes=four_eyes),
            dataset=",".join(datasets),
            origin="release",
            delivery="",
            title=release,
            release=release,
            reason=reason.strip(),
            publish_by=event.account,
        )


def approve(engine: Engine, key: bytes, event: Event, number: int, *, now: datetime | None = None) -> Refresh:
    """The consent of a second account; Rejected for the one who asked."""
    moment = now or utc_now()
    with writing(engine) as connection:
        if event.account in (None, found(connection, number).publish_by):
            raise Rejected("same-eyes", _("Persetujuan kedua harus diberikan oleh akun lain."))
        after = change(connection, number, "queued", moment, only="awaiting", approved_by=event.account)
        _record(connection, key, event, number, moment)
        return after


def decline(
    engine: Engine, key: bytes, event: Event, number: int, *, reason: str, now: datetime | None = None
) -> Refresh:
    """A second account does not consent: the delivery is ready again, with the reason in the record."""
    moment = now or utc_now()
    with writing(engine) as connection:
        kind = found(connection, number).kind
        after = change(connection, number, "ready" if kind == "publish" else "withdrawn", moment, only="awaiting")
        _record(connection, key, replace(event, reason=reason.strip() or None), number, moment)
        return after


def withdraw(
    engine: Engine, key: bytes, event: Event, number: int, *, only: State | None = None, now: datetime | None = None
) -> Refresh:
    """Gives a refresh up before it is published (from the state `only`, if given); what its check found goes with it."""
    moment = now or utc_now()
    with writing(engine) as connection:
        after = change(connection, number, "withdrawn", moment, only=only)
        connection.execute(delete(refresh_report).where(refresh_report.c.refresh == number))
        _record(connection, key, event, number, moment)
        return after


def check_again(
    engine: Engine, key: bytes, event: Event, number: int, *, mapping: str | None = None, now: datetime | None = None
) -> Refresh:
    """Sends a delivery through the check again, with another mapping ("name@version") if one is given."""
    moment = now or utc_now()
    with writing(engine) as connection:
        values: dict[str, Any] = {} if mapping is None else {"mapping": mapping}
        after = change(connection, number, "received", moment, failure=None, step="", share=0.0, **values)
        _record(connection, key, event, number, moment)
        return after


def correct(
    engine: Engine,
    key: bytes,
    event: Event,
    number: int,
    *,
    reference_date: date,
    claims: Claims,
    now: datetime | None = None,
) -> Refresh:
    """Sends an upload through the check again with another date, total or mark; Rejected for what was not uploaded."""
    moment = now or utc_now()
    with writing(engine) as connection:
        if found(connection, number).origin != "upload":
            template = _(
                "Isian kiriman ini dibuat oleh pengirimnya. Minta pengirim memperbaikinya, lalu mengirim ulang."
            )
            raise Rejected("correct-origin", template)
        values: dict[str, Any] = {"reference_date": reference_date.isoformat(), "claims": claims.kept()}
        after = change(connection, number, "received", moment, failure=None, step="", share=0.0, **values)
        told = f"tanggal {reference_date.isoformat()}, jumlah {claims.total}, contoh {claims.example}"
        told += f", sejak {claims.since.isoformat()}" if claims.since else ""
        _record(connection, key, event, number, moment, told)
        return after


def ask_again(
    engine: Engine, key: bytes, event: Event, number: int, *, four_eyes: bool, now: datetime | None = None
) -> Refresh:
    """Asks anew for a roll back that failed, its reason kept."""
    moment = now or utc_now()
    with writing(engine) as connection:
        by: dict[str, Any] = {"publish_by": event.account, "approved_by": None, "failure": None, "share": 0.0}
        after = change(connection, number, _after_request(four_eyes=four_eyes), moment, only="failed", **by)
        _record(connection, key, event, number, moment)
        return after


def _after_request(*, four_eyes: bool) -> State:
    return "awaiting" if four_eyes else "queued"


def _insert(connection: Connection, key: bytes, event: Event, moment: datetime, **values: object) -> int:
    defaults: dict[str, object] = {"mapping": "", "reason": "", "step": "", "share": 0.0, "errors": 0, "warnings": 0}
    row = defaults | {"requested_by": event.account, "requested_at": moment, "changed_at": moment} | values
    made = connection.execute(insert(refresh).values(row)).inserted_primary_key
    number = int(made[0]) if made else 0
    _record(connection, key, event, number, moment)
    return number


def _record(connection: Connection, key: bytes, event: Event, number: int, now: datetime, more: str = "") -> None:
    now_is = found(connection, number)
    detail = f"penyegaran {number}: {now_is.title} → {now_is.state}" + (f"; {more}" if more else "")
    append(connection, key, replace(event, detail=detail), now)
