"""The projection once more, cohort by cohort, in plain Python: slow, literal, without arrays."""

from collections.abc import Iterator
from dataclasses import dataclass

from data_access.projection.base import Base
from data_access.projection.rates import Rates
from data_access.projection.scenario import Scenario

NEVER = 9999
Unit = tuple[str, ...]
Step = dict[str, float]


@dataclass
class Cohort:
    """Persons of one cell who are due together; `known` is the year they were due at the reference date, if of the base."""

    cell: int
    group: str
    kind: str
    due: int
    persons: float
    known: int | None


def projected(start: Base, rates: Rates, scenario: Scenario, horizon: int) -> dict[tuple[Unit, str], list[Step]]:
    """(unit, kind) -> one row per step with stock, retired, early, other, ended and hired."""
    cells = list(zip(start.units, start.kinds, strict=True))
    first = start.day.year if start.rest_of_year else start.day.year + 1
    cohorts = list(_of_base(start, scenario, first))
    rows: dict[tuple[Unit, str], list[Step]] = {cell: [] for cell in cells}
    for year in range(first, start.day.year + horizon + 1):
        steps = [dict.fromkeys(("retired", "early", "other", "ended", "hired"), 0.0) for _cell in cells]
        for cohort in cohorts:
            _leave(cohort, steps[cohort.cell], start, rates, scenario, year)
        left = [sum(step.values()) for step in steps]
        for number, (unit, kind) in enumerate(cells):
            persons = _hired(start, scenario, unit, left, year) * _share(rates, scenario, kind)
            steps[number]["hired"] = persons
            cohorts += _joined(Cohort(number, _group(start, unit), kind, 0, persons, None), rates, scenario, year)
        for number, cell in enumerate(cells):
            stock = sum(cohort.persons for cohort in cohorts if cohort.cell == number)
            rows[cell].append(steps[number] | {"stock": stock})
    return rows


def _of_base(start: Base, scenario: Scenario, first: int) -> Iterator[Cohort]:
    for number, (unit, kind) in enumerate(zip(start.units, start.kinds, strict=True)):
        group = _group(start, unit)
        for column, year in enumerate(start.years):
            due = max(_due(scenario, group, year), first)
            yield Cohort(number, group, kind, due, float(start.leaving[number, column]), year)
        yield Cohort(number, group, kind, NEVER, float(start.later[number]), None)


def _leave(cohort: Cohort, step: Step, start: Base, rates: Rates, scenario: Scenario, year: int) -> None:
    part = start.rest_of_year if year == start.day.year else 1.0
    if cohort.due == year:
        step["retired"] += cohort.persons
        cohort.persons = 0.0
    for programme in scenario.early:
        if programme.year == year and cohort.known and cohort.group in (programme.groups or (cohort.group,)):
            years = year - start.day.year + start.rest_of_year
            share = rates.aged(cohort.group, programme.ages, years)[cohort.known - start.day.year] * programme.share
            step["early"] += cohort.persons * share
            cohort.persons *= 1 - share
    estimated = rates.of(cohort.kind, cohort.group).yearly
    rate = scenario.attrition.get(cohort.group, scenario.attrition.get("", estimated))
    ends = scenario.contract_ends if cohort.kind == "PPPK" else 0.0
    for name, share in (("other", rate), ("ended", ends)):
        gone = cohort.persons * (1 - (1 - share) ** part)
        step[name] += gone
        cohort.persons -= gone


def _hired(start: Base, scenario: Scenario, unit: Unit, left: list[float], year: int) -> float:
    sizes: dict[Unit, float] = {
        other: float(sum(start.stock[n] for n, u in enumerate(start.units) if u == other)) for other in start.units
    }
    group = _group(start, unit)
    match scenario.inflow:
        case "penggantian":
            of_unit = sum(left[n] for n, other in enumerate(start.units) if other == unit)
            return of_unit * scenario.replacement.get(group, scenario.replacement.get("", 0.0))
        case "tetap":
            return sum(left) * sizes[unit] / sum(sizes.values())
        case "rencana":
            ahead = year - start.day.year
            named = {name: years[ahead - 1] for name, years in scenario.plan.items() if 1 <= ahead <= len(years)}
            same = sum(size for other, size in sizes.items() if _group(start, other) == group)
            return named.get(group, 0) * sizes[unit] / same if same else 0.0
    return 0.0


def _share(rates: Rates, scenario: Scenario, kind: str) -> float:
    share = scenario.pppk_share if scenario.pppk_share is not None else rates.pppk_share
    assert share is not None
    return share if kind == "PPPK" else 1 - share


def _joined(hired: Cohort, rates: Rates, scenario: Scenario, year: int) -> Iterator[Cohort]:
    shares = [float(share) for share in rates.entry[hired.kind]]
    for ahead, share in enumerate(shares):
        due = max(_due(scenario, hired.group, year + ahead), year + 1)
        yield Cohort(hired.cell, hired.group, hired.kind, due, hired.persons * share, None)
    yield Cohort(hired.cell, hired.group, hired.kind, NEVER, hired.persons * (1 - sum(shares)), None)


def _group(start: Base, unit: Unit) -> str:
    return unit[[axis.level for axis in start.axes].index("kelompok_jabatan")]


def _due(scenario: Scenario, group: str, due: int) -> int:
    for shift in scenario.shifts:
        if due >= shift.since and group in (shift.groups or (group,)):
            due = max(due + shift.years, shift.since)
    return due
