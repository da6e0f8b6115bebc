"""Year by year: who reaches the retirement age, who leaves before, who is hired. Pure arithmetic on a `Base`.

In each year, in this order: those due by BUP leave; the early-retirement programme takes its share of the rest; of the rest
the yearly share of other leavers goes, then the share of PPPK contracts that are not renewed; those hired join at the end.
So in every cell: stock at the end = stock before - out + in. All steps are linear in persons, so parts add up to wholes.
"""

from dataclasses import dataclass

import numpy as np

from data_access.projection.base import SPAN, Base, Floats, Ints
from data_access.projection.hiring import Hiring
from data_access.projection.rates import Rates
from data_access.projection.scenario import GROUP, Scenario, check, moved

PARTS = ("stock", "retired", "early", "other", "ended", "hired")


@dataclass(frozen=True, eq=False)
class Projection:
    """What a scenario makes of a base: arrays (cells, steps) of persons for the years `years`, one step each.

    The first step is what is left of the reference date's year, if anything is. `stock` is at the end of a year; `retired`
    reach their BUP in it, `early` leave by the programme, `other` before BUP, `ended` with their contract, `hired` join.
    """

    base: Base
    scenario: Scenario
    years: tuple[int, ...]
    stock: Floats
    retired: Floats
    early: Floats
    other: Floats
    ended: Floats
    hired: Floats

    @property
    def left(self) -> Floats:
        """All who leave, whatever the reason."""
        return self.retired + self.early + self.other + self.ended


def project(start: Base, rates: Rates, scenario: Scenario, horizon: int) -> Projection:
    """The projection over `horizon` years (1 to 20); InvalidQuery for assumptions that cannot be computed with."""
    check(scenario, start, horizon)
    run = _Run(start, rates, scenario)
    steps = range(first_column(start), horizon + 1)
    made = [run.step(column) for column in steps]
    arrays = {name: np.stack([step[name] for step in made], axis=1) for name in PARTS}
    return Projection(start, scenario, tuple(start.years[column] for column in steps), **arrays)


def first_column(start: Base) -> int:
    """The column of the first year in which anybody can leave: the reference date's own unless it has ended."""
    return 0 if start.rest_of_year else 1


def groups_of(start: Base) -> tuple[str, ...]:
    """The occupational group of each cell; "" where the base is not by group."""
    by_group = any(axis.level == GROUP for axis in start.axes)
    return start.codes(GROUP) if by_group else ("",) * len(start.units)


def due(start: Base, scenario: Scenario) -> Ints:
    """The column (cells, years) in which those due in a column leave under the shifts; SPAN + 1 beyond the last."""
    first = first_column(start)
    groups = groups_of(start)
    targets: dict[str, list[int]] = {}
    for group in dict.fromkeys(groups):
        years = [moved(scenario.shifts, group, year) - start.years[0] for year in start.years]
        targets[group] = [min(max(column, first), SPAN + 1) for column in years]
    place = {group: number for number, group in enumerate(targets)}
    return np.array(list(targets.values()), dtype=np.int64)[[place[group] for group in groups]]


class _Run:
    """One run. `own` (cells, years) are those of the base by the year they would be due by today's BUP, `target` the year in
    which they are under the shifts; `new` are those hired meanwhile by the year they are due. The last column of each holds
    whoever leaves beyond the years of the base.
    """

    def __init__(self, start: Base, rates: Rates, scenario: Scenario) -> None:
        self.start, self.rates, self.scenario = start, rates, scenario
        self.groups = groups_of(start)
        self.ends = np.where(np.array(start.kinds) == "PPPK", scenario.contract_ends, 0.0)
        self.own = np.column_stack([start.leaving, start.later])
        self.target = np.column_stack([due(start, scenario), np.full(len(start.units), SPAN + 1)])
        self.new = np.zeros_like(self.own)
        self.stock = start.stock
        alike = list(zip(start.kinds, self.groups, strict=True))
        known = {pair: self._rate(*pair) for pair in dict.fromkeys(alike)}
        self.rate = np.array([known[pair] for pair in alike])
        self.hiring = Hiring(start, rates, scenario, self.groups)

    def step(self, column: int) -> dict[str, Floats]:
        """One year, or what is left of the first one."""
        part = self.start.rest_of_year if column == 0 else 1.0
        retired = self._retired(column)
        early = self._early(column)
        staying, renewed = (1 - self.rate) ** part, (1 - self.ends) ** part
        before = self.stock - retired - early
        other, ended = before * (1 - staying), before * staying * (1 - renewed)
        self.own *= (staying * renewed)[:, None]
        self.new *= (staying * renewed)[:, None]
        hired = self.hiring.persons(column, retired + early + other + ended)
        if hired.any():
            self.new += hired[:, None] * self.hiring.due(column)
        self.stock = before - other - ended + hired
        return dict(zip(PARTS, (self.stock, retired, early, other, ended, hired), strict=True))

    def _rate(self, kind: str, group: str) -> float:
        typed = self.scenario.attrition
        return typed.get(group, typed.get("", self.rates.of(kind, group).yearly))

    def _retired(self, column: int) -> Floats:
        rows, years = np.nonzero(self.target == column)
        retired = self.new[:, column] + np.bincount(rows, weights=self.own[rows, years], minlength=len(self.own))
        self.own[rows, years] = 0.0
        self.new[:, column] = 0.0
        return np.asarray(retired)

    def _early(self, column: int) -> Floats:
        """Those whom the programmes of a year take, of the base only: the ages of those hired later are not known."""
        taken = np.zeros(len(self.groups))
        for programme in self.scenario.early:
            if programme.year != self.start.years[column]:
                continue
            years = column + self.start.rest_of_year
            chosen = {g for g in self.groups if not programme.groups or g in programme.groups}
            aged = {group: np.append(self.rates.aged(group, programme.ages, years), 0.0) for group in chosen}
            none = np.zeros(SPAN + 2)
            shares = np.stack([aged.get(group, none) for group in self.groups]) * programme.share
            taken += (self.own * shares).sum(axis=1)
            self.own *= 1 - shares
        return taken
