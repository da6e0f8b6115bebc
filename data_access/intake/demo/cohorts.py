"""Cohorts: groups of like persons who are drawn once and stay themselves on every date, so that series are smooth."""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np

from data_access.intake.demo.arrays import Flags, Floats, Ints


@dataclass(frozen=True)
class Cohorts:
    """One entry per cohort in every array: places in code lists, months since year 0, and the number of persons.

    `converted` is the month in which executing staff become functional; `luck` in [0, 1) hastens promotion.
    """

    agency: Ints
    province: Ints
    sex: Ints
    education: Ints
    path: Ints
    birth: Ints
    start: Ints
    converted: Ints
    contract: Flags
    part_time: Flags
    luck: Floats
    weight: Floats

    def take(self, rows: Ints) -> Self:
        return type(self)(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})


def joined(parts: list[Cohorts]) -> Cohorts:
    """All parts in one, in the order given."""
    names = [field.name for field in fields(Cohorts)]
    return Cohorts(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in names})
