"""Figures derived from displayed values only: sums, shares, changes, means. None wherever a part of it is not shown.

The bases are those of the disclosure policy: a growth rate needs a base of 50, a mean at least 30 persons.
"""

from dataclasses import dataclass
from datetime import date
from weakref import WeakKeyDictionary

import polars as pl

from data_access.access.result import Protected, State
from data_access.contract import contract
from data_access.release.policy import POLICY

Cells = dict[date, list[tuple[tuple[str, ...], int, str]]]

_read: WeakKeyDictionary[Protected, Cells] = WeakKeyDictionary()
LEFT_OUT = 0.01
WHOLE_BELOW = 1_000


@dataclass(frozen=True)
class Change:
    """A difference between two displayed values: in persons, and as a share of the earlier one."""

    persons: int
    share: float | None


def total(result: Protected, period: date, codes: dict[str, tuple[str, ...]] | None = None) -> int | None:
    """The sum of displayed values of a period over the given codes per axis (all codes where an axis is not named)."""
    rows = _cells(result).get(period, [])
    for level, chosen in (codes or {}).items():
        place = [axis.level for axis in result.axes].index(level)
        rows = [row for row in rows if row[0][place] in chosen]
    states = {state for _codes, _value, state in rows}
    # A structurally impossible cell holds nobody; a suppressed one holds somebody unknown.
    if State.SUPPRESSED in states or states <= {State.UNAVAILABLE}:
        return None
    return sum(value for _codes, value, state in rows if state == State.SHOWN)


def share(part: int | None, whole: int | None) -> float | None:
    """A part of a whole as 0..1; None if either is not shown or the whole is zero."""
    if part is None or not whole:
        return None
    return min(part / whole, 1.0)


def share_decimals(whole: int | None) -> int:
    """Decimals of a percentage: one from a base of 1,000 on, none below."""
    return 1 if whole is not None and whole >= WHOLE_BELOW else 0


def change(now: int | None, before: int | None) -> Change | None:
    """The change between two displayed values; its share is None below the smallest base."""
    if now is None or before is None:
        return None
    return Change(now - before, now / before - 1 if before >= POLICY.growth_base else None)


def _cells(result: Protected) -> Cells:
    """The cells of an answer by date, read once: a page asks many sums of the same few answers."""
    known = _read.get(result)
    if known is None:
        known = {}
        levels = [axis.level for axis in result.axes]
        for day, *codes, value, state in result.frame.select("periode", *levels, "nilai", "keadaan").iter_rows():
            known.setdefault(day, []).append((tuple(codes), value, state))
        _read[result] = known
    return known


def mean(result: Protected, level: str, period: date) -> float | None:
    """The mean of a banded level (umur, masa kerja) by band mid-points, in years; None below the smallest base.

    Suppressed bands are left out as long as all of them together can hold at most a hundredth of those shown.
    """
    bands = contract().datasets[result.source.dataset].levels[level].codes
    midpoints = {band.code: band.midpoint for band in bands if band.midpoint is not None}
    rows = result.frame.filter((pl.col("periode") == period) & (pl.col("keadaan") == State.SHOWN))
    persons = int(rows["nilai"].sum())
    hidden = result.frame.filter((pl.col("periode") == period) & (pl.col("keadaan") == State.SUPPRESSED)).height
    if persons < POLICY.mean_base or hidden * (POLICY.threshold - 1) > persons * LEFT_OUT:
        return None
    weighted = sum(midpoints[code] * value for code, value in rows.select(level, "nilai").iter_rows())
    return float(weighted / persons)
