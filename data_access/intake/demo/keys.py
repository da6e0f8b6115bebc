"""Record keys of made-up persons: person i of a cell always has the same key, so an unchanged cell keeps its sum."""

import hashlib
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from data_access.contract import Dataset
from data_access.intake.demo.arrays import Columns, Ints, dataset

Words = NDArray[np.uint64]
CHUNK = 1 << 18


def key_sums(columns: Columns, persons: Ints, described: Dataset | None = None) -> Ints:
    """For each cell the sum of the keys of its persons 1..n (n > 0); keys are uniform on [0, 2**32)."""
    seeds = cell_seeds(columns, described or dataset())
    sums = np.empty(len(persons), dtype=np.int64)
    for first, last in _chunks(persons):
        sums[first:last] = _sums(seeds[first:last], persons[first:last])
    return sums


def cell_seeds(columns: Columns, described: Dataset) -> Words:
    """A hash of the codes of each cell: it depends on code texts only, not on the date or the order of code lists."""
    seeds = np.zeros(len(next(iter(columns.values()))), dtype=np.uint64)
    for level in described.delivered:
        texts = np.array([_digest(f"{level.name}={code.code}") for code in level.codes], dtype=np.uint64)
        seeds = splitmix(seeds ^ texts[columns[level.name]])
    return seeds


def splitmix(words: Words) -> Words:
    """The splitmix64 generator applied to each word (Steele, Lea and Flood 2014); arithmetic is modulo 2**64."""
    words = words + np.uint64(0x9E3779B97F4A7C15)
    words ^= words >> np.uint64(30)
    words *= np.uint64(0xBF58476D1CE4E5B9)
    words ^= words >> np.uint64(27)
    words *= np.uint64(0x94D049BB133111EB)
    words ^= words >> np.uint64(31)
    return words


def _sums(seeds: Words, persons: Ints) -> Ints:
    """Persons of all cells in one line: subtracting the start of its cell makes a running number count from 1."""
    starts = np.cumsum(persons) - persons
    line = np.repeat(seeds + np.uint64(1) - starts.astype(np.uint64), persons)
    line += np.arange(len(line), dtype=np.uint64)
    keys = (splitmix(line) >> np.uint64(32)).astype(np.int64)
    return np.asarray(np.add.reduceat(keys, starts), dtype=np.int64)


def _chunks(persons: Ints) -> Iterator[tuple[int, int]]:
    """Ranges of cells with about CHUNK persons each, so that memory stays small."""
    marks = np.cumsum(persons) // CHUNK
    edges = [0, *(np.flatnonzero(np.diff(marks)) + 1).tolist(), len(persons)]
    yield from pairwise(edges)


def _digest(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")
