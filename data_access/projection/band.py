"""How sure a projection is: the noise and rounding of its cells, what is not shown, and how much past attrition varied.

The band is meant to hold 95 of 100 outcomes under the same assumptions. It says nothing on whether the assumptions hold.
"""

from dataclasses import dataclass, replace

import numpy as np

from data_access.projection.base import MOST_HIDDEN, SPAN, Base, Flags, Floats
from data_access.projection.engine import Projection, due, project
from data_access.projection.rates import Rate, Rates
from data_access.projection.scenario import Scenario

DEVIATIONS = 1.96


@dataclass(frozen=True, eq=False)
class Forecast:
    """A projection, and the same with less and with more attrition than estimated."""

    middle: Projection
    slower: Projection
    faster: Projection


@dataclass(frozen=True, eq=False)
class Course:
    """Persons by year over chosen cells, with the ends of the band of `stock` and of `retired`.

    `untold` persons at most may reach their BUP by the last year beside those told, from cells that are not shown.
    """

    years: tuple[int, ...]
    start: float
    stock: Floats
    stock_low: Floats
    stock_high: Floats
    retired: Floats
    retired_low: Floats
    retired_high: Floats
    left: Floats
    hired: Floats
    untold: float


def forecast(start: Base, rates: Rates, scenario: Scenario, horizon: int) -> Forecast:
    """The projection with its two neighbours. Shares that the scenario types itself do not vary."""
    return Forecast(
        project(start, rates, scenario, horizon),
        project(start, varied(rates, -DEVIATIONS), scenario, horizon),
        project(start, varied(rates, DEVIATIONS), scenario, horizon),
    )


def varied(rates: Rates, deviations: float) -> Rates:
    """The rates moved by some standard deviations of their past, within 0..1."""

    def moved(rate: Rate) -> Rate:
        return replace(rate, yearly=min(max(rate.yearly + deviations * rate.spread, 0.0), 1.0))

    return replace(rates, attrition={key: moved(rate) for key, rate in rates.attrition.items()})


def course(made: Forecast, rows: Flags | None = None) -> Course:
    """The sums over the chosen cells (all if none are named)."""
    middle, start = made.middle, made.middle.base
    some = np.ones(len(start.units), dtype=np.bool_) if rows is None else rows
    variance, more = _by_step(middle, start.leaving_variance, some).sum(axis=0), _untold(middle, some)
    stock, retired = (getattr(middle, name)[some].sum(axis=0) for name in ("stock", "retired"))
    slower, faster = (one.stock[some].sum(axis=0) for one in (made.slower, made.faster))
    below, above = stock - np.minimum(slower, faster), np.maximum(slower, faster) - stock
    ways = [one.retired[some].sum(axis=0) for one in (made.slower, made.faster)]
    fewer, greater = retired - np.minimum(*ways), np.maximum(*ways) - retired
    own, noise = DEVIATIONS * np.sqrt(variance), noise_of(middle, some)
    unknown = MOST_HIDDEN * start.unknown[some].sum()
    return Course(
        years=middle.years,
        start=float(start.stock[some].sum()),
        stock=stock,
        stock_low=stock - np.hypot(noise, below) - np.cumsum(more),
        stock_high=stock + np.hypot(noise, above) + unknown,
        retired=retired,
        retired_low=retired - np.hypot(own, fewer),
        retired_high=retired + np.hypot(own, greater) + more,
        left=middle.left[some].sum(axis=0),
        hired=middle.hired[some].sum(axis=0),
        untold=float(more.sum()),
    )


def noise_of(projection: Projection, some: Flags) -> Floats:
    """The half width of the band of the stock by year that noise and rounding alone make, in persons."""
    start = projection.base
    leaving = _by_step(projection, start.leaving_variance, some).sum(axis=0)
    return np.asarray(DEVIATIONS * np.sqrt(start.variance[some].sum() + np.cumsum(leaving)))


def _untold(projection: Projection, some: Flags) -> Floats:
    """By year, how many more than told may reach their BUP: at most nine of each hidden year of a cell, and all together no
    more than the cell holds without a year.
    """
    start = projection.base
    cells = np.cumsum(MOST_HIDDEN * _by_step(projection, start.hidden.astype(np.float64), some), axis=1)
    held = np.maximum(start.later[some], 0.0)[:, None]
    return np.asarray(np.diff(np.minimum(cells, held), axis=1, prepend=0.0).sum(axis=0))


def _by_step(projection: Projection, of_years: Floats, some: Flags) -> Floats:
    """What belongs to the year due (chosen cells, years), by the year in which it counts under the shifts: (cells, steps)."""
    target = due(projection.base, projection.scenario)[some]
    sums = np.zeros((len(target), SPAN + 2))
    np.add.at(sums, (np.arange(len(target))[:, None], target), of_years[some])
    first = projection.years[0] - projection.base.years[0]
    return sums[:, first : first + len(projection.years)]
