"""What a chart reads from a `Protected`: cells. A number leaves this module only if its cell's state is SHOWN."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from data_access.access.result import Protected, State


@dataclass(frozen=True)
class Cell:
    """One displayed cell; `value` is None unless shown, whatever the frame holds."""

    period: date
    codes: tuple[str, ...]
    value: int | None
    state: State

    @property
    def size(self) -> int:
        """The value for ordering: cells that are not shown come last."""
        return -1 if self.value is None else self.value


def cells(result: Protected, *, period: date | None = None) -> list[Cell]:
    """The cells in frame order, of one period if given."""
    columns = ["periode", *(axis.level for axis in result.axes), "nilai", "keadaan"]
    rows = result.frame.select(columns).iter_rows()
    return [_cell(row) for row in rows if period is None or row[0] == period]


def periods(result: Protected) -> list[date]:
    return sorted(set(result.frame["periode"].to_list()))


def latest(result: Protected, *, period: date | None = None) -> list[Cell]:
    """The cells of `period`, or of the last period of the result; none if the result is empty."""
    known = periods(result)
    return cells(result, period=period or known[-1]) if known else []


def shown(some: Iterable[Cell]) -> list[int]:
    return [cell.value for cell in some if cell.value is not None]


def by_code(some: Iterable[Cell]) -> dict[str, list[Cell]]:
    """The cells of each code of the first axis."""
    groups: dict[str, list[Cell]] = {}
    for cell in some:
        groups.setdefault(cell.codes[0], []).append(cell)
    return groups


def states(some: Sequence[Cell]) -> dict[State, int]:
    return {state: sum(cell.state == state for cell in some) for state in State}


def _cell(row: tuple[Any, ...]) -> Cell:
    period, *codes, value, state = row
    return Cell(period, tuple(codes), value if state == State.SHOWN else None, State(state))
