"""Deadlines against a calendar on paper, and against a slow count; a bad register stops the calculator."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import holidays
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from data_access.errors import Misconfigured
from data_access.governance.deadlines import (
    covered,
    days_after,
    hours_after,
    is_workday,
    months_after,
    workdays_after,
    workdays_before,
)
from data_access.governance.leave_days import FILE, leave_years
from data_access.settings import settings
from data_access.words import JAKARTA

DAYS = st.dates(date(2021, 1, 1), date(2027, 12, 31))
COUNTS = st.integers(0, 60)


@pytest.fixture
def own_years(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The file of an operator, empty at first."""
    file = tmp_path / "tahun.yaml"
    monkeypatch.setenv("ASN_CUTI_BERSAMA", str(file))
    settings.cache_clear()
    yield file
    settings.cache_clear()


@pytest.mark.parametrize(
    ("last_before", "first_after"),
    [
        (date(2022, 4, 28), date(2022, 5, 9)),  # cuti bersama 29 April and 4-6 May, Idul Fitri 2-3 May
        (date(2023, 4, 18), date(2023, 4, 26)),  # 19-21, 24 and 25 April (SKB as amended), Idul Fitri on a week-end
        (date(2024, 4, 5), date(2024, 4, 16)),  # 8, 9, 12, 15 April, Idul Fitri 10-11 April
        (date(2025, 3, 27), date(2025, 4, 8)),  # Nyepi and Idul Fitri in one: 28 March to 7 April
        (date(2026, 3, 17), date(2026, 3, 25)),  # Nyepi 19 March, Idul Fitri 21-22 March
    ],
)
def test_no_day_of_lebaran_is_a_working_day(last_before: date, first_after: date) -> None:
    assert workdays_after(last_before, 1) == first_after
    assert workdays_before(first_after, 1) == last_before
    between = [last_before + timedelta(days=n) for n in range(1, (first_after - last_before).days)]
    assert not any(map(is_workday, between))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2022, 2, 9), True),  # the Wednesday of the signing
        (date(2024, 2, 14), False),  # general election
        (date(2024, 11, 27), False),  # regional elections
        (date(2025, 8, 18), False),  # cuti bersama by the amendment of 7 August 2025
        (date(2025, 12, 24), True),  # no cuti bersama before Christmas of this year
        (date(2025, 12, 26), False),
        (date(2026, 11, 28), False),  # a Saturday
        (date(2027, 1, 4), True),
    ],
)
def test_known_days(day: date, works: bool) -> None:
    assert is_workday(day) is works


def test_fourteen_working_days_over_lebaran() -> None:
    # Pasal 6 ayat (3). 25-27 March (3), 8-11 April (7), 14-17 April (11), Good Friday, 21-23 April (14).
    assert workdays_after(date(2025, 3, 24), 14) == date(2025, 4, 23)


def test_seven_working_days_before_a_new_address() -> None:
    # Pasal 8 ayat (3). 31, 30, 27 December (26 cuti bersama, 25 Christmas), 24, 23, 20, 19.
    assert workdays_before(date(2025, 1, 2), 7) == date(2024, 12, 19)


@pytest.mark.parametrize("count", [0, 1, 14])
def test_counting_from_a_day_off_counts_the_days_after_it(count: int) -> None:
    saturday = date(2026, 11, 28)
    expected = [saturday, date(2026, 11, 30)]
    assert workdays_after(saturday, count) == (expected[count] if count < 2 else date(2026, 12, 17))


@given(DAYS, COUNTS)
def test_as_many_working_days_lie_between_as_were_counted(day: date, count: int) -> None:
    after, before = workdays_after(day, count), workdays_before(day, count)
    assert sum(is_workday(day + timedelta(days=n)) for n in range(1, (after - day).days + 1)) == count
    assert sum(is_workday(day - timedelta(days=n)) for n in range(1, (day - before).days + 1)) == count
    assert count == 0 or (is_workday(after) and is_workday(before))


@given(DAYS.filter(is_workday), COUNTS)
def test_back_and_forth_ends_where_it_began(day: date, count: int) -> None:
    assert workdays_before(workdays_after(day, count), count) == day


@pytest.mark.parametrize("count", [-1, -14])
def test_a_negative_count_is_a_mistake(count: int) -> None:
    with pytest.raises(ValueError, match="counted from 0"):
        workdays_after(date(2026, 1, 5), count)
    with pytest.raises(ValueError, match="counted from 0"):
        workdays_before(date(2026, 1, 5), count)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 8, 31), 3, date(2026, 11, 30)),
        (date(2026, 10, 15), 3, date(2027, 1, 15)),
        (date(2026, 12, 31), 0, date(2026, 12, 31)),
    ],
)
def test_months_end_with_the_month(day: date, months: int, expected: date) -> None:
    assert months_after(day, months) == expected


@given(DAYS, st.integers(-60, 60))
def test_a_month_later_is_in_that_month(day: date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


def test_calendar_days_count_every_day() -> None:
    assert days_after(date(2024, 2, 16), 14) == date(2024, 3, 1)
    assert days_after(date(2025, 2, 16), 14) == date(2025, 3, 2)


def test_hours_are_told_in_jakarta() -> None:
    noticed = datetime(2026, 2, 28, 20, 30, tzinfo=UTC)  # 1 March 03.30 WIB
    due = hours_after(noticed, 72)
    assert due.tzinfo is JAKARTA
    assert due.isoformat() == "2026-03-04T03:30:00+07:00"
    with pytest.raises(ValueError, match="time zone"):
        hours_after(datetime(2026, 2, 28, 20, 30), 72)


def test_the_register_agrees_with_an_independent_list() -> None:
    for year, held in leave_years().items():
        assert set(held.days) == set(holidays.country_holidays("ID", years=year, categories=("government",)))
        assert "SKB" in held.decree
        assert held.source.startswith("https://")


def test_a_year_without_decree_is_said_so() -> None:
    assert [year for year in range(2020, 2029) if covered(year)] == [2022, 2023, 2024, 2025, 2026]


def test_an_operator_adds_a_year_and_replaces_one(own_years: Path) -> None:
    added = {"decree": "SKB X", "signed": date(2026, 9, 16), "source": "https://x", "days": [date(2027, 2, 5)]}
    amended = added | {"days": [date(2026, 11, 30)]}
    own_years.write_text(yaml.safe_dump({"years": {2027: added, 2026: amended}}))
    assert covered(2027)
    assert not is_workday(date(2027, 2, 5))
    assert not is_workday(date(2026, 11, 30))
    assert is_workday(date(2026, 12, 24))
    assert not is_workday(date(2025, 12, 26))


def _spoiled(**changes: object) -> str:
    content = yaml.safe_load(FILE.read_text("utf-8"))
    content["years"][2026] |= changes
    return yaml.safe_dump(content)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "years: [",
        "years: {2027: {}}",
        _spoiled(days=[date(2025, 12, 24)]),  # a day of another year
        _spoiled(days=[date(2026, 12, 24), date(2026, 12, 24)]),
        _spoiled(days=["24 Desember"]),
        _spoiled(decree=""),
        _spoiled(unknown="x"),
        "\x00",
    ],
)
def test_a_bad_register_is_refused(own_years: Path, content: str) -> None:
    own_years.write_text(content)
    with pytest.raises(Misconfigured) as refused:
        is_workday(date(2026, 11, 27))
    assert refused.value.reason == "leave-unreadable"
    assert "ASN_CUTI_BERSAMA" in refused.value.sentence("id")


def test_a_missing_register_is_refused(own_years: Path) -> None:
    with pytest.raises(Misconfigured):
        workdays_after(date(2026, 11, 27), 1)
