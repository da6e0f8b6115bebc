"""The explorer's view as a value: read from the address, written back to it, checked against the viewer's scope.

Parameters: baris, kolom, periode (dates or "semua"), saring (level:code,code), grafik. What is unknown or out of reach
falls back to the nearest valid view; the note says so without telling which of both it was.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from charts import BUILDERS
from data_access.access.query import Query
from data_access.access.scope import Scope
from data_access.contract import contract

DATASET = "pegawai"
ALL = "semua"
CHARTS = (*BUILDERS, "tabel")


@dataclass(frozen=True)
class View:
    """Rows, columns (empty: none), filters, periods (empty: latest) and the chart chosen (empty: proposed)."""

    rows: str
    columns: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    periods: tuple[date, ...] = ()
    chart: str = ""

    def query(self) -> Query:
        by = tuple(level for level in (self.rows, self.columns) if level)
        return Query(DATASET, by=by, where=self.filters, periods=self.periods)

    def params(self) -> dict[str, str | list[str]]:
        """The view as address parameters; what is left at its default is left out."""
        filters = [f"{level}:{','.join(codes)}" for level, codes in sorted(self.filters.items())]
        periods = [day.isoformat() for day in self.periods]
        found: dict[str, str | list[str]] = {
            "baris": self.rows,
            "kolom": self.columns,
            "saring": filters,
            "periode": periods,
            "grafik": self.chart,
        }
        return {name: value for name, value in found.items() if value}


def default(scope: Scope) -> View:
    """Where a viewer starts: the provinces, within their own place if they are limited to one."""
    return View(rows="provinsi", filters=home(scope))


def home(scope: Scope) -> dict[str, tuple[str, ...]]:
    """The filter that a viewer limited to places starts with; empty for everybody else."""
    return {scope.rows.level: scope.rows.codes} if scope.rows else {}


def read(params: Mapping[str, Sequence[str]], scope: Scope, held: tuple[date, ...]) -> tuple[View, bool]:
    """The view that the address asks for, and whether all of it could be kept."""
    if not params.get("baris"):
        return default(scope), not params
    start = default(scope)
    rows = _level(_first(params, "baris"), scope) or start.rows
    columns = _level(_first(params, "kolom"), scope)
    dimension_of = contract().datasets[DATASET].dimension_of
    view = View(
        rows=rows,
        columns=columns if columns and dimension_of[columns] != dimension_of[rows] else "",
        filters=_filters(params.get("saring", ()), scope) | {},
        periods=_periods(params.get("periode", ()), held),
        chart=chart if (chart := _first(params, "grafik")) in CHARTS else "",
    )
    asked = dict(params) | ({"periode": [day.isoformat() for day in held]} if ALL in params.get("periode", ()) else {})
    kept = _normal(view.params()) == _normal(asked)
    return replace(view, filters=view.filters or home(scope)), kept


def _first(params: Mapping[str, Sequence[str]], name: str) -> str:
    values = params.get(name) or [""]
    return values if isinstance(values, str) else values[0]


def _level(name: str, scope: Scope) -> str:
    return name if name in scope.levels else ""


def _filters(texts: Sequence[str], scope: Scope) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one in texts:
        level, _colon, codes = one.partition(":")
        reach = set(scope.members(level)) if level in scope.levels else set()
        kept = tuple(dict.fromkeys(code for code in codes.split(",") if code in reach))
        if kept:
            found[level] = kept
    return found


def _periods(texts: Sequence[str], held: tuple[date, ...]) -> tuple[date, ...]:
    return tuple(day for day in held if ALL in texts or day.isoformat() in texts)


def _normal(params: Mapping[str, str | Sequence[str]]) -> dict[str, set[str]]:
    """Parameters without order, for comparing what was asked with what was kept."""
    texts = {name: {value} if isinstance(value, str) else set(value) for name, value in params.items()}
    return {
        name: {",".join(sorted(text.split(","))) if name == "saring" else text for text in values}
        for name, values in texts.items()
    }
