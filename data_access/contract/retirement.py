"""Retirement age (batas usia pensiun, BUP) as data: `kode/bup.csv`, one line per rule with its law and dates of validity.

The first line that fits a position on a day decides, so special laws stand above the general ones. A person leaves (TMT
pensiun) on the first day of the month after the birthday on which the BUP is reached (PP 11/2017).
"""

import csv
import re
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from data_access.contract.model import Value

FILE = Path(__file__).parent / "kode" / "bup.csv"
YOUNGEST, OLDEST = 50, 75  # no rule and no draft of one may set a BUP outside of these years


class RetirementRule(Value):
    """One line: the BUP in years, whom it holds for (every condition that is given), its law and when it was in force."""

    age: int
    jenjang: tuple[str, ...]
    kelompok_jabatan: str
    pattern: str
    since: date
    until: date | None
    source: str

    def in_force(self, on: date) -> bool:
        return self.since <= on <= (self.until or date.max)

    def fits(self, jenjang: str, group: str, name: str, on: date) -> bool:
        return (
            self.in_force(on)
            and (not self.jenjang or jenjang in self.jenjang)
            and self.kelompok_jabatan in ("", group)
            and bool(re.search(self.pattern, name))
        )


@lru_cache(maxsize=1)
def retirement_rules() -> tuple[RetirementRule, ...]:
    """All rules in the order in which they are tried; pydantic's ValidationError names a line that is wrong."""
    with FILE.open(encoding="utf-8", newline="") as handle:
        return tuple(RetirementRule.model_validate(_fields(row)) for row in csv.DictReader(handle))


def rule_for(*, jenjang: str, group: str, on: date, name: str = "") -> RetirementRule:
    """The rule for a position on a day; `name` is its name in lower case. KeyError if no rule was in force."""
    for rule in retirement_rules():
        if rule.fits(jenjang, group, name, on):
            return rule
    raise KeyError(f"no BUP for {jenjang} ({group}) on {on}")


def ages_of(group: str, ranks: tuple[str, ...], on: date) -> tuple[int, ...]:
    """The retirement ages that occur among the positions of a group with these ranks on a day, ascending.

    Rules for positions of a certain name count where they are written for the group.
    """
    general = {rule_for(jenjang=jenjang, group=group, on=on).age for jenjang in ranks}
    named = {
        rule.age
        for rule in retirement_rules()
        if rule.pattern and rule.kelompok_jabatan == group and set(rule.jenjang) & set(ranks) and rule.in_force(on)
    }
    return tuple(sorted(general | named))


def retirement_month(birth_month: Any, age: Any) -> Any:
    """Months since year 0 of the first day of the month after reaching the age, of a birth month counted likewise.

    Works on whole numbers and on NumPy arrays of them.
    """
    return birth_month + age * 12 + 1


def _fields(row: dict[str, str]) -> dict[str, Any]:
    return {
        "age": row["bup"],
        "jenjang": tuple(row["jenjang"].split()),
        "kelompok_jabatan": row["kelompok_jabatan"],
        "pattern": row["pola_jabatan"],
        "since": row["sejak"],
        "until": row["sampai"] or None,
        "source": row["dasar"],
    }
