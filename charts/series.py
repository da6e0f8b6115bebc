"""The lines of a result over time: one for the whole, or one for each member of its dimension."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from charts import labels, palette
from charts.reading import Cell, by_code
from charts.theme import Theme
from data_access.access.result import Protected


@dataclass(frozen=True)
class Series:
    """One line; its cells in order of time."""

    name: str
    colour: str
    cells: tuple[Cell, ...]

    @property
    def last(self) -> Cell | None:
        """The latest cell that is shown."""
        return next((cell for cell in reversed(self.cells) if cell.value is not None), None)


def series(result: Protected, some: Sequence[Cell], *, look: Theme, language: str) -> list[Series]:
    """The lines, largest last shown value first, ties by name."""
    if not result.axes:
        return [Series(result.source.label.text(language), look.brand, tuple(some))]
    axis = result.axes[0]
    name, colour = labels.names(axis, language), palette.colours(axis, look)
    lines = [Series(name[code], colour[code], tuple(group)) for code, group in by_code(some).items()]
    return sorted(lines, key=lambda line: (-(line.last.size if line.last else -inf), line.name))
