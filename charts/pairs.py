"""The same cell at two dates: rows for charts that compare dates, and their difference in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from charts import labels
from charts.reading import Cell, cells, periods
from data_access.access.derive import CHANGE
from data_access.access.measures import share_decimals
from data_access.access.result import Kind, Protected, State
from data_access.access.written import written
from data_access.words import mark as _
from data_access.words import number, text

Order = Literal["change", "value"]


@dataclass(frozen=True)
class Pair:
    """One member at two dates."""

    code: str
    name: str
    before: Cell
    now: Cell

    @property
    def shown(self) -> list[Cell]:
        return [cell for cell in (self.before, self.now) if cell.value is not None]

    @property
    def difference(self) -> float | None:
        """Of the displayed values; None unless both are shown."""
        if self.now.value is None or self.before.value is None:
            return None
        return self.now.value - self.before.value


def ends(result: Protected, now: date | None, before: date | None) -> tuple[date, date]:
    """The two dates (before, now); those not named are the first and the last of the result, which has at least one."""
    days = periods(result)
    return before or days[0], now or days[-1]


def pairs(result: Protected, *, now: date, before: date, order: Order, language: str) -> list[Pair]:
    """From top to bottom: the dimension's own order, else by change or by value (ties by name); incomplete ones last."""
    axis = result.axes[0]
    then = {cell.codes[0]: cell for cell in cells(result, period=before)}
    name = labels.names(axis, language)
    made = [
        Pair(cell.codes[0], name[cell.codes[0]], then[cell.codes[0]], cell)
        for cell in cells(result, period=now)
        if cell.codes[0] in then
    ]
    return made if axis.ordered else sorted(made, key=lambda pair: (*_place(pair, order), pair.name))


def largest(rows: Sequence[Pair], *, top: int, order: Order) -> list[Pair]:
    """At most `top` rows in their order: those that changed most either way, or those on top."""
    if order == "change":
        ranked = sorted(rows, key=lambda pair: -abs(pair.difference) if pair.difference is not None else 1)
        kept = {pair.code for pair in ranked[:top]}
        return [pair for pair in rows if pair.code in kept]
    return list(rows[:top])


def difference_text(pair: Pair, language: str) -> str:
    """+1.234, +1,2 poin (of per cent), −0,4; the mark of the side that is not shown."""
    value = pair.difference
    if value is None:
        hidden = next(cell for cell in (pair.now, pair.before) if cell.value is None)
        return labels.value_text(hidden, language)
    kind = pair.now.measure.kind
    if kind in (Kind.PERSONS, Kind.CHANGE):
        return written(value, State.SHOWN, CHANGE, language)
    if kind not in (Kind.SHARE, Kind.GROWTH):
        return _signed(number(abs(value), language, decimals=1), value)
    decimals = min(share_decimals(cell.base) for cell in pair.shown)
    points = _signed(number(abs(value) * 100, language, decimals=decimals), value)
    return text(_("{points} poin"), language, points=points)


def _place(pair: Pair, order: Order) -> tuple[bool, float]:
    if order == "change":
        return pair.difference is None, -(pair.difference or 0)
    return pair.now.value is None, -(pair.now.value or 0)


def _signed(words: str, value: float) -> str:
    if not any(letter in "123456789" for letter in words):
        return words
    return f"−{words}" if value < 0 else f"+{words}"
