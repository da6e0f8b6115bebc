"""What changed between two official results of one dimension, code by code. Protected results are refused: see `changes`."""

from dataclasses import dataclass

from charts import labels
from charts.reading import cells
from data_access.access import measures
from data_access.access.result import Protected
from data_access.errors import InvalidQuery
from data_access.words import mark as _

NEW, GONE = "new", "gone"


@dataclass(frozen=True)
class ChangeRow:
    """One code: official persons before and after. None where it could not hold anybody (not yet valid on the date)."""

    code: str
    name: str
    before: int | None
    after: int | None

    @property
    def persons(self) -> int:
        return (self.after or 0) - (self.before or 0)

    @property
    def share(self) -> float | None:
        """The change as a share of what was before; None below the smallest base."""
        found = measures.change(self.after or 0, self.before or 0)
        return found.share if found else None

    @property
    def kind(self) -> str:
        """NEW for a code that holds somebody only now, GONE for one that no longer does, else empty."""
        if not self.before and self.after:
            return NEW
        return GONE if self.before and not self.after else ""


def change_rows(before: Protected, after: Protected, language: str) -> list[ChangeRow]:
    """Every code of both results, the largest change first, ties by name.

    InvalidQuery unless both are official and about one dimension and date: the difference of two protected values of
    revised data could tell about single persons.
    """
    for result in (before, after):
        if not result.official or len(result.axes) != 1 or len(result.source.periods) != 1:
            template = _("Hanya angka resmi menurut satu dimensi pada satu tanggal yang dapat dibandingkan.")
            raise InvalidQuery("not-comparable", template)
    name = labels.names(before.axes[0], language) | labels.names(after.axes[0], language)
    was, now = _values(before), _values(after)
    rows = [ChangeRow(code, words, was.get(code), now.get(code)) for code, words in name.items()]
    return sorted(rows, key=lambda row: (-abs(row.persons), row.name))


def _values(result: Protected) -> dict[str, int | None]:
    return {cell.codes[0]: None if cell.value is None else int(cell.value) for cell in cells(result)}
