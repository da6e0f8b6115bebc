"""A table as people see it, one value for the screen and every file: words and numbers of displayed cells, totals marked.

A cell's number is the one that stands in its text: no file can tell more than the screen.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from data_access.access.measures import share_decimals
from data_access.access.result import Axis, Kind, Measure, Protected, State
from data_access.access.written import written
from data_access.words import mark as _
from data_access.words import short_day, text
from reports import origin

PERIODS = "periode"
DECIMALS = {
    Kind.PERSONS: 0,
    Kind.CHANGE: 0,
    Kind.YEARS: 1,
    Kind.RATE: 1,
    Kind.SCORE: 2,
}  # of shares they follow from the base
Place = tuple[str, ...]


@dataclass(frozen=True)
class TableCell:
    """A displayed value: its words, and its number as in the words (a share as 0..1), None where none is shown."""

    text: str
    value: float | None
    kind: Kind
    decimals: int = 0


@dataclass(frozen=True)
class Row:
    """The names that head a row, its cells from left to right, and whether it is a total or a subtotal."""

    heads: tuple[str, ...]
    cells: tuple[TableCell, ...]
    total: bool = False


@dataclass(frozen=True)
class Table:
    """What stands on the screen. Each row of `heads` is as wide as a row of the table: its heads, then its cells."""

    title: str
    filters: tuple[str, ...]
    heads: tuple[tuple[str, ...], ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]

    @property
    def leading(self) -> int:
        """How many columns on the left hold names."""
        return len(self.rows[0].heads) if self.rows else len(self.heads[-1])

    @property
    def columns(self) -> tuple[str, ...]:
        """One unmistakable name for each column, from all rows of heads."""
        names = [" · ".join(dict.fromkeys(filter(None, parts))) for parts in zip(*self.heads, strict=True)]
        return tuple(f"{name} ({place})" if names.count(name) > 1 else name for place, name in enumerate(names, 1))


def table_cell(value: float | None, state: str, measure: Measure, language: str, base: int | None = None) -> TableCell:
    """The cell of a displayed value; `base` is its denominator. The state decides, not the value."""
    kind, shown = measure.kind, value if state == State.SHOWN else None
    words = written(shown, State(state), measure, language, base=base)
    decimals = DECIMALS[kind] if kind in DECIMALS else share_decimals(base)
    places = decimals if kind in DECIMALS else decimals + 2
    return TableCell(words, None if shown is None else round(shown, places), kind, decimals)


def of(result: Protected, columns: str, language: str, *, title: str = "") -> Table:
    """The table of one answer. `columns` names the axis (or "periode") whose members stand side by side; empty: none."""
    keys = [PERIODS, *(axis.level for axis in result.axes)]
    names = _names(result, language)
    heads = {PERIODS: text(_("Tanggal acuan"), language)} | {a.level: a.label.text(language) for a in result.axes}
    whole = partial(
        Table,
        title=title or result.source.label.text(language),
        filters=origin.filters(result, language),
        notes=(origin.protection(result, language),),
    )
    if not columns:
        rows = tuple(Row(_named(place, keys, names), (cell,)) for place, cell in _cells(result, keys, language))
        return whole(heads=((*heads.values(), result.measure.label.text(language)),), rows=rows)
    rest = [name for name in keys if name != columns]
    at = keys.index(columns)
    crossed: dict[Place, dict[str, TableCell]] = {}
    for place, cell in _cells(result, keys, language):
        crossed.setdefault((*place[:at], *place[at + 1 :]), {})[place[at]] = cell
    side = list(dict.fromkeys(code for found in crossed.values() for code in found))
    left = [heads[name] for name in rest]
    # A member called like a heading beside it: the agency kind "Province" in a table by province.
    above = [f"{n} ({heads[columns]})" if n in left else n for n in (names[columns][code] for code in side)]
    rows = tuple(
        Row(_named(place, rest, names), tuple(found[code] for code in side)) for place, found in crossed.items()
    )
    return whole(heads=((*left, *above),), rows=rows)


def _cells(result: Protected, keys: list[str], language: str) -> Iterator[tuple[Place, TableCell]]:
    """The codes of each cell (the date as text) and the cell, in the order of the answer."""
    with_base = "dasar" in result.frame.columns
    frame = result.frame.select(*keys, "nilai", "keadaan", *(["dasar"] if with_base else []))
    for day, *codes in frame.iter_rows():
        value, state, base = codes[len(keys) - 1 :] if with_base else (*codes[len(keys) - 1 :], None)
        place = (day.isoformat(), *codes[: len(keys) - 1])
        yield place, table_cell(value, state, result.measure, language, base)


def _named(place: Place, keys: list[str], names: Mapping[str, Mapping[str, str]]) -> Place:
    return tuple(names[key][code] for key, code in zip(keys, place, strict=True))


def _names(result: Protected, language: str) -> dict[str, dict[str, str]]:
    """Code -> name of every axis; of the dates, ISO text -> date as written."""
    days = {day.isoformat(): short_day(day, language) for day in result.source.periods}
    return {PERIODS: days} | {axis.level: _unique(axis, language) for axis in result.axes}


def _unique(axis: Axis, language: str) -> dict[str, str]:
    """Labels of an axis; two members of one name are told apart by their code, so that no column is lost in a pivot."""
    labels = axis.labels(language)
    names = list(labels.values())
    return {code: f"{name} ({code})" if names.count(name) > 1 else name for code, name in labels.items()}
