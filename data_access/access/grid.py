"""The complete grid of an answer: every period and member within reach, so that zero and suppressed look the same."""

from datetime import date
from functools import reduce
from math import prod

import polars as pl

from data_access.access.query import Query
from data_access.access.result import Axis
from data_access.access.scope import Scope
from data_access.contract import Dataset, contract
from data_access.errors import InvalidQuery
from data_access.words import mark as _


def axes(query: Query, scope: Scope) -> tuple[Axis, ...]:
    """One axis per `by` level with the members that scope and filters leave, in the order of the code list."""
    dataset = contract().datasets[scope.dataset]
    return tuple(_axis(dataset, query, scope, name) for name in query.by)


def _axis(dataset: Dataset, query: Query, scope: Scope, name: str) -> Axis:
    level = dataset.levels[name]
    reach = set(scope.members(name))
    for other, codes in query.filters.items():
        if dataset.dimension_of[other] == dataset.dimension_of[name]:
            reach &= _left_by(dataset, name, other, codes)
    members = tuple((code.code, code.label) for code in level.codes if code.code in reach)
    return Axis(name, level.label, level.ordered, members)


def _left_by(dataset: Dataset, name: str, other: str, codes: tuple[str, ...]) -> set[str]:
    """Codes of `name` that a filter on `other` (same dimension) leaves; an unrelated level (generasi) leaves all."""
    if dataset.refines(name, other):
        return {fine for fine, coarse in dataset.mapping(name, other).items() if coarse in codes}
    if dataset.refines(other, name):
        return {coarse for fine, coarse in dataset.mapping(other, name).items() if fine in codes}
    return set(dataset.levels[name].by_code)


def grid(axes: tuple[Axis, ...], periods: tuple[date, ...], limit: int) -> pl.DataFrame:
    """Columns `periode` and one per axis, in order; InvalidQuery if there would be more than `limit` rows."""
    rows = prod([len(periods), *(len(axis.members) for axis in axes)])
    if rows > limit:
        template = _(
            "Hasil terlalu besar ({rows} baris, batas {limit}). Persempit dengan saringan atau kurangi dimensi."
        )
        raise InvalidQuery("too-large", template, rows=rows, limit=limit)
    columns = [pl.DataFrame({"periode": periods}, schema={"periode": pl.Date})]
    columns += [
        pl.DataFrame({axis.level: [c for c, _label in axis.members]}, schema={axis.level: pl.String}) for axis in axes
    ]
    return reduce(lambda left, right: left.join(right, how="cross"), columns)


def impossible(dataset: Dataset, query: Query) -> pl.Expr:
    """True for grid rows that cannot exist: excluded by a rule of the contract, or a code not yet valid on the date."""
    ruled = [breaks(dataset, query, rule.when) for rule in dataset.impossible]
    late = [
        pl.col(level).is_in([code.code]) & (pl.col("periode") < code.valid_from)
        for level in query.by
        for code in dataset.levels[level].codes
        if code.valid_from is not None
    ]
    late += [
        pl.col("periode") < day
        for level, codes in query.filters.items()
        if (day := first_day(dataset, level, codes)) is not None
    ]
    return reduce(lambda left, right: left | right, [*(r for r in ruled if r is not None), *late], pl.lit(False))


def first_day(dataset: Dataset, level: str, codes: tuple[str, ...]) -> date | None:
    """The day from which one of the chosen codes is valid; None if one always was."""
    days = [dataset.levels[level].by_code[code].valid_from for code in codes]
    known = [day for day in days if day is not None]
    return min(known) if len(known) == len(days) else None


def breaks(dataset: Dataset, query: Query, when: dict[str, tuple[str, ...]]) -> pl.Expr | None:
    """The condition under which a rule excludes a row; None where the question does not settle every level of it."""
    conditions = []
    for level, codes in when.items():
        column = next((name for name in query.by if dataset.refines(name, level)), None)
        if column is not None:
            fine = [f for f, coarse in dataset.mapping(column, level).items() if coarse in codes]
            conditions.append(pl.col(column).is_in(fine))
        elif not any(_filtered_into(dataset, name, chosen, level, codes) for name, chosen in query.filters.items()):
            return None
    return reduce(lambda left, right: left & right, conditions, pl.lit(True))


def _filtered_into(dataset: Dataset, name: str, chosen: tuple[str, ...], level: str, codes: tuple[str, ...]) -> bool:
    if not dataset.refines(name, level):
        return False
    above = dataset.mapping(name, level)
    return all(above[code] in codes for code in chosen)
