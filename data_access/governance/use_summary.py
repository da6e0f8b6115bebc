"""Keeps the sums of use by a watermark: the audit only grows, so what was summed up to a number stays true.

Whoever looks sums what is new; the worker does so beside its work. All of it can be made again from the audit.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, func, insert, select

from data_access.governance.use_events import ALIKE, REFUSED, USES, UseRow, datasets, hour_of, shaped
from data_access.governance.watch_policy import WatchPolicy, watch_policy
from data_access.state import one_writer, reading, writing
from data_access.state.tables import audit, use_of_day, use_of_hour, use_summed

BATCH = 5_000  # records in one transaction: others wait for it a tenth of a second
DAY_KEY = ("day", "dataset", "account", "party", "role", "action", "decision", "reason")
HOUR_KEY = ("hour", "account", "party", "dataset", "pattern", "shape")
NEWEST = select(func.max(audit.c.seq))
Key = tuple[str, ...]


@dataclass
class _Sums:
    """The sums of one batch, begun with those of its first day and hour that stand already."""

    numbers: Counter[Key] = field(default_factory=Counter)
    odd: Counter[Key] = field(default_factory=Counter)
    refused: Counter[Key] = field(default_factory=Counter)
    marks: defaultdict[Key, set[str]] = field(default_factory=lambda: defaultdict(set))


def catch_up(engine: Engine, told: Callable[[int, int], None] = lambda _done, _all: None) -> int:
    """Sums every record that is not summed yet and tells how many those were.

    `told(done, all)` is called after each batch. Two that do so at once share the work.
    """
    begin, newest = waiting(engine)
    at = begin
    while at < newest:
        at = _batch(engine)
        told(at - begin, max(newest, at) - begin)
    return max(at - begin, 0)


def waiting(engine: Engine) -> tuple[int, int]:
    """The number up to which the record is summed, and the newest one."""
    with reading(engine) as connection:
        return _mark(connection), connection.scalar(NEWEST) or 0


def start_again(engine: Engine) -> None:
    """Forgets all sums; the next `catch_up` makes them from the first record on."""
    with writing(engine) as connection:
        one_writer(connection)
        _forget(connection)


def _batch(engine: Engine) -> int:
    """Sums the next records in one transaction; the number they reach."""
    policy = watch_policy()
    with writing(engine) as connection:
        one_writer(connection)
        mark = _mark(connection)
        if not mark:
            _forget(connection)
        until = min(mark + BATCH, connection.scalar(NEWEST) or 0)
        chosen = USES.where(audit.c.seq > mark, audit.c.seq <= until).order_by(audit.c.seq)
        _add(connection, connection.execute(chosen).all(), policy)
        connection.execute(delete(use_summed))
        connection.execute(insert(use_summed), {"seq": until, "rules": policy.rules})
        return until


def _mark(connection: Connection) -> int:
    """0 also where the rules of counting are other ones now."""
    rules = watch_policy().rules
    return connection.scalar(select(use_summed.c.seq).where(use_summed.c.rules == rules)) or 0


def _forget(connection: Connection) -> None:
    for table in (use_of_day, use_of_hour, use_summed):
        connection.execute(delete(table))


def _add(connection: Connection, listed: Sequence[UseRow], policy: WatchPolicy) -> None:
    if not listed:
        return
    # Times never go back in the record, so only the first day and hour of a batch can have been begun before.
    first = min(hour_of(row.at) for row in listed)
    sums = _Sums()
    _begun_day(connection, first[:10], sums)
    _begun_hour(connection, first, sums)
    for row in listed:
        _count(row, sums, policy)
    _put(connection, use_of_day, _days(sums))
    _put(connection, use_of_hour, _hours(sums))


def _count(row: UseRow, sums: _Sums, policy: WatchPolicy) -> None:
    hour = hour_of(row.at)
    odd = _odd(policy, hour)
    asked = shaped(row.query) if row.action == "ask" else None
    for dataset in datasets(row.query):
        key = (hour[:10], dataset, row.account, row.party, row.role or "", row.action, row.decision, row.reason or "")
        sums.numbers[key] += 1
        sums.odd[key] += odd
        if row.decision == REFUSED:
            sums.refused[hour, row.account, row.party, dataset, REFUSED, ""] += 1
        if asked:
            sums.marks[hour, row.account, row.party, dataset, ALIKE, asked.shape].add(asked.mark)


@lru_cache(maxsize=10_000)
def _odd(policy: WatchPolicy, hour: str) -> bool:
    return policy.odd(int(hour[11:]))


def _begun_day(connection: Connection, day: str, sums: _Sums) -> None:
    begun = use_of_day.c.day >= day
    for row in connection.execute(select(use_of_day).where(begun)):
        key = tuple(row[: len(DAY_KEY)])
        sums.numbers[key], sums.odd[key] = row.number, row.odd
    connection.execute(delete(use_of_day).where(begun))


def _begun_hour(connection: Connection, hour: str, sums: _Sums) -> None:
    begun = use_of_hour.c.hour >= hour
    for row in connection.execute(select(use_of_hour).where(begun)):
        key = tuple(row[: len(HOUR_KEY)])
        if row.pattern == ALIKE:
            sums.marks[key] = set(row.marks.split())
        else:
            sums.refused[key] = row.number
    connection.execute(delete(use_of_hour).where(begun))


def _days(sums: _Sums) -> list[dict[str, Any]]:
    return [
        dict(zip(DAY_KEY, key, strict=True)) | {"number": number, "odd": sums.odd[key]}
        for key, number in sums.numbers.items()
    ]


def _hours(sums: _Sums) -> list[dict[str, Any]]:
    found = [(key, number, "") for key, number in sums.refused.items()]
    found += [(key, len(marks), " ".join(sorted(marks))) for key, marks in sums.marks.items()]
    return [dict(zip(HOUR_KEY, key, strict=True)) | {"number": number, "marks": marks} for key, number, marks in found]


def _put(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)
