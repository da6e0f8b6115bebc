"""Patterns of use that are worth a question, with the evidence for each. A pattern is no proof of misuse.

An hour means any 60 minutes, not the hour of a clock: the sums of clock hours only say where to look in the record.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, Engine, func, select

from data_access.contract import Party
from data_access.governance.use_events import ALLOWED, EXPORTS, REFUSED, USES, UseRow, datasets, parts, shaped
from data_access.governance.watch_policy import watch_policy
from data_access.governance.watching import OTHER, day_span, owned_by
from data_access.state import reading
from data_access.state.tables import audit, use_of_day, use_of_hour
from data_access.state.times import stamp
from data_access.words import JAKARTA

HOUR = timedelta(hours=1)
MOST = 50  # of one kind; the newest
SCANNED = 500  # busy hours of one kind; the newest
SAMPLES = 3


class Kind(StrEnum):
    """What is worth a question, the gravest first."""

    ALIKE = "alike"
    REFUSED = "refused"
    EXPORTS = "exports"
    ODD_HOURS = "odd-hours"


@dataclass(frozen=True)
class Pattern:
    """What one account did with one dataset (all of them: ""), how often, when, and where the record shows it.

    `first` and `last` are numbers of audit records, 0 for a pattern of whole days. `asked` is the shared part of alike
    questions and `samples` some of their filters, both as recorded; for refusals `samples` are the reasons.
    """

    kind: Kind
    account: str
    dataset: str
    number: int
    limit: int
    begin: datetime
    end: datetime
    first: int = 0
    last: int = 0
    asked: str = ""
    samples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Run:
    """Busy hours of one account that follow one another."""

    account: str
    dataset: str
    shape: str
    begin: datetime
    end: datetime


def patterns(engine: Engine, party: Party, *, since: date, until: date) -> list[Pattern]:
    """The patterns in the use of the party's datasets by the other party, from the sums as they are; newest first in a kind."""
    with reading(engine) as connection:
        hours = [_of_hours(connection, party, kind, since, until) for kind in (Kind.ALIKE, Kind.REFUSED)]
        days = [_of_days(connection, party, kind, since, until) for kind in (Kind.EXPORTS, Kind.ODD_HOURS)]
    order = list(Kind)
    return sorted(
        (one for found in (*hours, *days) for one in found),
        key=lambda one: (order.index(one.kind), -one.end.timestamp(), one.account),
    )


def _limit(kind: Kind) -> int:
    policy = watch_policy()
    return {
        Kind.ALIKE: policy.alike_in_hour,
        Kind.REFUSED: policy.refused_in_hour,
        Kind.EXPORTS: policy.exports_in_day,
        Kind.ODD_HOURS: policy.odd_in_day,
    }[kind]


def _of_days(connection: Connection, party: Party, kind: Kind, since: date, until: date) -> list[Pattern]:
    """Days on which one account took along, or did at unusual hours, as much as the limit or more."""
    day, limit = use_of_day.c, _limit(kind)
    exports = kind == Kind.EXPORTS
    number = func.sum(day.number if exports else day.odd)
    chosen = (day.action.in_(EXPORTS), day.decision == ALLOWED) if exports else (day.odd > 0,)
    mine = (day.party == OTHER[party], day.dataset.in_(owned_by(party)))
    statement = select(day.day, day.account, day.dataset, number).where(
        *chosen, *mine, day.day.between(since.isoformat(), until.isoformat())
    )
    grouped = statement.group_by(day.day, day.account, day.dataset).having(number >= limit)
    rows = connection.execute(grouped.order_by(day.day.desc(), day.account, day.dataset).limit(MOST))
    return [_whole_day(kind, date.fromisoformat(row[0]), row[1], row[2], int(row[3]), limit) for row in rows]


def _whole_day(kind: Kind, of: date, account: str, dataset: str, number: int, limit: int) -> Pattern:
    begin, end = day_span(of)
    return Pattern(kind, account, dataset, number, limit, begin, end - timedelta(seconds=1))


def _of_hours(connection: Connection, party: Party, kind: Kind, since: date, until: date) -> list[Pattern]:
    """The densest 60 minutes of each run of busy hours, where they reach the limit."""
    hour, limit = use_of_hour.c, _limit(kind)
    # Any 60 minutes touch two hours of the clock, and one of these has at least half of what they hold.
    busy = (hour.pattern == kind.value, hour.number >= (limit + 1) // 2)
    mine = (hour.party == OTHER[party], hour.dataset.in_(owned_by(party)))
    span = hour.hour.between(f"{since.isoformat()}T00", f"{until.isoformat()}T23")
    statement = select(hour.account, hour.dataset, hour.shape, hour.hour).where(*busy, *mine, span)
    rows = connection.execute(statement.order_by(hour.hour.desc()).limit(SCANNED)).all()
    found = [_densest(connection, kind, run) for run in _runs([tuple(row) for row in rows])]
    return [one for one in found if one is not None and one.number >= limit][:MOST]


def _runs(rows: Sequence[tuple[str, ...]]) -> list[Run]:
    """Hours of the same account, dataset and shape that follow one another, as one stretch of time; the newest first."""
    runs: list[Run] = []
    for account, dataset, shape, hour in sorted(rows):
        begin = datetime.fromisoformat(f"{hour}:00:00").replace(tzinfo=JAKARTA)
        last = runs[-1] if runs else None
        if last and (last.account, last.dataset, last.shape) == (account, dataset, shape) and begin <= last.end:
            runs[-1] = replace(last, end=begin + HOUR)
        else:
            runs.append(Run(account, dataset, shape, begin, begin + HOUR))
    return sorted(runs, key=lambda run: run.end, reverse=True)[:MOST]


def _densest(connection: Connection, kind: Kind, run: Run) -> Pattern | None:
    """The 60 minutes with the most different filters (or refusals) in a run and an hour around it."""
    times = (audit.c.at >= stamp(run.begin - HOUR), audit.c.at < stamp(run.end + HOUR))
    chosen = USES.where(audit.c.account == run.account, *times).order_by(audit.c.seq)
    rows = [(mark, row) for row in connection.execute(chosen) if (mark := _mark(kind, run, row))]
    seen: Counter[str] = Counter()
    begin, best = 0, (0, 0, 0)
    for end, (mark, row) in enumerate(rows):
        seen[mark] += 1
        while _apart(rows[begin][1], row) >= HOUR:
            seen[rows[begin][0]] -= 1
            seen = +seen  # without what is gone
            begin += 1
        best = max(best, (len(seen), begin, end), key=lambda window: window[0])
    return _told(kind, run, best[0], [row for _mark, row in rows[best[1] : best[2] + 1]])


def _mark(kind: Kind, run: Run, row: UseRow) -> str:
    """What makes the record another one within the pattern; "" if it does not belong to it."""
    if run.dataset not in datasets(row.query):
        return ""
    if kind == Kind.REFUSED:
        return str(row.seq) if row.decision == REFUSED else ""
    question = shaped(row.query) if row.action == "ask" else None
    return question.mark if question and question.shape == run.shape else ""


def _apart(one: UseRow, other: UseRow) -> timedelta:
    return datetime.fromisoformat(other.at) - datetime.fromisoformat(one.at)


def _told(kind: Kind, run: Run, number: int, rows: Sequence[UseRow]) -> Pattern | None:
    if not rows:
        return None
    begin, end = (datetime.fromisoformat(row.at) for row in (rows[0], rows[-1]))
    asked = parts(rows[0].query)[0] if kind == Kind.ALIKE else ""
    told = [str(row.reason) if kind == Kind.REFUSED else parts(row.query)[1] for row in rows]
    samples = tuple(dict.fromkeys(told))[:SAMPLES]
    evidence = (rows[0].seq, rows[-1].seq, asked, samples)
    return Pattern(kind, run.account, run.dataset, number, _limit(kind), begin, end, *evidence)
