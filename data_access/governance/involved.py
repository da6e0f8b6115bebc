"""Which data an incident may concern, answered from the record: what was asked and taken along, by whom, in a span of time."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select

from data_access.contract import Party, contract
from data_access.governance.use_events import datasets as named
from data_access.state import reading
from data_access.state.tables import audit
from data_access.state.times import stamp

BATCH = 1_000
ACTS = ("ask", "export")


@dataclass(frozen=True)
class Involved:
    """One dataset: answers shown, files made, rows in both, the levels they were by, the accounts that had them."""

    dataset: str
    answers: int
    files: int
    rows: int
    levels: tuple[str, ...]
    accounts: tuple[str, ...]
    purposes: tuple[str, ...]


def involved(engine: Engine, since: datetime, until: datetime, party: Party, account: str = "") -> list[Involved]:
    """What was allowed from `since` to `until` (both included), of one account or of all; by dataset, the most rows first.

    Only what concerns the party: the use of its data by anybody, and its own accounts' use of the other's.
    """
    found: dict[str, dict[str, Any]] = {}
    for row in _rows(engine, since, until, account):
        for question in questions(row.query):
            described = contract().datasets.get(question["dataset"])
            if row.party != party and (described is None or described.owner != party):
                continue
            held = found.setdefault(question["dataset"], _nothing())
            held["answers" if row.action == "ask" else "files"] += 1
            held["levels"].update((*question.get("by", ()), *question.get("where", {})))
            held["accounts"][row.account] += 1
            held["purposes"].update(_purpose(row.detail) if row.action == "export" else ())
            held["rows"] += row.rows or 0
    made = [Involved(name, **{key: _settled(value) for key, value in held.items()}) for name, held in found.items()]
    return sorted(made, key=lambda one: (-one.rows, one.dataset))


def questions(text: str | None) -> list[dict[str, Any]]:
    """The questions of a record, each with its dataset; of a long list that was cut off, the datasets alone."""
    try:
        found = json.loads(text or "[]")
    except ValueError:
        return [{"dataset": name} for name in named(text)]
    every = found if isinstance(found, list) else [found]
    return [one for one in every if isinstance(one, dict) and isinstance(one.get("dataset"), str)]


def _rows(engine: Engine, since: datetime, until: datetime, account: str) -> Iterator[Any]:
    columns = (audit.c.action, audit.c.account, audit.c.party, audit.c.query, audit.c.rows, audit.c.detail)
    chosen = [audit.c.at >= stamp(since), audit.c.at <= stamp(until), audit.c.action.in_(ACTS)]
    chosen += [audit.c.decision == "allowed"] + ([audit.c.account == account] if account else [])
    with reading(engine) as connection:
        streamed = connection.execution_options(yield_per=BATCH)
        yield from streamed.execute(select(*columns).where(*chosen).order_by(audit.c.seq))


def _nothing() -> dict[str, Any]:
    return {"answers": 0, "files": 0, "rows": 0, "levels": Counter(), "accounts": Counter(), "purposes": Counter()}


def _settled(value: Any) -> Any:
    return tuple(sorted(str(one) for one in value)) if isinstance(value, Counter) else value


def _purpose(detail: str | None) -> tuple[str, ...]:
    try:
        return (str(json.loads(detail or "")["purpose"]),)
    except (ValueError, KeyError, TypeError):
        return ()
