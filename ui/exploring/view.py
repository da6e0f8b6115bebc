"""The explorer's view as a value: what is on rows and columns, filters, dates, measure, order. It reaches no data.

As address parameters: data, baris (one or two), kolom, saring (level:code,code), periode (dates or "semua"), ukuran, banding,
urut, teratas, grafik.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from charts import BUILDERS
from data_access.access.query import Query
from data_access.access.scope import Scope
from data_access.contract import contract
from ui.exploring.measures import COMPARING, MEASURES, PERSONS, ROW_SHARE, SHARES, TOTAL_SHARE

DATASET = "pegawai"
ALL, TABLE = "semua", "tabel"
CHARTS = (*BUILDERS, TABLE)
TOPS = (0, 5, 10, 20)
BY_TOTAL = "total"
ROWS = 2


@dataclass(frozen=True)
class View:
    """Empty periods: the latest; `against` None: the date before; empty `sort`: the order of the code list, `BY_TOTAL` or a
    code of the columns: by displayed value; `top` 0: all rows; empty chart: the proposed one."""

    rows: tuple[str, ...]
    columns: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    periods: tuple[date, ...] = ()
    measure: str = PERSONS
    against: date | None = None
    sort: str = ""
    top: int = 0
    chart: str = ""
    dataset: str = DATASET

    @property
    def crossed(self) -> tuple[str, ...]:
        """The levels on rows and columns."""
        return (*self.rows, self.columns) if self.columns else self.rows

    @property
    def needed(self) -> tuple[str, ...]:
        """The levels that its cells are asked by: those crossed, and the one that the measure is computed from."""
        extra = MEASURES[self.measure].extra
        return (*self.crossed, extra) if extra else self.crossed

    def query(self) -> Query:
        """The question behind the cells of the table."""
        return Query(self.dataset, by=self.needed, where=self.filters, periods=self.periods)

    def filtered(self, picked: Mapping[str, tuple[str, ...]]) -> "View":
        """The view limited to these codes of levels."""
        return replace(self, filters=dict(self.filters) | dict(picked))

    def params(self) -> dict[str, str | list[str]]:
        """The view as address parameters; what is left at its default is left out."""
        found: dict[str, str | list[str]] = {
            "data": "" if self.dataset == DATASET else self.dataset,
            "baris": list(self.rows),
            "kolom": self.columns,
            "saring": [f"{level}:{','.join(codes)}" for level, codes in sorted(self.filters.items())],
            "periode": [day.isoformat() for day in self.periods],
            "ukuran": "" if self.measure == PERSONS else self.measure,
            "banding": self.against.isoformat() if self.against else "",
            "urut": self.sort,
            "teratas": str(self.top or ""),
            "grafik": self.chart,
        }
        return {name: value for name, value in found.items() if value}


def default(scope: Scope) -> View:
    """Where a viewer starts: the provinces, within their own place if they are limited to one.

    Where codes are never added up, the measure that is made of the last such level comes first, the others are limited to
    their usual code.
    """
    described = contract().datasets[scope.dataset]
    *named, last = ("", *described.apart)
    usual = {level: (described.headline[level],) for level in named if level}
    measure = next((name for name, way in MEASURES.items() if last and way.extra == last), PERSONS)
    return View(rows=("provinsi",), filters=home(scope) | usual, measure=measure, dataset=scope.dataset)


def home(scope: Scope) -> dict[str, tuple[str, ...]]:
    """The filter that a viewer limited to places starts with; empty for everybody else."""
    return {scope.rows.level: scope.rows.codes} if scope.rows else {}


def measures(view: View, scope: Scope, held: tuple[date, ...]) -> tuple[str, ...]:
    """The measures that mean something for this view; whether they are published is another question."""
    dimension_of = contract().datasets[view.dataset].dimension_of
    taken = {dimension_of[level] for level in (*view.crossed, *view.filters)}
    found = [name for name, way in MEASURES.items() if not way.extra or _free(way.extra, taken, scope)]
    unfit = {ROW_SHARE, TOTAL_SHARE} if not view.columns else set()
    # A share needs a whole, and these codes have none.
    if set(contract().datasets[view.dataset].apart) & set(view.crossed):
        unfit |= set(SHARES)
    if len(view.periods) > 1:
        unfit |= {ROW_SHARE}
    if len(view.periods) > 1 or compared(view, held) is None:
        unfit |= set(COMPARING)
    return tuple(name for name in found if name not in unfit)


def _free(level: str, taken: set[str], scope: Scope) -> bool:
    dimension_of = contract().datasets[scope.dataset].dimension_of
    return level in scope.levels and dimension_of[level] not in taken


def compared(view: View, held: tuple[date, ...]) -> tuple[date, date] | None:
    """(now, before) of a change: the date shown and the one chosen, or the one before; None if there is no earlier one."""
    now = max(view.periods or held)
    earlier = [day for day in held if day < now]
    if not earlier:
        return None
    return now, view.against if view.against in earlier else max(earlier)


def settled(view: View, scope: Scope, held: tuple[date, ...]) -> View:
    """The view without choices that have lost their meaning beside the others."""
    if view.measure not in measures(view, scope, held):
        view = replace(view, measure=PERSONS)
    dates = compared(view, held)
    if view.measure not in COMPARING or dates is None or view.against != dates[1]:
        view = replace(view, against=None)
    if view.sort not in ("", BY_TOTAL) and not _is_member(view.sort, view.columns, scope):
        view = replace(view, sort="")
    return view


def _is_member(code: str, level: str, scope: Scope) -> bool:
    return bool(level) and code in scope.members(level)
