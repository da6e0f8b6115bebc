"""What moves the result most: the stock at the horizon when one assumption at a time is a little lower or higher."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from data_access.errors import InvalidQuery
from data_access.projection.band import DEVIATIONS, noise_of, varied
from data_access.projection.base import Base
from data_access.projection.engine import project
from data_access.projection.rates import Rates
from data_access.projection.scenario import Scenario, Shift

SHARE, ENDS, PLAN = 0.10, 0.01, 0.10
Way = tuple[Scenario, Rates]


@dataclass(frozen=True)
class Effect:
    """Persons by which the stock at the horizon changes with an assumption: `low` and `high` are the two steps of `what`
    (attrition, replacement, plan, pppk, contract, bup, noise). None where a step would leave the range that is allowed.
    """

    what: str
    low: float | None
    high: float | None

    @property
    def size(self) -> float:
        return max(abs(self.low or 0.0), abs(self.high or 0.0))


def tornado(start: Base, rates: Rates, scenario: Scenario, horizon: int) -> list[Effect]:
    """The effects of all assumptions that the scenario has, largest first, ties by name."""
    made = project(start, rates, scenario, horizon)
    middle = float(made.stock[:, -1].sum())
    noise = float(noise_of(made, np.ones(len(start.units), dtype=np.bool_))[-1])
    effects = [Effect("noise", -noise, noise)]
    for what, (low, high) in _steps(scenario, rates, start).items():
        ends = [_stock(start, way, horizon) for way in (low, high)]
        effects.append(Effect(what, *(None if end is None else end - middle for end in ends)))
    return sorted((e for e in effects if e.size > 0), key=lambda effect: (-effect.size, effect.what))


def _steps(scenario: Scenario, rates: Rates, start: Base) -> dict[str, tuple[Way, Way]]:
    """The two neighbours of the scenario by each assumption."""
    since = start.day.year + 1

    def both(make: Callable[[int], Scenario]) -> tuple[Way, Way]:
        return (make(-1), rates), (make(1), rates)

    steps: dict[str, tuple[Way, Way]] = {
        "attrition": ((scenario, varied(rates, -DEVIATIONS)), (scenario, varied(rates, DEVIATIONS))),
        "bup": both(
            lambda way: scenario.model_copy(update={"shifts": (*scenario.shifts, Shift(years=way, since=since))})
        ),
        "contract": both(
            lambda way: scenario.model_copy(update={"contract_ends": scenario.contract_ends + way * ENDS})
        ),
    }
    if scenario.inflow == "penggantian":
        steps["replacement"] = both(lambda way: _replacing(scenario, way * SHARE))
    if scenario.inflow == "rencana":
        steps["plan"] = both(lambda way: _planning(scenario, 1 + way * PLAN))
    share = rates.pppk_share if scenario.pppk_share is None else scenario.pppk_share
    if scenario.inflow != "tanpa" and share is not None:
        steps["pppk"] = both(lambda way: scenario.model_copy(update={"pppk_share": round(share + way * SHARE, 6)}))
    return steps


def _replacing(scenario: Scenario, more: float) -> Scenario:
    shares = {group: round(share + more, 6) for group, share in scenario.replacement.items()}
    return scenario.model_copy(update={"replacement": shares})


def _planning(scenario: Scenario, factor: float) -> Scenario:
    plan = {group: tuple(round(persons * factor) for persons in years) for group, years in scenario.plan.items()}
    return scenario.model_copy(update={"plan": plan})


def _stock(start: Base, way: Way, horizon: int) -> float | None:
    """Persons at the horizon; None if the assumption is out of range."""
    try:
        return float(project(start, way[1], way[0], horizon).stock[:, -1].sum())
    except InvalidQuery:
        return None
