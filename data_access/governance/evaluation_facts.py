"""How each party used the other's data in a period, counted from the audit: what was asked, refused and taken along."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from sqlalchemy import Engine, Row, select

from data_access.contract import Party, contract
from data_access.governance.evaluation_report import Usage
from data_access.state import reading
from data_access.state.tables import audit
from data_access.state.times import stamp
from data_access.words import JAKARTA

ASK, EXPORT, ALLOWED = "ask", "export", "allowed"
OTHER: dict[Party, Party] = {"kesatu": "kedua", "kedua": "kesatu"}
BLOCK = 5_000  # rows of the audit in memory at a time
# In canonical JSON a quotation mark within a text has a backslash before it, so this is a key and never part of a value.
DATASET = re.compile(r'(?<!\\)"dataset":"([^"\\]*)"')
CANONICAL = ('{"by":', '[{"by":')
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
        for name in datasets_of(row.query) & set(datasets):
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


def datasets_of(question: str | None) -> set[str]:
    """The datasets that a recorded question names; none if it was no question. A long one may have been cut off."""
    if question is None:
        return set()
    try:
        asked = json.loads(question)
    except ValueError:
        return set(DATASET.findall(question)) if question.startswith(CANONICAL) else set()
    parts = asked if isinstance(asked, list) else [asked]
    named = (part.get("dataset") for part in parts if isinstance(part, dict))
    return {name for name in named if isinstance(name, str)}


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
