"""The record of what was asked and done: rows chained by HMAC-SHA256, so that a changed or missing one is found.

An event never holds a value, a password or a token. It is appended before data is shown; without it there is no data.
"""

import hmac
import json
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Connection, Engine, RowMapping, insert, or_, select
from sqlalchemy.exc import SQLAlchemyError

from data_access.errors import Misconfigured
from data_access.keys import fingerprint
from data_access.state import one_writer, reading, utc_now, writing
from data_access.state.tables import audit
from data_access.state.times import stamp
from data_access.words import mark as _

GENESIS = "0" * 64
KEY_CHANGE = "key-audit"  # the last record signed with the former key; its detail is the fingerprint of the next

REPLACED = "audit-key-replaced"
NOT_IN_EVENT = {"seq", "at", "grant_id", "previous_mac", "mac"}

# Built once: SQLAlchemy then finds their compiled form again by identity.
CHANGES = audit.alias()
CHANGE = select(CHANGES.c.detail).where(CHANGES.c.action == KEY_CHANGE).order_by(CHANGES.c.seq.desc()).limit(1)
LAST = (
    select(audit.c.seq, audit.c.at, audit.c.mac, CHANGE.scalar_subquery().label("change"))
    .order_by(audit.c.seq.desc())
    .limit(1)
)
APPEND = insert(audit)
# repr: a value of a kind that was never written must fail the comparison, not the reading.
CANONICAL = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=repr)


@dataclass(frozen=True, kw_only=True)
class Event:
    """What happened, to be recorded.

    `action` names it ("ask", "sign-in", "account-add"), `decision` is "allowed" or "refused" and `reason` the key of an
    error. `query` is canonical JSON, `session_sha256` the fingerprint of a session's token.
    """

    action: str
    decision: str
    reason: str | None = None
    account: str | None = None
    role: str | None = None
    party: str | None = None
    grant: str | None = None
    policy: str | None = None
    release: str | None = None
    query: str | None = None
    rows: int | None = None
    suppressed: int | None = None
    result_sha256: str | None = None
    session_sha256: str | None = None
    address: str | None = None
    detail: str | None = None


@dataclass(frozen=True)
class Entry:
    """An event as it stands in the record, with its number and time."""

    seq: int
    at: datetime
    event: Event


def append(connection: Connection, key: bytes, event: Event, now: datetime | None = None) -> int:
    """Records the event in the caller's write transaction and returns its number; Misconfigured if that cannot be done,
    also where `key` was replaced a moment ago.

    Its time is never before that of the record before it, so that a clock set back does not look like a forgery.
    """
    try:
        one_writer(connection)
        seq, earlier, previous_mac, change = _last(connection)
        _check_in_force(key, change)
        row = _columns(event) | {
            "seq": seq + 1,
            "at": max(stamp(now or utc_now()), earlier),
            "previous_mac": previous_mac,
        }
        connection.execute(APPEND, row | {"mac": mac_of(key, row)})
    except (SQLAlchemyError, UnicodeError) as error:
        raise _unwritable() from error
    return seq + 1


def record(engine: Engine, key: bytes, event: Event, now: datetime | None = None) -> int:
    """Records the event in a transaction of its own and returns its number; Misconfigured if that cannot be done."""
    try:
        with writing(engine) as connection:
            return append(connection, key, event, now)
    except Misconfigured as error:
        if error.reason == REPLACED:
            raise
        raise _unwritable() from error


def anchor(engine: Engine) -> tuple[int, str]:
    """Number and MAC of the newest record: kept by the other party, it shows a record cut off at the end."""
    with reading(engine) as connection:
        seq, _at, mac, _change = _last(connection)
        return seq, mac


def search(
    engine: Engine,
    *,
    account: str | None = None,
    action: str | None = None,
    decision: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    text: str | None = None,
    limit: int = 100,
) -> list[Entry]:
    """The newest records first: those of this account, action and decision, from `since` on and before `until`.

    `text` is looked for, in any case of letters, in account, reason, query and detail.
    """
    equal = {"account": account, "action": action, "decision": decision}
    found = [audit.c[name] == value for name, value in equal.items() if value is not None]
    found += [audit.c.at >= stamp(since)] if since else []
    found += [audit.c.at < stamp(until)] if until else []
    if text:
        places = (audit.c.account, audit.c.reason, audit.c.query, audit.c.detail)
        found.append(or_(*(place.icontains(text, autoescape=True) for place in places)))
    statement = select(audit).where(*found).order_by(audit.c.seq.desc()).limit(limit)
    with reading(engine) as connection:
        return [_entry(row) for row in connection.execute(statement).mappings()]


def mac_of(key: bytes, row: dict[str, object]) -> str:
    """HMAC-SHA256 over the row (all columns but the MAC itself) as JSON: keys sorted, UTF-8, no spaces."""
    signed = _signer(key).copy()
    signed.update(CANONICAL.encode(row).encode())
    return signed.hexdigest()


@lru_cache(maxsize=4)
def _signer(key: bytes) -> hmac.HMAC:
    """Begun once for each key; every row goes on from a copy."""
    return hmac.new(key, digestmod="sha256")


def _last(connection: Connection) -> tuple[int, str, str, str | None]:
    row = connection.execute(LAST).first()
    return (row.seq, row.at, row.mac, row.change) if row else (0, "", GENESIS, None)


def _check_in_force(key: bytes, change: str | None) -> None:
    """A process that read its key before the change must not sign on with it: the record could not be verified."""
    if change is not None and fingerprint(key) != change:
        raise Misconfigured(REPLACED, _("Kunci audit baru saja diganti, sehingga langkah ini tidak tercatat. Ulangi."))


def _columns(event: Event) -> dict[str, object]:
    # Event holds plain values only; dataclasses.asdict would copy them deeply.
    fields = dict(vars(event))
    fields["grant_id"] = fields.pop("grant")
    return fields


def _entry(row: RowMapping) -> Entry:
    fields = {name: value for name, value in row.items() if name not in NOT_IN_EVENT}
    return Entry(row["seq"], datetime.fromisoformat(row["at"]), Event(**fields, grant=row["grant_id"]))


def _unwritable() -> Misconfigured:
    template = _("Catatan audit tidak dapat ditulis, sehingga tidak ada data yang ditampilkan. Hubungi pengelola.")
    return Misconfigured("audit-unwritable", template)
