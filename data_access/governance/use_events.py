"""What an audit record says about the use of data: which datasets, at which hour of Jakarta, and a question's shape."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, select

from data_access.state.tables import audit
from data_access.words import JAKARTA

QUESTIONS, EXPORTS, TRIES = ("ask", "quality"), ("export", "quality-export"), ("open",)
USE = (*QUESTIONS, *EXPORTS, *TRIES)
ALLOWED, REFUSED = "allowed", "refused"
ALIKE = "alike"
LONGEST_NAME = 40  # as wide as the column; no dataset of a contract is named that long
# In canonical JSON a quotation mark within a text is always escaped, so neither of these can be typed into a code or a name.
DATASET = re.compile(r'"dataset": ?"([^"\\]+)"')
WHERE = ',"where":'

USES = select(
    audit.c.seq,
    audit.c.at,
    audit.c.account,
    audit.c.party,
    audit.c.role,
    audit.c.action,
    audit.c.decision,
    audit.c.reason,
    audit.c.query,
).where(audit.c.action.in_(USE), audit.c.party.is_not(None), audit.c.account.is_not(None))
UseRow = Row[*tuple[Any, ...]]


@dataclass(frozen=True)
class Shaped:
    """A filtered question in two parts: what is asked, and by which filters; each as a hash."""

    shape: str
    mark: str


def datasets(query: str | None) -> Iterator[str]:
    """The datasets that a recorded question (or list of questions) names, each once."""
    for name in dict.fromkeys(DATASET.findall(query or "")):
        if len(name) <= LONGEST_NAME:
            yield name


def parts(query: str | None) -> tuple[str, str]:
    """A recorded question without its filters, and its filters ("" where it has none). `where` is the last of its keys."""
    asked, _found, filters = (query or "").partition(WHERE)
    return asked, "" if filters in ("", "{}}") else filters


def shaped(query: str | None) -> Shaped | None:
    """Both parts of a filtered question as hashes; None for one without filters."""
    asked, filters = parts(query)
    if not filters:
        return None
    return Shaped(_hash(asked), hashlib.sha256(filters.encode()).hexdigest()[:12])


@lru_cache(maxsize=10_000)
def _hash(asked: str) -> str:
    return hashlib.sha256(asked.encode()).hexdigest()


def hour_of(at: str) -> str:
    """The hour in Jakarta of a recorded time: 2026-11-27T14."""
    return _hour(at[:13], at[-6:])


@lru_cache(maxsize=10_000)
def _hour(hour: str, zone: str) -> str:
    return datetime.fromisoformat(f"{hour}:00:00{zone}").astimezone(JAKARTA).strftime("%Y-%m-%dT%H")
