"""Boundaries of bands, of generations and of the month in which somebody retires."""

from datetime import date

import numpy as np
import pytest

from data_access.intake.microdata import time_spans
from data_access.intake.microdata.arrays import OUTSIDE, Ints
from data_access.intake.microdata.codes import dataset

DAY = date(2025, 6, 30)


def one(value: int) -> Ints:
    return np.array([value], dtype=np.int64)


def code(level: str, found: Ints) -> str | None:
    place = int(found[0])
    return None if place == OUTSIDE else dataset().levels[level].codes[place].code


@pytest.mark.parametrize(
    ("since", "day", "years"),
    [
        (20000630, DAY, 25),  # the birthday itself completes the year
        (20000701, DAY, 24),  # the day before does not
        (20000229, date(2025, 2, 28), 24),  # no 29 February: complete on 1 March
        (20000229, date(2025, 3, 1), 25),
        (20000229, date(2024, 2, 29), 24),
        (19991231, date(2025, 1, 1), 25),
    ],
)
def test_completed_years(since: int, day: date, years: int) -> None:
    assert time_spans.completed_years(one(since), day)[0] == years


@pytest.mark.parametrize(
    ("birth", "band"),
    [
        (20070701, None),  # 17
        (20070630, "18-20"),
        (20040701, "18-20"),  # 20, on the last day of it
        (20040630, "21-25"),
        (19990701, "21-25"),
        (19990630, "26-30"),
        (19890701, "31-35"),
        (19890630, "36-40"),
        (19690630, "56-60"),
        (19640701, "56-60"),
        (19640630, "61-65"),
        (19590701, "61-65"),
        (19590630, ">65"),
    ],
)
def test_age_bands(birth: int, band: str | None) -> None:
    assert code("umur_5", time_spans.age_band(one(birth), DAY)) == band


@pytest.mark.parametrize(
    ("birth", "generation"),
    [
        (19451231, None),
        (19460101, "BB"),
        (19641231, "BB"),
        (19650101, "X"),
        (19761231, "X"),
        (19770101, "Y"),
        (19941231, "Y"),
        (19950101, "Z"),
        (20101231, "Z"),
        (20110101, None),
    ],
)
def test_generations(birth: int, generation: str | None) -> None:
    assert code("generasi", time_spans.generation(one(birth))) == generation


@pytest.mark.parametrize(
    ("start", "band"),
    [
        (20250701, None),  # begins tomorrow
        (20250630, "0-5"),
        (20190701, "0-5"),  # 5 years and 364 days
        (20190630, "6-10"),
        (20140701, "6-10"),
        (20140630, "11-15"),
        (20090630, "16-20"),
        (20040630, "21-25"),
        (19990630, "26-30"),
        (19940701, "26-30"),
        (19940630, ">30"),
    ],
)
def test_length_of_service(start: int, band: str | None) -> None:
    assert code("masa_kerja", time_spans.service_band(one(start), DAY)) == band


@pytest.mark.parametrize(
    ("birth", "age", "year", "last_day_in_office"),
    [
        (19670615, 58, "2025", date(2025, 6, 30)),
        (19670630, 58, "2025", date(2025, 6, 30)),  # last day of the month
        (19670701, 58, "2025", date(2025, 7, 31)),  # first day: a month later
        (19671130, 58, "2025", date(2025, 11, 30)),
        (19671201, 58, "2026", date(2025, 12, 31)),  # December retires in January
        (19671231, 58, "2026", date(2025, 12, 31)),
        (19680229, 58, "2026", date(2026, 2, 28)),  # no 29 February in 2026
        (19680229, 60, "2028", date(2028, 2, 29)),
        (19550110, 70, "2025", date(2025, 1, 31)),
    ],
)
def test_retirement_is_on_the_first_of_the_next_month(
    birth: int, age: int, year: str, last_day_in_office: date
) -> None:
    month = time_spans.retirement_month(one(birth), one(age))
    assert code("tahun_bup", time_spans.retirement_year(month)) == year
    assert not time_spans.past_retirement(month, last_day_in_office)[0]
    assert time_spans.past_retirement(month, date.fromordinal(last_day_in_office.toordinal() + 1))[0]


def test_retirement_years_beyond_the_contract() -> None:
    """Long past: counted in the first year; beyond the last: no place."""
    assert code("tahun_bup", time_spans.retirement_year(one(2015 * 12))) == "2021"
    assert code("tahun_bup", time_spans.retirement_year(one(2080 * 12 + 11))) == "2080"
    assert code("tahun_bup", time_spans.retirement_year(one(2081 * 12))) is None
