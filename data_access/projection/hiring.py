"""How many join each year under a scenario, and when they will be due in their turn."""

from collections.abc import Sequence

import numpy as np

from data_access.errors import InvalidQuery
from data_access.projection.base import SPAN, Base, Flags, Floats
from data_access.projection.rates import Rates
from data_access.projection.scenario import Scenario, moved
from data_access.words import mark as _

SHARE_UNKNOWN = _("Bagian PPPK dalam pengadaan tidak dapat ditaksir dari arus: isi sendiri bagiannya.")


class Hiring:
    """The hired of one run: persons per cell and year, split over the kinds of contract."""

    def __init__(self, start: Base, rates: Rates, scenario: Scenario, groups: Sequence[str]) -> None:
        self._start, self._rates, self._scenario = start, rates, scenario
        # Cells of one unit differ by kind only; a scenario hires for a unit, and the kinds share.
        groups_of_units = dict(zip(start.units, groups, strict=True))
        place = {unit: number for number, unit in enumerate(groups_of_units)}
        self._unit = np.array([place[unit] for unit in start.units])
        self._unit_groups = list(groups_of_units.values())
        self._stock = np.bincount(self._unit, weights=start.stock, minlength=len(place))
        self._alike = list(dict.fromkeys(zip(start.kinds, groups, strict=True)))
        number = {pair: n for n, pair in enumerate(self._alike)}
        self._pair = np.array([number[pair] for pair in zip(start.kinds, groups, strict=True)])
        entry = {kind: rates.entry.get(kind, np.zeros(SPAN + 1)) for kind in start.kinds}
        self._entry = {
            kind: [(years, share) for years, share in enumerate(shares.tolist()) if share]
            for kind, shares in entry.items()
        }
        typed = scenario.replacement
        self._replaced = np.array([typed.get(group, typed.get("", 0.0)) for group in self._unit_groups])
        self._kind_share = self._shares_of_kinds()

    def persons(self, column: int, left: Floats) -> Floats:
        """Those hired per cell in a year in which `left` (cells) have left."""
        by_unit = np.bincount(self._unit, weights=left, minlength=len(self._stock))
        match self._scenario.inflow:
            case "penggantian":
                hired = by_unit * self._replaced
            case "tetap":
                hired = by_unit.sum() * self._stock / self._stock.sum()
            case "rencana":
                hired = self._planned(column)
            case _:
                hired = np.zeros(len(self._stock))
        return np.asarray(hired[self._unit] * self._kind_share)

    def due(self, column: int) -> Floats:
        """The share (cells, years and beyond) of those hired in a year by the year in which they will be due."""
        made = np.zeros((len(self._alike), SPAN + 2))
        for number, (kind, group) in enumerate(self._alike):
            for years, share in self._entry[kind]:
                year = moved(self._scenario.shifts, group, self._start.years[column] + years)
                made[number, min(max(year - self._start.years[0], column + 1), SPAN + 1)] += share
        made[:, -1] += 1 - made.sum(axis=1)
        return np.asarray(made[self._pair])

    def _planned(self, column: int) -> Floats:
        """The plan of a group, spread over its units (its provinces, say) by their size of today."""
        hired = np.zeros(len(self._stock))
        for group, persons in self._scenario.plan.items():
            if not 1 <= column <= len(persons):
                continue
            rows: Flags = np.array([group in ("", own) for own in self._unit_groups])
            size = self._stock[rows].sum()
            if size:
                hired[rows] += persons[column - 1] * self._stock[rows] / size
        return hired

    def _shares_of_kinds(self) -> Floats:
        """The share of each cell's kind among the hired of its unit."""
        if self._scenario.inflow == "tanpa":
            return np.zeros(len(self._unit))
        typed = self._scenario.pppk_share
        share = self._rates.pppk_share if typed is None else typed
        if share is None:
            raise InvalidQuery("pppk-share", SHARE_UNKNOWN)
        return np.array([share if kind == "PPPK" else 1 - share for kind in self._start.kinds])
