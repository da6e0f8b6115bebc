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


def code_of(person: Mapping[str, object], level: str) -> str:
    """The person's code at any level, delivered or derived."""
    carrier = dataset().carrier(level).name
    return dataset().mapping(carrier, level)[str(person[carrier])]


def cells(people: pl.DataFrame, levels: Iterable[str]) -> dict[Cell, tuple[int, int]]:
    """Codes -> (persons, sum of record keys)."""
    found: dict[Cell, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for person in people.iter_rows(named=True):
        cell = tuple(code_of(person, level) for level in levels)
        persons, keys = found[cell]
        found[cell] = persons + 1, keys + person["kunci"]
    return dict(found)


def perturbed(people: pl.DataFrame, levels: Iterable[str]) -> dict[Cell, int]:
    """Codes -> m, for cells with m > 0."""
    protected = {
        cell: max(0, n + changes()[min(n, 6), keys % 4096]) for cell, (n, keys) in cells(people, levels).items()
    }
    return {cell: m for cell, m in protected.items() if m > 0}


def counted(people: pl.DataFrame, by: tuple[str, ...], where: Mapping[str, Iterable[str]]) -> dict[Cell, int]:
    """Codes of `by` -> true number of persons whom every filter lets through."""
    filters = {level: set(codes) for level, codes in where.items()}
    found: dict[Cell, int] = defaultdict(int)
    for person in people.iter_rows(named=True):
        if all(code_of(person, level) in codes for level, codes in filters.items()):
            found[tuple(code_of(person, level) for level in by)] += 1
    return dict(found)
