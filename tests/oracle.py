"""The slow oracle: counts persons one by one in plain Python and perturbs each cell as the disclosure rules say."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

import polars as pl

from data_access.release.ptable import ptable
from tests.world import dataset

Cell = tuple[str, ...]


@lru_cache(maxsize=1)
def changes() -> dict[tuple[int, int], int]:
    return {(n, key): change for n, key, change in ptable().iter_rows()}


COLUMNS: dict[tuple[int, str], tuple[pl.DataFrame, list[str]]] = {}


def codes(people: pl.DataFrame, level: str) -> list[str]:
    """Each person's code at any level, delivered or derived; looked up once per population."""
    known = COLUMNS.get((id(people), level))
    if known is None or known[0] is not people:
        carrier = dataset().carrier(level).name
        above = dataset().mapping(carrier, level)
        known = COLUMNS[id(people), level] = people, [above[code] for code in people[carrier]]
    return known[1]


def persons_cells(people: pl.DataFrame, levels: Iterable[str]) -> list[Cell]:
    """For each person the cell it is in."""
    columns = [codes(people, level) for level in levels]
    return list(zip(*columns, strict=True)) if columns else [()] * people.height


def cells(people: pl.DataFrame, levels: Iterable[str]) -> dict[Cell, tuple[int, int]]:
    """Codes -> (persons, sum of record keys)."""
    found: dict[Cell, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for cell, key in zip(persons_cells(people, levels), people["kunci"], strict=True):
        persons, keys = found[cell]
        found[cell] = persons + 1, keys + key
    return dict(found)


def perturbed(people: pl.DataFrame, levels: Iterable[str]) -> dict[Cell, int]:
    """Codes -> m, for cells with m > 0."""
    protected = {
        cell: max(0, n + changes()[min(n, 6), keys % 4096]) for cell, (n, keys) in cells(people, levels).items()
    }
    return {cell: m for cell, m in protected.items() if m > 0}


def counted(people: pl.DataFrame, by: tuple[str, ...], where: Mapping[str, Iterable[str]]) -> dict[Cell, int]:
    """Codes of `by` -> true number of persons whom every filter lets through."""
    chosen = [set(codes) for codes in where.values()]
    found: dict[Cell, int] = defaultdict(int)
    for cell, traits in zip(persons_cells(people, by), persons_cells(people, where), strict=True):
        if all(trait in codes for trait, codes in zip(traits, chosen, strict=True)):
            found[cell] += 1
    return dict(found)
