"""What a question may grow by: for each level, whether adding it still gives an answer, and if not, why.

Pure: from the scope and the list of admitted combinations, never from a cell. It tells no more than asking would.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from data_access.access.check import check
from data_access.access.plan import is_admitted, lacks_place
from data_access.access.query import Query
from data_access.access.scope import Scope, levels_in_order
from data_access.contract import contract
from data_access.errors import AsnError
from data_access.release.reader import Admitted

NOT_ADMITTED, PLACE_NEEDED = "not-admitted", "place-needed"


@dataclass(frozen=True)
class Hindrance:
    """Why a question has no answer: the reason key of the error that `ask` would raise, and the levels that stand against
    the added one (leaving one of them out would help; none if no single one does)."""

    reason: str
    beside: tuple[str, ...] = ()


def hindrance(query: Query, scope: Scope, periods: tuple[date, ...], admitted: Admitted) -> str:
    """The reason key of the refusal that this question would get; empty if it would be answered."""
    try:
        check(query, scope)
    except AsnError as error:
        return error.reason
    if is_admitted(query, scope, periods, admitted):
        return ""
    return PLACE_NEEDED if lacks_place(query, scope) else NOT_ADMITTED


def offered(
    scope: Scope, query: Query, periods: tuple[date, ...], admitted: Admitted, *, as_filter: bool = False
) -> dict[str, Hindrance | None]:
    """Level -> None if the question may grow by it, else why not; every level within reach, in order.

    `query` is the question without what is being chosen. A level is added as an axis, or as a filter on one of its codes.
    """
    grown = {level: _grown(query, level, scope, as_filter=as_filter) for level in levels_in_order(scope)}
    return {level: _against(level, more, scope, periods, admitted) for level, more in grown.items()}


def _grown(query: Query, level: str, scope: Scope, *, as_filter: bool) -> Query:
    if as_filter:
        return _changed(query, where=query.filters | {level: scope.members(level)[:1]})
    return _changed(query, by=(*query.by, level))


def _against(level: str, query: Query, scope: Scope, periods: tuple[date, ...], admitted: Admitted) -> Hindrance | None:
    reason = hindrance(query, scope, periods, admitted)
    if not reason:
        return None
    if reason != NOT_ADMITTED:
        return Hindrance(reason, _same_dimension(level, query, scope) if reason == "dimension-twice" else ())
    others = [name for name in dict.fromkeys((*query.by, *query.filters)) if name != level]
    helps = [name for name in others if not hindrance(_without(query, name), scope, periods, admitted)]
    return Hindrance(reason, tuple(helps))


def _same_dimension(level: str, query: Query, scope: Scope) -> tuple[str, ...]:
    dimension_of = contract().datasets[scope.dataset].dimension_of
    return tuple(n for n in query.by if n != level and dimension_of[n] == dimension_of[level])


def _without(query: Query, level: str) -> Query:
    where = {name: codes for name, codes in query.filters.items() if name != level}
    return _changed(query, by=[name for name in query.by if name != level], where=where)


def _changed(
    query: Query, *, by: Iterable[str] | None = None, where: dict[str, tuple[str, ...]] | None = None
) -> Query:
    return Query(
        query.dataset,
        by=query.by if by is None else tuple(by),
        where=query.filters if where is None else where,
        periods=query.periods,
        measure=query.measure,
    )
