"""Whole persons: weights of cells are rounded such that every exact margin is met to the person.

Cells with the same memberships in all margins are interchangeable, so the small table of memberships is rounded and
repaired first; the cells of each membership then share its total out by systematic rounding, which keeps every other
distribution too.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from data_access.intake.demo.arrays import Floats, Ints, whole

ROUNDS = 4

Pair = tuple[int, int]


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
    sums = np.zeros_like(targets)
    np.add.at(sums, group, counts)
    return np.asarray(sums - targets, dtype=np.int64)


def _repair_margin(counts: Ints, signatures: Ints, column: int, margin: ExactMargin) -> None:
    """Moves persons from groups with too many to groups with too few, by way of other groups where it must be."""
    surplus = _surplus(counts, signatures[:, column], margin)
    pairs = _pairs(signatures, column)
    while surplus.any():
        steps = {pair: max(rows, key=lambda row: _room(counts, row)) for pair, rows in pairs.items()}
        chain = _chain({pair: row for pair, row in steps.items() if counts[row[0]] > 0}, surplus)
        if not chain:
            return
        start, end = chain[0][0], chain[-1][1]
        persons = min(surplus[start], -surplus[end], *(counts[steps[pair][0]] for pair in chain))
        for giver, taker in (steps[pair] for pair in chain):
            counts[giver] -= persons
            counts[taker] += persons
        surplus[start] -= persons
        surplus[end] += persons


def _room(counts: Ints, row: tuple[int, int]) -> tuple[int, int]:
    """Moves are made where both memberships hold many persons, so that they are hardly seen."""
    giver, taker = int(counts[row[0]]), int(counts[row[1]])
    return min(giver, taker), giver


def _chain(steps: Iterable[Pair], surplus: Ints) -> list[Pair]:
    """The shortest chain of steps from a group with too many persons to one with too few; empty if there is none."""
    chains: list[list[Pair]] = [[pair] for pair in steps if surplus[pair[0]] > 0]
    seen = {pair[0] for pair in steps if surplus[pair[0]] > 0}
    while chains:
        for chain in chains:
            if surplus[chain[-1][1]] < 0:
                return chain
        seen |= {chain[-1][1] for chain in chains}
        onward = [(chain, pair) for chain in chains for pair in steps if chain[-1][1] == pair[0]]
        chains = [[*chain, pair] for chain, pair in onward if pair[1] not in seen]
    return []


def _pairs(signatures: Ints, column: int) -> dict[Pair, list[Pair]]:
    """(group, other group) -> rows that differ in this margin only."""
    alike: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for row, signature in enumerate(signatures.tolist()):
        alike[tuple(signature[:column] + signature[column + 1 :])].append(row)
    pairs: dict[Pair, list[Pair]] = defaultdict(list)
    for rows in alike.values():
        for giver in rows:
            for taker in rows:
                if giver != taker:
                    pairs[signatures[giver, column], signatures[taker, column]].append((giver, taker))
    return pairs
