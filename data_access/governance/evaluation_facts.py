"""How each party used the other's data in a period, counted from the audit: what was asked, refused and taken along."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from sqlalchemy import Engine, Row, select

from data_access.contract import Party, contract
from data_access.governance.evaluation_report import Usage
from data_access.governance.use_events import datasets as named
from data_access.state import reading
from data_access.state.tables import audit
from data_access.state.times import stamp
from data_access.words import JAKARTA

ASK, EXPORT, ALLOWED = "ask", "export", "allowed"
OTHER: dict[Party, Party] = {"kesatu": "kedua", "kedua": "kesatu"}
BLOCK = 5_000  # rows of the audit in memory at a time
COLUMNS = (audit.c.action, audit.c.decision, audit.c.account, audit.c.party, audit.c.query)


def facts(engine: Engine, first: date, last: date) -> tuple[Usage, ...]:
    """One row per dataset of the contract: what the party that does not own it did with it on these days in Jakarta.

    A file that holds several datasets counts once for each. Questions about a dataset that the contract does not know, and
    what an owner does with data of its own, count for nobody. Misconfigured if the state cannot be read.
    """
    counts: Counter[tuple[str, str]] = Counter()
    accounts: defaultdict[str, set[str | None]] = defaultdict(set)
    datasets = contract().datasets
    for row in _events(engine, first, last):
        kind = _kind(row)
        for name in set(named(row.query)) & set(datasets):
            if kind and row.party == OTHER[datasets[name].owner]:
                counts[name, kind] += 1
                if kind != "refused":
                    accounts[name].add(row.account)
    return tuple(
        Usage(
            dataset=name,
            owner=dataset.owner,
            receiver=OTHER[dataset.owner],
            questions=counts[name, "questions"],
            refused=counts[name, "refused"],
            exports=counts[name, "exports"],
            accounts=len(accounts[name]),
        )
        for name, dataset in datasets.items()
    )


def _events(engine: Engine, first: date, last: date) -> Iterator[Row[str, str, str | None, str | None, str | None]]:
    since, until = (stamp(datetime.combine(day, time(), JAKARTA)) for day in (first, last + timedelta(days=1)))
    wanted = select(*COLUMNS).where(audit.c.action.in_((ASK, EXPORT)), audit.c.at >= since, audit.c.at < until)
    with reading(engine) as connection:
        yield from connection.execution_options(yield_per=BLOCK).execute(wanted)


def _kind(row: Row[str, str, str | None, str | None, str | None]) -> str:
    """What the event counts as; a refused export counts as nothing."""
    if row.action == ASK:
        return "questions" if row.decision == ALLOWED else "refused"
    return "exports" if row.decision == ALLOWED else ""
