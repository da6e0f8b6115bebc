"""Cohorts: groups of like persons who are drawn once and stay themselves on every date, so that series are smooth."""

from dataclasses import dataclass, fields, replace
from typing import Self

import numpy as np

from data_access.intake.demo.arrays import Flags, Floats, Ints


@dataclass(frozen=True)
class Cohorts:
    """One entry per cohort in every array: places in code lists, months since year 0, and the number of persons.

    `next_path` holds from the month `converted` on, `next_education` from `graduated` on; `luck` in [0, 1) hastens
    promotion.
    """

    agency: Ints
    province: Ints
    sex: Ints
    education: Ints
    path: Ints
    birth: Ints
    start: Ints
    converted: Ints
    next_path: Ints
    graduated: Ints
    next_education: Ints
    contract: Flags
    part_time: Flags
    luck: Floats
    weight: Floats

    def take(self, rows: Ints) -> Self:
        return type(self)(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})

    def in_month(self, month: int) -> Self:
        """The cohorts with the path and the education that they have in a month."""
        path = np.where(self.converted <= month, self.next_path, self.path)
        education = np.where(self.graduated <= month, self.next_education, self.education)
        return replace(self, path=path, education=education)


def joined(parts: list[Cohorts]) -> Cohorts:
    """All parts in one, in the order given."""
    names = [field.name for field in fields(Cohorts)]
    return Cohorts(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in names})
