"""From the address to a view. What is unknown or out of reach falls back to the nearest valid view.

The caller tells so in one note, which does not say what was lost: hidden and unknown are alike.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from data_access.access.scope import Scope
from data_access.contract import contract
from ui.exploring.measures import MEASURES, PERSONS
from ui.exploring.view import ALL, CHARTS, DATASET, ROWS, TOPS, View, default, home, settled

Params = Mapping[str, Sequence[str]]


def read(params: Params, scope: Scope, held: tuple[date, ...]) -> tuple[View, bool]:
    """The view that the address asks for, and whether all of it could be kept."""
    if not params.get("baris"):
        return default(scope), not params
    rows = _rows(params.get("baris", ()), scope) or default(scope).rows
    measure = _first(params, "ukuran")
    view = View(
        rows=rows,
        columns=_columns(_first(params, "kolom"), rows, scope),
        filters=_filters(params.get("saring", ()), scope),
        periods=_periods(params.get("periode", ()), held),
        measure=measure if measure in MEASURES else PERSONS,
        against=next((day for day in held if day.isoformat() == _first(params, "banding")), None),
        sort=_first(params, "urut"),
        top=next((top for top in TOPS if top and str(top) == _first(params, "teratas")), 0),
        chart=chart if (chart := _first(params, "grafik")) in CHARTS else "",
        dataset=scope.dataset,
    )
    view = settled(view, scope, held)
    kept = _normal(view.params()) == _normal(_asked(params, held))
    return settled(replace(view, filters=view.filters or home(scope)), scope, held), kept


def dataset(params: Params, known: Sequence[str]) -> str:
    """The dataset that the address names, if it is one of those within reach; else that of the persons."""
    name = _first(params, "data")
    return name if name in known else DATASET


def _asked(params: Params, held: tuple[date, ...]) -> dict[str, Sequence[str]]:
    every = {"periode": [day.isoformat() for day in held]} if ALL in params.get("periode", ()) else {}
    return dict(params) | every


def _first(params: Params, name: str) -> str:
    values = params.get(name) or [""]
    return values if isinstance(values, str) else values[0]


def _rows(names: Sequence[str], scope: Scope) -> tuple[str, ...]:
    dimension_of = contract().datasets[scope.dataset].dimension_of
    found: dict[str, str] = {}
    for name in names:
        if name in scope.levels:
            found.setdefault(dimension_of[name], name)
    return tuple(found.values())[:ROWS]


def _columns(name: str, rows: tuple[str, ...], scope: Scope) -> str:
    dimension_of = contract().datasets[scope.dataset].dimension_of
    if name not in scope.levels or dimension_of[name] in {dimension_of[row] for row in rows}:
        return ""
    return name


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


def _normal(params: Mapping[str, str | Sequence[str]]) -> dict[str, object]:
    """Parameters for comparing what was asked with what was kept: the order says something for rows only."""
    texts = {name: [value] if isinstance(value, str) else list(value) for name, value in params.items()}
    return {name: _plain(name, values) for name, values in texts.items()}


def _plain(name: str, values: list[str]) -> object:
    if name == "baris":
        return values
    return {",".join(sorted(text.split(","))) if name == "saring" else text for text in values}
