"""Raking (iterative proportional fitting): weights are scaled until the sums of all margins are the published ones."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from data_access.intake.demo.arrays import Floats, Ints

LIMIT = 4.0


@dataclass(frozen=True)
class Constraint:
    """`group` gives for each of `rows` its place in `targets`; the place after the last one is the rest, left alone."""

    rows: Ints
    group: Ints
    targets: Floats


def calibrate(weights: Floats, constraints: Sequence[Constraint], *, sweeps: int, damping: float = 1.0) -> Floats:
    """Weights after `sweeps` rounds over all constraints; damping < 1 settles figures that contradict each other."""
    weights = weights.copy()
    for _ in range(sweeps):
        for constraint in constraints:
            weights[constraint.rows] *= _factors(weights[constraint.rows], constraint, damping)
    return weights


def _factors(weights: Floats, constraint: Constraint, damping: float) -> Floats:
    """The factor of each row; one step never moves a weight by more than LIMIT times."""
    size = len(constraint.targets)
    sums = np.bincount(constraint.group, weights=weights, minlength=size + 1)[:size]
    ratios = constraint.targets / np.maximum(sums, 1e-9)
    steps = np.append(np.clip(ratios, 1 / LIMIT, LIMIT) ** damping, 1.0)
    return np.asarray(steps[constraint.group], dtype=np.float64)
