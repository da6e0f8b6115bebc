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
    """Persons by year over chosen cells, with the ends of the band of `stock` and of `retired`."""

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
    variance, hidden = _by_step(middle, start.leaving_variance, some), _by_step(middle, start.hidden, some)
    stock, retired = (getattr(middle, name)[some].sum(axis=0) for name in ("stock", "retired"))
    noise = DEVIATIONS * np.sqrt(start.variance[some].sum() + np.cumsum(variance))
    slower, faster = (one.stock[some].sum(axis=0) for one in (made.slower, made.faster))
    below, above = stock - np.minimum(slower, faster), np.maximum(slower, faster) - stock
    ways = [one.retired[some].sum(axis=0) for one in (made.slower, made.faster)]
    fewer, more = retired - np.minimum(*ways), np.maximum(*ways) - retired
    own = DEVIATIONS * np.sqrt(variance)
    return Course(
        years=middle.years,
        start=float(start.stock[some].sum()),
        stock=stock,
        stock_low=stock - np.hypot(noise, below) - MOST_HIDDEN * np.cumsum(hidden),
        stock_high=stock + np.hypot(noise, above),
        retired=retired,
        retired_low=retired - np.hypot(own, fewer),
        retired_high=retired + np.hypot(own, more) + MOST_HIDDEN * hidden,
        left=middle.left[some].sum(axis=0),
        hired=middle.hired[some].sum(axis=0),
    )


def _by_step(projection: Projection, of_years: Floats | Flags, some: Flags) -> Floats:
    """Sums over the chosen cells of what belongs to the year due, by the year in which it counts under the shifts."""
    target = due(projection.base, projection.scenario)
    sums = np.zeros(SPAN + 2)
    np.add.at(sums, target[some], of_years[some].astype(np.float64))
    first = projection.years[0] - projection.base.years[0]
    return sums[first : first + len(projection.years)]
