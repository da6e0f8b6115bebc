"""From cohorts to whole persons: weights that suit all dates together, then each date raked and rounded on its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from data_access.intake.demo.arrays import Columns, Floats, Ints, dataset
from data_access.intake.demo.career import Snapshot, snapshot
from data_access.intake.demo.cohorts import Cohorts
from data_access.intake.demo.drawing import draw
from data_access.intake.demo.margins import margins_of, membership
from data_access.intake.demo.raking import Constraint, calibrate
from data_access.intake.demo.rounding import ExactMargin, whole_persons

# Weights for all dates: enough sweeps to fit them all, damped because some published figures contradict each other.
SWEEPS, DAMPING = 12, 0.7
# Weights of one date: figures of one date agree, so this settles quickly.
DATE_SWEEPS = 25


@dataclass(frozen=True)
class Simulation:
    """Cohorts with calibrated weights, and who of them is in office on each date."""

    cohorts: Cohorts
    weights: Floats
    snapshots: dict[date, Snapshot]
    constraints: dict[date, list[Constraint]]


@lru_cache(maxsize=1)
def simulated(dates: tuple[date, ...]) -> Simulation:
    """The made-up persons over all `dates`; the same ones each time."""
    return simulate(draw(), dates)


def simulate(cohorts: Cohorts, dates: Sequence[date]) -> Simulation:
    """Calibrates the cohorts to the margins of all `dates` at once."""
    snapshots = {day: snapshot(cohorts, day) for day in dates}
    constraints = {day: _constraints(snapshots[day]) for day in dates}
    together = [constraint for day in dates for constraint in constraints[day]]
    weights = calibrate(cohorts.weight, together, sweeps=SWEEPS, damping=DAMPING)
    return Simulation(cohorts, weights, snapshots, constraints)


def cells(simulation: Simulation, day: date) -> tuple[Columns, Ints]:
    """The distinct cells of a date as places of codes, sorted by code lists, and the persons (> 0) in each."""
    rows = simulation.snapshots[day].rows
    raked = calibrate(simulation.weights, simulation.constraints[day][::-1], sweeps=DATE_SWEEPS)[rows]
    columns, weights = _aggregated(simulation.snapshots[day].columns, raked)
    margins = [m for m in margins_of(day) if m.exact]
    exact = [ExactMargin(m.name, membership(m, columns), m.targets.astype(np.int64)) for m in margins]
    persons = whole_persons(weights, exact, total=sum(margins[0].persons.values()))
    kept = persons > 0
    return {name: column[kept] for name, column in columns.items()}, persons[kept]


def _constraints(taken: Snapshot) -> list[Constraint]:
    margins = margins_of(taken.day)
    return [Constraint(taken.rows, membership(margin, taken.columns), margin.targets) for margin in margins]


def _aggregated(columns: Columns, weights: Floats) -> tuple[Columns, Floats]:
    """One row per distinct combination of codes, in the order of the code lists."""
    code = np.zeros(len(weights), dtype=np.int64)
    for level in dataset().delivered:
        code = code * len(level.codes) + columns[level.name]
    _, first, member = np.unique(code, return_index=True, return_inverse=True)
    sums = np.bincount(member, weights=weights).astype(np.float64)
    return {name: column[first] for name, column in columns.items()}, sums
