"""What a chart reads from a `Protected`: cells. A number leaves this module only if its cell's state is SHOWN."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf
from typing import Any

from data_access.access.result import PERSONS, Measure, Protected, State


@dataclass(frozen=True)
class Cell:
    """One displayed cell; `value` and `base` (the denominator of a derived measure) are None unless shown, whatever the
    frame holds. Persons and bases are whole numbers, shares 0..1.
    """

    period: date
    codes: tuple[str, ...]
    value: float | None
    state: State
    base: int | None = None
    measure: Measure = PERSONS

    @property
    def size(self) -> float:
        """The value for ordering: cells that are not shown come last."""
        return -inf if self.value is None else self.value


def cells(result: Protected, *, period: date | None = None) -> list[Cell]:
    """The cells in frame order, of one period if given."""
    columns = ["periode", *(axis.level for axis in result.axes), "nilai", "keadaan"]
    derived = "dasar" in result.frame.columns
    rows = result.frame.select([*columns, "dasar"] if derived else columns).iter_rows()
    made = (_cell(row if derived else (*row, None), result.measure) for row in rows)
    return [cell for cell in made if period is None or cell.period == period]


def periods(result: Protected) -> list[date]:
    return sorted(set(result.frame["periode"].to_list()))


def latest(result: Protected, *, period: date | None = None) -> list[Cell]:
    """The cells of `period`, or of the last period of the result; none if the result is empty."""
    known = periods(result)
    return cells(result, period=period or known[-1]) if known else []


def shown(some: Iterable[Cell]) -> list[float]:
    return [cell.value for cell in some if cell.value is not None]


def by_code(some: Iterable[Cell]) -> dict[str, list[Cell]]:
    """The cells of each code of the first axis."""
    groups: dict[str, list[Cell]] = {}
    for cell in some:
        groups.setdefault(cell.codes[0], []).append(cell)
    return groups


def states(some: Sequence[Cell]) -> dict[State, int]:
    return {state: sum(cell.state == state for cell in some) for state in State}


def _cell(row: tuple[Any, ...], measure: Measure) -> Cell:
    period, *codes, value, state, base = row
    if state != State.SHOWN:
        return Cell(period, tuple(codes), None, State(state), None, measure)
    return Cell(period, tuple(codes), value, State.SHOWN, base, measure)
