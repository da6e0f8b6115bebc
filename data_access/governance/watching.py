"""How one party uses the other's data (Pasal 3 ayat (1) c, (3) c), from the audit record.

A party watches the use of its own datasets by the other party's accounts, and nothing else: neither its own people nor
what the other party does with what is the other's.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, and_, case, false, func, or_, select

from data_access.contract import Party, contract
from data_access.governance.use_events import ALLOWED, EXPORTS, QUESTIONS, REFUSED, datasets
from data_access.governance.use_summary import catch_up
from data_access.state import reading
from data_access.state.tables import audit, use_of_day
from data_access.state.times import stamp
from data_access.words import JAKARTA

OTHER: dict[Party, Party] = {"kesatu": "kedua", "kedua": "kesatu"}
MOST_EXPORTS = 200
day = use_of_day.c


@dataclass(frozen=True)
class Tally:
    """How often somebody asked, took a file along, and was refused."""

    questions: int = 0
    exports: int = 0
    refused: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        added = (self.questions + other.questions, self.exports + other.exports, self.refused + other.refused)
        return Tally(*added)


@dataclass(frozen=True)
class Refusals:
    """Refused tries for one reason by one account, the last of them on `last`."""

    reason: str
    account: str
    dataset: str
    number: int
    last: date


@dataclass(frozen=True)
class Taken:
    """One file taken along, for which purpose; `seq` is the number of its audit record."""

    seq: int
    at: datetime
    account: str
    role: str
    datasets: tuple[str, ...]
    purpose: str
    form: str


@dataclass(frozen=True)
class Use:
    """Use between two days (both included); sums are exact, `taken` holds the newest files only."""

    party: Party
    datasets: tuple[str, ...]
    since: date
    until: date
    total: Tally
    accounts: int
    by_day: dict[date, Tally]
    by_dataset: dict[str, Tally]
    by_role: dict[str, Tally]
    by_account: dict[tuple[str, str], Tally]
    refusals: tuple[Refusals, ...]
    taken: tuple[Taken, ...]


def use(
    engine: Engine,
    party: Party,
    *,
    since: date,
    until: date,
    told: Callable[[int, int], None] = lambda _done, _all: None,
) -> Use:
    """Use of the datasets that `party` owns by accounts of the other one. Sums first what is new in the record.

    `by_account` is keyed by account and role. `told` hears how far summing is, as in `use_summary.catch_up`.
    """
    catch_up(engine, told)
    owned = owned_by(party)
    within = _within(party, owned, since, until)
    with reading(engine) as connection:
        by_day = {date.fromisoformat(key): tally for (key,), tally in _tallies(connection, within, day.day).items()}
        by_account = _tallies(connection, within, day.account, day.role)
        return Use(
            party=party,
            datasets=owned,
            since=since,
            until=until,
            total=sum(by_day.values(), Tally()),
            accounts=len({account for account, _role in by_account}),
            by_day=by_day,
            by_dataset={key: tally for (key,), tally in _tallies(connection, within, day.dataset).items()},
            by_role={key: tally for (key,), tally in _tallies(connection, within, day.role).items()},
            by_account={(account, role): tally for (account, role), tally in by_account.items()},
            refusals=_refusals(connection, within),
            taken=_taken(connection, party, owned, since, until),
        )


def owned_by(party: Party) -> tuple[str, ...]:
    """The datasets whose owner the party is, in the order of the contract."""
    return tuple(name for name, dataset in contract().datasets.items() if dataset.owner == party)


def first_day(engine: Engine, party: Party) -> date | None:
    """The first day of such use that is summed; None if there is none."""
    mine = (day.party == OTHER[party], day.dataset.in_(owned_by(party)))
    with reading(engine) as connection:
        found = connection.scalar(select(func.min(day.day)).where(*mine))
    return date.fromisoformat(found) if found else None


def _within(party: Party, owned: Sequence[str], since: date, until: date) -> ColumnElement[bool]:
    days = day.day.between(since.isoformat(), until.isoformat())
    return and_(days, day.party == OTHER[party], day.dataset.in_(owned))


def _tallies(
    connection: Connection, within: ColumnElement[bool], *by: ColumnElement[str]
) -> dict[tuple[str, ...], Tally]:
    allowed = day.decision == ALLOWED
    kinds = (
        and_(allowed, day.action.in_(QUESTIONS)),
        and_(allowed, day.action.in_(EXPORTS)),
        day.decision == REFUSED,
    )
    sums = [func.coalesce(func.sum(case((kind, day.number), else_=0)), 0) for kind in kinds]
    statement = select(*by, *sums).where(within).group_by(*by).order_by(*by)
    rows = connection.execute(statement)
    return {tuple(row[: len(by)]): Tally(*(int(number) for number in row[len(by) :])) for row in rows}


def _refusals(connection: Connection, within: ColumnElement[bool]) -> tuple[Refusals, ...]:
    by = (day.reason, day.account, day.dataset)
    number = func.sum(day.number)
    statement = select(*by, number, func.max(day.day)).where(within, day.decision == REFUSED).group_by(*by)
    rows = connection.execute(statement.order_by(number.desc(), *by))
    return tuple(Refusals(row[0], row[1], row[2], int(row[3]), date.fromisoformat(row[4])) for row in rows)


def _taken(connection: Connection, party: Party, owned: Sequence[str], since: date, until: date) -> tuple[Taken, ...]:
    begin, _end = day_span(since)
    _begin, end = day_span(until)
    found: list[Taken] = []
    for action in EXPORTS:
        chosen = (audit.c.action == action, audit.c.decision == ALLOWED, audit.c.party == OTHER[party])
        named = or_(false(), *(audit.c.query.contains(f'"{name}"', autoescape=True) for name in owned))
        times = (audit.c.at >= stamp(begin), audit.c.at < stamp(end))
        statement = select(audit).where(*chosen, *times, named).order_by(audit.c.seq.desc()).limit(MOST_EXPORTS)
        rows = connection.execute(statement).all()
        found += [one for row in rows if (one := _file(row, owned)) is not None]
    return tuple(sorted(found, key=lambda one: -one.seq)[:MOST_EXPORTS])


def _file(row: Any, owned: Sequence[str]) -> Taken | None:
    names = tuple(name for name in datasets(row.query) if name in owned)
    told = json.loads(row.detail or "{}")
    at = datetime.fromisoformat(row.at)
    form = str(told.get("form", ""))
    return Taken(row.seq, at, row.account, row.role or "", names, str(told.get("purpose", "")), form) if names else None


def day_span(value: date) -> tuple[datetime, datetime]:
    """The first moment of a day in Jakarta, and that of the day after."""
    begin = datetime(value.year, value.month, value.day, tzinfo=JAKARTA)
    return begin, begin + timedelta(days=1)
