"""Sharing out whole numbers: by weights, or as a part of what each cell has at most."""

import numpy as np

from data_access.intake.demo.arrays import Floats, Ints, whole

STEPS = 60


def shared(total: int, weights: Floats) -> Ints:
    """`total` over cells by their weights; all zero where no cell has one."""
    if not weights.sum():
        return np.zeros(len(weights), dtype=np.int64)
    return whole(weights * (total / weights.sum()))


def part(total: int, most: Ints, chance: Floats) -> Ints:
    """`total` over cells in proportion to `most` and `chance`, never more than `most` of a cell.

    ValueError if all cells with a chance together hold less.
    """
    if most[chance > 0].sum() < total:
        raise ValueError(f"{total} do not fit into {most[chance > 0].sum()}")
    low, high = 0.0, 1.0
    while _part(high, most, chance).sum() < total:
        high *= 2
    for _step in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if _part(middle, most, chance).sum() < total else (low, middle)
    # Less than one beside its most, so that no cell is rounded above it.
    exact = _part(high, most, chance)
    return np.asarray(np.minimum(whole(exact * (total / max(exact.sum(), 1e-9))), most), dtype=np.int64)


def _part(factor: float, most: Ints, chance: Floats) -> Floats:
    return np.asarray(most * np.minimum(1.0, chance * factor), dtype=np.float64)
