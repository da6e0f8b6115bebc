"""What the past says about the years to come: who leaves before BUP, how many of the hired are PPPK, how old they are.

Estimated from displayed answers only; a period whose number is not shown is left out, and where none is left the rate of
all groups together stands in, or that of the country.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import polars as pl

from data_access.access.result import Protected, State
from data_access.contract import contract
from data_access.projection.base import SPAN, YEAR, Floats

EVENTS = ("pensiun_dini", "meninggal", "berhenti", "pemberhentian")  # of those who leave before BUP
CPNS, PPPK = "cpns", "pppk"
EVENT, AGE, SERVICE, NEWEST = "peristiwa", "umur_5", "masa_kerja", "0-5"
GROUP = "kelompok_jabatan"
COUNTRY = 2  # the place of the country's official figures among the sources: group, place, country
FEWEST = 2  # periods from which a spread can be told
OLDEST = 71  # end of the open age band


Source = tuple[Mapping[str, Protected], Mapping[str, Protected]]  # events and stock, each by kind


@dataclass(frozen=True)
class Rate:
    """The share (0..1) that leaves before BUP in a year and its standard deviation over `periods`; `national`: taken from the
    country, as the place's own is not shown; `borrowed`: of all groups, as the group's own is not.
    """

    yearly: float
    spread: float
    periods: int
    borrowed: bool = False
    national: bool = False


@dataclass(frozen=True, eq=False)
class Rates:
    """Estimates by kind and occupational group ("" for all), with the span of time they rest on (None: no movements known).

    `entry` is the share of the hired of each kind by years until BUP (0 to 40); `ages` that of each group's cohorts (year
    due, age band) by age at the reference date.
    """

    attrition: Mapping[tuple[str, str], Rate]
    pppk_share: float | None
    entry: Mapping[str, Floats]
    ages: Mapping[str, Floats]
    since: date | None
    until: date | None

    def of(self, kind: str, group: str) -> Rate:
        """The rate of a group of a kind; nobody leaves before BUP where nothing is known."""
        own = self.attrition.get((kind, group))
        return own or replace(self.attrition.get((kind, ""), Rate(0.0, 0.0, 0)), borrowed=True)

    def aged(self, group: str, ages: tuple[int, int], years: float) -> Floats:
        """The share of each cohort of a group (by year due) that is `ages[0]` to `ages[1]` years old after some years.

        People of a band are taken to be spread evenly over it.
        """
        known = self.ages.get(group, self.ages.get(""))
        if known is None:
            return np.zeros(SPAN + 1)
        overlap = [
            max(0.0, min(end + years, ages[1] + 1) - max(start + years, ages[0])) / (end - start)
            for start, end in age_bands()
        ]
        return np.asarray(known @ np.array(overlap))


def age_bands() -> list[tuple[int, int]]:
    """First age of each band of `umur_5` and the first age beyond it."""
    codes = [code.code for code in contract().datasets["pegawai"].levels[AGE].codes]
    starts = [int(code.lstrip(">").split("-")[0]) + code.startswith(">") for code in codes]
    return list(zip(starts, [*starts[1:], OLDEST], strict=True))


def attrition(sources: Sequence[Source | None], since: Mapping[date, date]) -> dict[tuple[str, str], Rate]:
    """The rates by kind and group over periods that begin at `since`; the first source that knows a pair decides.

    The sources are those of the place by group, of the place, and of the country; None is one that is not admitted. Each
    holds, by kind, the events of a period (all of `EVENTS` as one number) and the stock, both by group or both of all
    groups. A period counts if the stock at its beginning and its events are shown. A rate of all groups stands in for groups
    that have none of their own, and that of a later source (the country, say) for both.
    """
    found: dict[tuple[str, str], Rate] = {}
    for number, source in enumerate(sources):
        events, stock = source or ({}, {})
        for kind, happened in events.items():
            left, there = _persons(happened), _persons(stock[kind])
            for group in dict.fromkeys(name for name, _day in left):
                spans = [
                    (left[group, day], there[group, first], (day - first).days / 365)
                    for day, first in since.items()
                    if (group, day) in left and there.get((group, first))
                ]
                # Where few periods are shown they are those with many events: half of them must be.
                if spans and 2 * len(spans) >= len(since) and (kind, group) not in found:
                    found[kind, group] = _rate(spans, national=number == COUNTRY)
    return found


def pppk_share(joined: Protected) -> float | None:
    """The share of PPPK among all appointed, over all periods shown; None where none was."""
    shown = joined.frame.filter(pl.col("keadaan") == State.SHOWN)
    sums = {event: int(shown.filter(pl.col(EVENT) == event)["nilai"].sum()) for event in (CPNS, PPPK)}
    total = sum(sums.values())
    return sums[PPPK] / total if total else None


def entry(newest: Protected, day: date) -> Floats:
    """The share of those newest in service (an answer by `tahun_bup`) by years until BUP, 0 to 40."""
    shares = np.zeros(SPAN + 1)
    shown = newest.frame.filter(pl.col("keadaan") == State.SHOWN, pl.col("periode") == day)
    for year, persons in shown.select(YEAR, "nilai").iter_rows():
        ahead = int(year) - day.year
        if 0 <= ahead <= SPAN:
            shares[ahead] += persons
    total = float(shown["nilai"].sum())
    return shares / total if total else shares


def ages(answer: Protected, day: date) -> dict[str, Floats]:
    """The age bands of each cohort, from an answer by (group and) `tahun_bup` and `umur_5`: shares (year due, band) that
    sum to one where anybody is shown, to zero elsewhere.
    """
    bands = {code.code: place for place, code in enumerate(contract().datasets["pegawai"].levels[AGE].codes)}
    grouped = any(axis.level == GROUP for axis in answer.axes)
    shown = answer.frame.filter(pl.col("keadaan") == State.SHOWN, pl.col("periode") == day)
    made: dict[str, Floats] = {}
    columns = [pl.col(GROUP) if grouped else pl.lit("").alias(GROUP), pl.col(YEAR, AGE, "nilai")]
    for group, year, age, persons in shown.select(columns).iter_rows():
        table = made.setdefault(group, np.zeros((SPAN + 1, len(bands))))
        if 0 <= int(year) - day.year <= SPAN:
            table[int(year) - day.year, bands[age]] += persons
    for table in made.values():
        sums = table.sum(axis=1, keepdims=True)
        np.divide(table, sums, out=table, where=sums > 0)
    return made


def _rate(spans: Sequence[tuple[float, float, float]], *, national: bool) -> Rate:
    """The rate of events over persons and years, and the spread of the single periods' rates around it."""
    exposed = sum(persons * years for _events, persons, years in spans)
    yearly = sum(events for events, _persons, _years in spans) / exposed
    single = [events / (persons * years) for events, persons, years in spans]
    spread = float(np.std(single, ddof=1)) if len(single) >= FEWEST else 0.0
    return Rate(float(yearly), spread, len(spans), national=national)


def _persons(answer: Protected) -> dict[tuple[str, date], float]:
    """The shown numbers by group ("" where there is no such axis) and date."""
    grouped = any(axis.level == GROUP for axis in answer.axes)
    group = pl.col(GROUP) if grouped else pl.lit("")
    shown = answer.frame.filter(pl.col("keadaan") == State.SHOWN)
    return {
        (name, day): float(persons)
        for name, day, persons in shown.select(group.alias("group"), "periode", "nilai").iter_rows()
    }
