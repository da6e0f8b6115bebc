"""The rows of a stacked chart: which parts each has and whether shares of it may be told."""

from collections.abc import Sequence
from dataclasses import dataclass

from charts import labels
from charts.reading import Cell
from data_access.access.result import Protected, State


@dataclass(frozen=True)
class Row:
    """One bar: its parts by code of the other dimension."""

    code: str
    name: str
    parts: dict[str, Cell]

    @property
    def displayed(self) -> float:
        """The sum of its displayed values."""
        return sum(cell.value or 0 for cell in self.parts.values())

    @property
    def suppressed(self) -> bool:
        return any(cell.state == State.SUPPRESSED for cell in self.parts.values())

    @property
    def whole(self) -> float:
        """The denominator of shares, from displayed values; 0 if a part is suppressed."""
        return 0 if self.suppressed else self.displayed


def part_at(result: Protected, parts: str = "") -> int:
    """Index of the axis whose members are the parts: `parts`, else the one with fewer members, the second if equal."""
    if parts:
        return [axis.level for axis in result.axes].index(parts)
    return int(len(result.axes[1].members) <= len(result.axes[0].members))


def stack_rows(some: Sequence[Cell], result: Protected, language: str, *, parts: str = "") -> list[Row]:
    """Rows from top to bottom: the dimension's own order, or by the sum of displayed values, ties by name."""
    part = part_at(result, parts)
    axis = result.axes[1 - part]
    rows = [
        Row(code, name, {cell.codes[part]: cell for cell in some if cell.codes[1 - part] == code})
        for code, name in labels.names(axis, language).items()
    ]
    return rows if axis.ordered else sorted(rows, key=lambda row: (-row.displayed, row.name))
