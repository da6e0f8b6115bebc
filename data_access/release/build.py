"""Cube -> protected cells: every admitted combination counted, perturbed by the cell-key method, and nothing else kept.

m = max(0, n + ptable[min(n, last row), sum(kunci) mod keys]). The raw sums live only in the arrays of this module.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import polars as pl

from data_access.contract import Dataset
from data_access.errors import Damaged
from data_access.release.codebook import Codebook
from data_access.release.lattice import Combination, coarser, wanted
from data_access.release.policy import POLICY
from data_access.release.ptable import DESIGN, Changes, Integers, changes, check_ptable, perturbed
from data_access.words import mark as _

Progress = Callable[[float], None]
EMPTY = 64  # a grid that many times larger than the cube is counted over what the cube holds of it


@dataclass(frozen=True)
class Built:
    """The verdict on one combination: how many cells m > 0 it has, how many reach the threshold, and them if admitted."""

    combination: Combination
    admitted: bool
    held: int
    shown: int
    cells: pl.DataFrame


@dataclass(frozen=True)
class Cube:
    """A validated snapshot as arrays: ordinals per level (computed once, kept), persons and key sums."""

    dataset: Dataset
    book: Codebook
    frame: pl.DataFrame
    persons: Integers
    keys: Integers
    ordinals: dict[str, Integers]

    def level(self, name: str) -> Integers:
        if name not in self.ordinals:
            self.ordinals[name] = self.book.column(self.frame, self.dataset, name)
        return self.ordinals[name]


def build(
    dataset: Dataset, book: Codebook, frame: pl.DataFrame, table: pl.DataFrame, progress: Progress = lambda _share: None
) -> list[Built]:
    """The protected cells of one snapshot for the whole lattice, with the refused combinations listed.

    `frame` holds the delivered levels, `jumlah` and, unless the dataset is exact, `kunci`. Damaged if a key is missing or
    the ptable has a gap.
    """
    check_ptable(table)
    if dataset.exact:
        frame = frame.with_columns(pl.lit(0, dtype=pl.Int64).alias("kunci"))  # nothing is perturbed by it
    if frame["kunci"].null_count() or frame["jumlah"].null_count():
        raise Damaged("key-null", _("Ada sel tanpa kunci; rilis tidak dibuat."))
    count = partial(_count, _cube(dataset, book, frame), changes(table))
    plan = wanted(dataset)
    done: dict[tuple[str, ...], Built] = {}
    for i, combination in enumerate(plan):
        for levels in [combination.levels, *coarser(dataset, combination.levels)]:
            verdict = done.get(levels) or count(Combination(levels, combination.public))
            done[levels] = verdict
            if verdict.admitted:
                break
        progress((i + 1) / len(plan))
    return list(done.values())


def _cube(dataset: Dataset, book: Codebook, frame: pl.DataFrame) -> Cube:
    return Cube(dataset, book, frame, frame["jumlah"].to_numpy(), frame["kunci"].to_numpy() % DESIGN.keys, {})


def _count(cube: Cube, table: Changes, combination: Combination) -> Built:
    """Counts one combination over a dense grid of ordinals (mixed radix) and perturbs it."""
    sizes = [len(cube.book.codes[level]) for level in combination.levels]
    places = _places(cube, combination.levels, sizes)
    grid = int(np.prod(sizes, dtype=np.int64))
    held = None
    if grid > EMPTY * len(places):
        held, places = np.unique(places, return_inverse=True)
        grid = len(held)
    n = np.bincount(places, cube.persons, minlength=grid).astype(np.int64)
    filled = np.flatnonzero(n)
    n = n[filled]
    keys = np.bincount(places, cube.keys, minlength=grid).astype(np.int64)[filled]
    filled = filled if held is None else held[filled]
    m = n if combination.public else perturbed(n, keys, table)
    shown = int((m >= POLICY.threshold).sum())
    admitted = combination.public or (len(m) > 0 and shown >= POLICY.shown_share * len(m))
    cells = _cells(cube, combination.levels, sizes, filled, m) if admitted else pl.DataFrame()
    return Built(combination, admitted, int((m > 0).sum()), shown, cells)


def _places(cube: Cube, levels: tuple[str, ...], sizes: list[int]) -> Integers:
    places = np.zeros(len(cube.persons), dtype=np.int64)
    for level, size in zip(levels, sizes, strict=True):
        places *= size
        places += cube.level(level)
    return places


def _cells(cube: Cube, levels: tuple[str, ...], sizes: list[int], filled: Integers, m: Integers) -> pl.DataFrame:
    """Columns per dimension (UInt16 ordinals, 0 where the combination has none) and `m`; cells with m = 0 are left out."""
    kept = m > 0
    rest = filled[kept]
    columns: dict[str, Integers] = {}
    for level, size in zip(reversed(levels), reversed(sizes), strict=True):
        rest, columns[cube.dataset.dimension_of[level]] = np.divmod(rest, size)
    frame = pl.DataFrame({"m": m[kept]}, schema={"m": pl.Int32})
    empty = pl.lit(0, dtype=pl.UInt16)
    return frame.with_columns(
        (pl.Series(d.name, columns[d.name], dtype=pl.UInt16) if d.name in columns else empty.alias(d.name))
        for d in cube.dataset.dimensions
    )
