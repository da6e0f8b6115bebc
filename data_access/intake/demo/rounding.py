"""Whole persons: cells of equal membership in all exact margins share a total, and totals are repaired until margins fit.

Cells with the same memberships are interchangeable, so the small table of memberships is rounded and repaired first; the
cells of each membership then share its total out by systematic rounding, which keeps every other distribution too.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from data_access.intake.demo.arrays import Floats, Ints, whole

ROUNDS = 4


@dataclass(frozen=True)
class ExactMargin:
    """`group` gives for each cell its place in `targets`; the place after the last one is the rest."""

    name: str
    group: Ints
    targets: Ints


def whole_persons(weights: Floats, margins: Sequence[ExactMargin], *, total: int) -> Ints:
    """A whole number of persons for each cell, such that all margins are exact and the sum is `total`.

    The cells are to be sorted; raises ValueError if no moves between like cells can meet a margin.
    """
    signatures, member = _signatures(margins)
    sums = np.bincount(member, weights=weights, minlength=len(signatures))
    counts = whole(sums * (total / sums.sum()))
    _repair(counts, signatures, margins)
    order = np.argsort(member, kind="stable")
    share = counts[member] / np.maximum(sums[member], 1e-300)
    persons = np.empty(len(weights), dtype=np.int64)
    persons[order] = whole((weights * share)[order])
    return persons


def _signatures(margins: Sequence[ExactMargin]) -> tuple[Ints, Ints]:
    """The distinct memberships (rows; one column per margin) and for each cell the number of its row."""
    code = np.zeros(len(margins[0].group), dtype=np.int64)
    for margin in margins:
        code = code * (len(margin.targets) + 1) + margin.group
    distinct, first, member = np.unique(code, return_index=True, return_inverse=True)
    return np.stack([margin.group[first] for margin in margins], axis=1).reshape(len(distinct), -1), member


def _repair(counts: Ints, signatures: Ints, margins: Sequence[ExactMargin]) -> None:
    """Moves persons between memberships that differ in one margin only, margin after margin, in place."""
    for _ in range(ROUNDS):
        for column, margin in enumerate(margins):
            _repair_margin(counts, signatures, column, margin)
    for column, margin in enumerate(margins):
        if _surplus(counts, signatures[:, column], margin).any():
            raise ValueError(f"margin {margin.name} cannot be met by moves within the other margins")


def _surplus(counts: Ints, group: Ints, margin: ExactMargin) -> Ints:
    """Persons too many (or, negative, too few) in each group; the rest takes what the others leave of the sum."""
    targets = np.append(margin.targets, counts.sum() - margin.targets.sum())
    sums = np.zeros(len(targets), dtype=np.int64)
    np.add.at(sums, group, counts)
    return sums - targets


def _repair_margin(counts: Ints, signatures: Ints, column: int, margin: ExactMargin) -> None:
    surplus = _surplus(counts, signatures[:, column], margin)
    pairs = _pairs(signatures, column)
    while surplus.any():
        reachable = {pair: rows for pair, rows in pairs.items() if surplus[pair[0]] > 0 > surplus[pair[1]]}
        if not any(_move(counts, surplus, pair, rows) for pair, rows in reachable.items()):
            return


def _move(counts: Ints, surplus: Ints, pair: tuple[int, int], rows: list[tuple[int, int]]) -> bool:
    """Moves persons of one pair of groups between the two memberships that hold most; False if none could move."""
    giver, taker = max(rows, key=lambda row: (min(counts[row[0]], counts[row[1]]), counts[row[0]]))
    persons = min(surplus[pair[0]], -surplus[pair[1]], counts[giver])
    if persons <= 0:
        return False
    counts[giver] -= persons
    counts[taker] += persons
    surplus[pair[0]] -= persons
    surplus[pair[1]] += persons
    return True


def _pairs(signatures: Ints, column: int) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """(group, other group) -> rows that differ in this margin only."""
    alike: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for row, signature in enumerate(signatures.tolist()):
        alike[tuple(signature[:column] + signature[column + 1 :])].append(row)
    pairs: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for rows in alike.values():
        for giver in rows:
            for taker in rows:
                if giver != taker:
                    pairs[signatures[giver, column], signatures[taker, column]].append((giver, taker))
    return pairs
