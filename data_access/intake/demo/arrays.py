"""Array types of the simulation, and months as numbers: all times are counted in months since year 0."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from data_access.contract import Dataset, contract

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Columns = dict[str, Ints]

NEVER = 1 << 20


def dataset() -> Dataset:
    """The dataset that the demo delivers."""
    return contract().datasets["pegawai"]


def ordinal(level: str) -> dict[str, int]:
    """Code -> place in its code list, the form in which the simulation holds codes."""
    return dataset().levels[level].ordinal


def month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def month_numbers(years: Floats) -> Ints:
    """Calendar years with a fraction (2015.5 is July 2015) as months."""
    return np.asarray(np.floor(years * 12), dtype=np.int64)


def whole(expected: Floats) -> Ints:
    """Counts near the expected ones whose running total is never off by more than one half."""
    running = np.floor(np.cumsum(expected) + 0.5)
    return np.diff(running, prepend=0.0).astype(np.int64)


def pick(shares: Floats, draws: Floats) -> Ints:
    """For each row of `shares` the place that a draw from [0, 1) selects."""
    running = np.cumsum(shares, axis=1)
    return np.asarray((draws[:, None] * running[:, -1:] >= running).sum(axis=1), dtype=np.int64)
