"""The same counts as `watching`, one record after another in plain Python, and records of made-up use."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from data_access.contract import contract
from data_access.governance.audit import Event
from data_access.words import JAKARTA

KINDS = {
    ("ask", "allowed"): "questions",
    ("quality", "allowed"): "questions",
    ("export", "allowed"): "exports",
    ("quality-export", "allowed"): "exports",
    **{(action, "refused"): "refused" for action in ("ask", "quality", "export", "quality-export", "open")},
}


@dataclass(frozen=True)
class Done:
    """One recorded act at a moment."""

    at: datetime
    event: Event

    @property
    def day(self) -> date:
        return self.at.astimezone(JAKARTA).date()


def question(dataset: str = "pegawai", by: tuple[str, ...] = ("status",), **where: list[str]) -> str:
    """Canonical text of a question, as `Query` writes it."""
    parts = {
        "by": list(by),
        "dataset": dataset,
        "measure": "jumlah",
        "order": "kode",
        "periods": [],
        "where": {name: sorted(codes) for name, codes in sorted(where.items())},
    }
    return json.dumps(parts, sort_keys=True, separators=(",", ":"))


def named(query: str | None) -> set[str]:
    """The datasets of a recorded question, read as the JSON it is."""
    if not query:
        return set()
    found = json.loads(query)
    return {one["dataset"] for one in (found if isinstance(found, list) else [found])}


def counted(done: Iterable[Done], party: str, since: date, until: date) -> dict[str, Counter[tuple[object, ...]]]:
    """For each way of grouping: (key, kind) -> number."""
    sums: dict[str, Counter[tuple[object, ...]]] = {
        name: Counter() for name in ("day", "dataset", "role", "account", "reason")
    }
    for one in done:
        kind = KINDS.get((one.event.action, one.event.decision))
        if kind is None or not one.event.account or one.event.party in (None, party):
            continue
        if not since <= one.day <= until:
            continue
        for name in named(one.event.query):
            if name not in contract().datasets or contract().datasets[name].owner != party:
                continue
            sums["day"][one.day, kind] += 1
            sums["dataset"][name, kind] += 1
            sums["role"][one.event.role or "", kind] += 1
            sums["account"][(one.event.account, one.event.role or ""), kind] += 1
            if kind == "refused":
                sums["reason"][one.event.reason or "", one.event.account, name] += 1
    return sums


def most_within_an_hour(moments: list[tuple[datetime, str]]) -> int:
    """The most different marks within any 60 minutes, by trying every beginning."""
    return max(
        (len({mark for at, mark in moments if begin <= at < begin + timedelta(hours=1)}) for begin, _mark in moments),
        default=0,
    )
