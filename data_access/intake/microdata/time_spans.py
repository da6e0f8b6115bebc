"""Age, length of service, generation and retirement, on days written as whole numbers (30 June 2025 is 20250630).

In that form the difference of two days, divided by 10,000, is the number of completed years: month and day decide whether
the last year is complete. Who was born on 29 February completes a year on 1 March where there is no such day.
"""

from datetime import date

import numpy as np

from data_access.contract import retirement
from data_access.intake.microdata.arrays import OUTSIDE, Ints
from data_access.intake.microdata.codes import ordinal

# Upper ends of the contract's bands, in completed years.
AGE_BANDS = (20, 25, 30, 35, 40, 45, 50, 55, 60, 65)
YOUNGEST = 18
SERVICE_BANDS = (5, 10, 15, 20, 25, 30)
# Birth years of BKN's generations: the first of all, then the first of X, Y and Z; the last of Z (domain 3.8).
EARLIEST, GENERATIONS, LATEST = 1946, (1965, 1977, 1995), 2010


def day_number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def completed_years(since: Ints, day: date) -> Ints:
    return (day_number(day) - since) // 10_000


def age_band(birth: Ints, day: date) -> Ints:
    """Ordinals of `umur_5`; OUTSIDE below 18, for which the contract has no band."""
    age = completed_years(birth, day)
    return np.where(age < YOUNGEST, OUTSIDE, np.searchsorted(AGE_BANDS, age))


def generation(birth: Ints) -> Ints:
    """Ordinals of `generasi`; OUTSIDE before 1946 and after 2010."""
    year = birth // 10_000
    known = (year >= EARLIEST) & (year <= LATEST)
    return np.where(known, np.searchsorted(GENERATIONS, year, side="right"), OUTSIDE)


def service_band(start: Ints, day: date) -> Ints:
    """Ordinals of `masa_kerja`; OUTSIDE for those who start after the day."""
    years = completed_years(start, day)
    return np.where(years < 0, OUTSIDE, np.searchsorted(SERVICE_BANDS, years))


def retirement_month(birth: Ints, age: Ints) -> Ints:
    """Months since year 0 of the day of retirement (`contract.retirement`).

    Everybody born in one month retires on one day, those of its last day and of 29 February too.
    """
    return np.asarray(retirement.retirement_month(birth // 10_000 * 12 + birth // 100 % 100 - 1, age), dtype=np.int64)


def retirement_year(month: Ints) -> Ints:
    """Ordinals of `tahun_bup`; a year before the contract's first counts as the first, one beyond the last is OUTSIDE."""
    years = [int(code) for code in ordinal("tahun_bup")]
    place = np.maximum(month // 12 - years[0], 0)
    return np.where(place < len(years), place, OUTSIDE)


def past_retirement(month: Ints, day: date) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """True where the day of retirement has come."""
    return np.asarray(month <= day.year * 12 + day.month - 1)
