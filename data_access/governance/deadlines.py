"""The one calculator of deadlines: working days, calendar days, months and hours, counted in Jakarta.

A working day (hari kerja) is a Monday to Friday that is neither a public holiday (package `holidays`, which holds the dates that
the government has fixed and estimates the Islamic ones of years to come) nor cuti bersama (`leave_days`). The day from which is
counted is never counted itself, as in "14 (empat belas) hari kerja sejak diterimanya" (Pasal 6 ayat (3)).
"""

import calendar
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

import holidays

from data_access.governance.leave_days import leave_years
from data_access.words import JAKARTA

DAY = timedelta(days=1)
SATURDAY, MONTHS = 5, 12


def covered(year: int) -> bool:
    """Whether the cuti bersama of the year are known; where not, a deadline in it may turn out too early."""
    return year in leave_years()


def is_workday(day: date) -> bool:
    """Whether the civil service works on the day; Misconfigured if the register of cuti bersama cannot be read."""
    if day.weekday() >= SATURDAY or day in _public_holidays(day.year):
        return False
    held = leave_years().get(day.year)
    return held is None or day not in held.days


def workdays_after(day: date, count: int) -> date:
    """The `count`-th working day after `day`; the day itself if `count` is 0."""
    return _stepped(day, count, DAY)


def workdays_before(day: date, count: int) -> date:
    """The latest day that lies `count` working days before `day` (Pasal 8 ayat (3)); the day itself if `count` is 0."""
    return _stepped(day, count, -DAY)


def days_after(day: date, count: int) -> date:
    """The day `count` calendar days after `day` (Pasal 10 ayat (2))."""
    return day + timedelta(days=count)


def months_after(day: date, months: int) -> date:
    """The same day of the month, `months` later; the last day of that month where it has no such day."""
    year, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    _weekday, last = calendar.monthrange(year, month + 1)
    return date(year, month + 1, min(day.day, last))


def hours_after(moment: datetime, hours: int) -> datetime:
    """The moment `hours` later, in Jakarta time; ValueError for a time without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a time without a time zone")
    return (moment.astimezone(UTC) + timedelta(hours=hours)).astimezone(JAKARTA)


def _stepped(day: date, count: int, step: timedelta) -> date:
    if count < 0:
        raise ValueError("working days are counted from 0 on")
    while count:
        day += step
        count -= is_workday(day)
    return day


@lru_cache(maxsize=64)
def _public_holidays(year: int) -> frozenset[date]:
    # Not the category `government`: cuti bersama stand in our register, with the decree that fixes them.
    return frozenset(holidays.country_holidays("ID", years=year, categories=("public",)))
