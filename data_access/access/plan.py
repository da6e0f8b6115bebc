"""From a checked question to the cells that answer it: which combination for which date, which cells of it.

The needed dimensions are those of `by` and `where`; a level is served by itself or by the finer level that the lattice
holds. The choice depends on the levels alone, never on the codes, so splitting a choice of codes in any way reads the
same cells. A combination is chosen for each date by itself, so a value does not depend on the other dates asked for.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import prod

from data_access.access.query import Query
from data_access.access.scope import RowRule, Scope
from data_access.contract import Dataset, Label, contract
from data_access.errors import InvalidQuery
from data_access.release.codebook import Codebook
from data_access.release.lattice import Combination
from data_access.release.reader import Admitted, Selection
from data_access.words import mark as _

NEARBY = 3


@dataclass(frozen=True)
class Part:
    """One reading: the selection for some dates, and which level serves each `by` level. `cells` are summed per value at most."""

    selection: Selection
    combination: Combination
    served_by: dict[str, str]
    cells: int


def plan(query: Query, scope: Scope, periods: tuple[date, ...], admitted: Admitted, book: Codebook) -> list[Part]:
    """The readings that answer the question; dates without a fitting combination get none (they are not available).

    InvalidQuery "not-admitted" if no date has one, naming admitted combinations near the question.
    """
    dataset = contract().datasets[scope.dataset]
    by_combination: dict[tuple[int, Combination], list[date]] = {}
    for day in periods:
        fitting = _fitting(dataset, query, scope, admitted, day)
        if fitting:
            best = min(fitting, key=lambda found: (_size(dataset, found[1].levels), found[1].levels))
            by_combination.setdefault(best, []).append(day)
    if not by_combination:
        raise _not_admitted(dataset, query, scope, admitted, periods[-1])
    return [_part(dataset, query, scope, found, tuple(days), book) for found, days in by_combination.items()]


def is_admitted(query: Query, scope: Scope, periods: tuple[date, ...], admitted: Admitted) -> bool:
    """True if `plan` finds a combination for one of the dates; it reads no cell."""
    dataset = contract().datasets[scope.dataset]
    return any(_fitting(dataset, query, scope, admitted, day) for day in periods)


def lacks_place(query: Query, scope: Scope) -> bool:
    """True if the viewer is limited to places and the question names none."""
    return scope.rows is not None and scope.rows.level not in (*query.by, *query.filters)


def _fitting(
    dataset: Dataset, query: Query, scope: Scope, admitted: Admitted, day: date
) -> list[tuple[int, Combination]]:
    needs = _needs(dataset, query, scope)
    candidates = admitted.get(day, {}).get(frozenset(needs), [])
    return [found for found in candidates if _serves(dataset, scope, found[1], needs)]


def _needs(dataset: Dataset, query: Query, scope: Scope) -> dict[str, set[str]]:
    """Dimension -> levels that one level of the combination must refine. A choice of all codes is no filter."""
    needs: dict[str, set[str]] = {}
    placed = scope.rows.level if scope.rows else ""
    filters = [level for level, codes in query.filters.items() if level == placed or not _is_all(dataset, level, codes)]
    for level in (*query.by, *filters):
        needs.setdefault(dataset.dimension_of[level], set()).add(level)
    return needs


def _is_all(dataset: Dataset, level: str, codes: tuple[str, ...]) -> bool:
    return len(codes) == len(dataset.levels[level].codes)


def free_dimensions(dataset: Dataset, levels: Iterable[str]) -> set[str]:
    """Dimensions that count towards a role's limit: all but those of places and agencies, which come on top."""
    places = {dataset.dimension_of[level] for level in dataset.lattice.scoping}
    return {dataset.dimension_of[level] for level in levels} - places


def _serves(dataset: Dataset, scope: Scope, combination: Combination, needs: dict[str, set[str]]) -> bool:
    dimensions = {dataset.dimension_of[level]: level for level in combination.levels}
    if not within_rows(dataset, scope.rows, combination):
        return False
    return all(dataset.refines(dimensions[d], level) for d, levels in needs.items() for level in levels)


def within_rows(dataset: Dataset, rows: RowRule | None, combination: Combination) -> bool:
    """A row rule reaches combinations that contain its level, and the public national baseline beyond them."""
    if rows is None or rows.level in combination.levels:
        return True
    return combination.public and set(combination.levels) in [set(levels) for levels in dataset.public.national]


def in_baseline(dataset: Dataset, query: Query) -> bool:
    """True if a public national combination holds every level of the question, so that any viewer may have its answer."""
    levels = {*query.by, *query.filters}
    return any(
        all(any(dataset.refines(held, level) for held in combination) for level in levels)
        for combination in dataset.public.national
    )


def _size(dataset: Dataset, levels: tuple[str, ...]) -> int:
    return prod(len(dataset.levels[level].codes) for level in levels)


def _part(
    dataset: Dataset, query: Query, scope: Scope, found: tuple[int, Combination], days: tuple[date, ...], book: Codebook
) -> Part:
    number, combination = found
    held = {dataset.dimension_of[level]: level for level in combination.levels}
    chosen = {d: _codes(dataset, query, level) for d, level in held.items()}
    where = [(d, codes) for d, codes in chosen.items() if codes is not None]
    served_by = {level: held[dataset.dimension_of[level]] for level in query.by}
    return Part(
        selection=Selection(
            combination=number,
            periods=days,
            where=tuple((d, _ordinals(book, held[d], codes)) for d, codes in where),
            by=tuple(dataset.dimension_of[level] for level in query.by),
            rows=_row_ordinals(dataset, scope.rows, combination, book),
        ),
        combination=combination,
        served_by=served_by,
        cells=_cells_per_value(dataset, held, chosen, served_by),
    )


def _codes(dataset: Dataset, query: Query, held: str) -> frozenset[str] | None:
    """Codes of the held level that every filter on its dimension lets through; None where nothing is filtered."""
    allowed: frozenset[str] | None = None
    for level, codes in query.filters.items():
        if dataset.refines(held, level) and not _is_all(dataset, level, codes):
            passed = frozenset(fine for fine, coarse in dataset.mapping(held, level).items() if coarse in codes)
            allowed = passed if allowed is None else allowed & passed
    return allowed


def _ordinals(book: Codebook, level: str, codes: frozenset[str] | tuple[str, ...]) -> tuple[int, ...]:
    numbers = book.ordinals(level)
    return tuple(sorted(numbers[code] for code in codes if code in numbers)) or (-1,)


def _row_ordinals(
    dataset: Dataset, rows: RowRule | None, combination: Combination, book: Codebook
) -> tuple[str, tuple[int, ...]] | None:
    if rows is None or rows.level not in combination.levels:
        return None
    return dataset.dimension_of[rows.level], _ordinals(book, rows.level, rows.codes)


def _cells_per_value(
    dataset: Dataset, held: dict[str, str], chosen: dict[str, frozenset[str] | None], served_by: dict[str, str]
) -> int:
    """The largest number of lattice cells in one displayed value: it sets the width of the noise band."""
    grouped = {fine: coarse for coarse, fine in served_by.items()}
    total = 1
    for dimension, level in held.items():
        codes = chosen[dimension]
        allowed = codes if codes is not None else frozenset(dataset.levels[level].by_code)
        above = dataset.mapping(level, grouped[level]) if level in grouped else dict.fromkeys(allowed, "")
        total *= max(Counter(above[code] for code in allowed).values(), default=1)
    return total


def _not_admitted(dataset: Dataset, query: Query, scope: Scope, admitted: Admitted, day: date) -> InvalidQuery:
    names = nearby(dataset, query, scope, admitted, day)
    if scope.rows is not None and lacks_place(query, scope):
        template = _("Peran Anda dibatasi wilayah: sertakan {level} pada baris, kolom, atau saringan.")
        return InvalidQuery("place-needed", template, level=dataset.levels[scope.rows.level].label)
    template = _(
        "Kombinasi ini tidak diterbitkan: terlalu banyak dimensi sekaligus atau terlalu banyak sel kecil. "
        "Yang terdekat: {nearby}."
    )
    if dataset.exact:
        template = _("Kombinasi ini tidak diterbitkan: terlalu banyak dimensi sekaligus. Yang terdekat: {nearby}.")
    return InvalidQuery("not-admitted", template, nearby=_worded(dataset, names))


def _worded(dataset: Dataset, combinations: list[tuple[str, ...]]) -> Label:
    """Combinations by the labels of their levels, in both languages."""

    def words(language: str) -> str:
        named = (" × ".join(dataset.levels[level].label.text(language) for level in levels) for levels in combinations)
        return "; ".join(named) or "–"

    return Label(id=words("id"), en=words("en"))


def nearby(dataset: Dataset, query: Query, scope: Scope, admitted: Admitted, day: date) -> list[tuple[str, ...]]:
    """Admitted combinations within the scope that share most dimensions with the question."""
    asked = {dataset.dimension_of[level] for level in (*query.by, *query.filters)}
    reachable = [
        combination.levels
        for found in admitted.get(day, {}).values()
        for _number, combination in found
        if set(combination.levels) <= scope.levels
        and within_rows(dataset, scope.rows, combination)
        and len(free_dimensions(dataset, combination.levels)) <= scope.max_dims
    ]

    def distance(levels: tuple[str, ...]) -> tuple[int, int, tuple[str, ...]]:
        dims = {dataset.dimension_of[level] for level in levels}
        return len(asked ^ dims), len(set(query.by) - set(levels)), levels

    return sorted((levels for levels in reachable if levels), key=distance)[:NEARBY]
