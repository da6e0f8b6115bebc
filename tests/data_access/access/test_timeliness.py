"""Days until publication from manifests alone, and the calendar of half-years."""

from datetime import UTC, date, datetime

import pytest

from data_access.access.timeliness import Expected, expected, next_reference, timings
from data_access.release.manifest import ReleaseManifest, Snapshot

JUNE, DECEMBER, NEXT = date(2024, 6, 30), date(2024, 12, 31), date(2025, 6, 30)


def snapshot(day: date, revision: int = 0, **more: object) -> Snapshot:
    facts: dict[str, object] = {"dataset": "pegawai", "reference_date": day, "revision": revision, "delivery": "x"}
    counts = {"total": 10, "example": True, "keys": "delivered", "admitted": 1, "refused": 0}
    return Snapshot.model_validate(facts | counts | more)


def release(number: int, at: datetime, *snapshots: Snapshot) -> ReleaseManifest:
    return ReleaseManifest(
        id=f"{number:04d}",
        created_at=at,
        created_by="uji",
        note="",
        previous=f"{number - 1:04d}" if number > 1 else None,
        database="",
        contract="",
        ptable="",
        policy="",
        snapshots=snapshots,
    )


def at(year: int, month: int, day: int, hour: int = 3) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


def test_days_run_to_the_first_release_that_holds_the_date() -> None:
    first = release(1, at(2024, 7, 20), snapshot(JUNE))
    second = release(2, at(2025, 2, 15), snapshot(JUNE), snapshot(DECEMBER))
    june, december = timings(second.snapshots, [first, second])
    assert (june.days, december.days) == (20, 46)
    assert (june.revision, june.revised, june.initial) == (0, None, False)


def test_a_revision_does_not_make_a_snapshot_late() -> None:
    first = release(1, at(2024, 7, 20), snapshot(JUNE))
    second = release(2, at(2024, 11, 1), snapshot(JUNE, 1))
    [june] = timings(second.snapshots, [first, second])
    assert (june.days, june.revision, june.revised) == (20, 1, date(2024, 11, 1))


def test_the_day_is_that_of_jakarta() -> None:
    [june] = timings((snapshot(JUNE),), [release(1, at(2024, 7, 1, hour=18), snapshot(JUNE))])
    assert june.published == date(2024, 7, 2)


def test_what_was_loaded_together_at_the_start_tells_nothing_about_delay() -> None:
    first = release(1, at(2026, 1, 1), snapshot(JUNE), snapshot(DECEMBER))
    second = release(2, at(2026, 1, 2), *first.snapshots, snapshot(NEXT))
    june, december, coming = timings(second.snapshots, [first, second])
    assert (june.initial, june.days, december.initial, december.days) == (True, None, True, None)
    assert (coming.initial, coming.days) == (False, 186)


def test_what_the_manifest_says_of_delivery_and_publication_comes_first() -> None:
    told = snapshot(JUNE, delivered_at=at(2024, 7, 5), published_at=at(2024, 7, 9))
    [june] = timings((told,), [release(1, at(2024, 7, 30), told)])
    assert (june.delivered, june.published, june.days) == (date(2024, 7, 5), date(2024, 7, 9), 9)


def test_without_a_readable_release_nothing_is_known() -> None:
    [june] = timings((snapshot(JUNE),), [])
    assert (june.published, june.days, june.initial) == (None, None, False)


@pytest.mark.parametrize(
    ("day", "following"),
    [
        (date(2024, 6, 30), date(2024, 12, 31)),
        (date(2024, 12, 31), date(2025, 6, 30)),
        (date(2024, 7, 1), date(2024, 12, 31)),  # a date of the first half-year, published a day late
        (date(2025, 11, 1), date(2025, 12, 31)),  # a date off the calendar
        (date(2024, 6, 29), date(2024, 6, 30)),
    ],
)
def test_the_next_end_of_a_half_year(day: date, following: date) -> None:
    assert next_reference(day) == following


# newest snapshot, today, what is expected
CALENDAR = [
    (JUNE, date(2024, 9, 1), Expected(DECEMBER, date(2025, 1, 30), late=0, overdue=0)),
    (JUNE, date(2025, 1, 30), Expected(DECEMBER, date(2025, 1, 30), late=0, overdue=0)),  # the last day is in time
    (JUNE, date(2025, 1, 31), Expected(DECEMBER, date(2025, 1, 30), late=1, overdue=1)),
    (JUNE, date(2025, 8, 1), Expected(DECEMBER, date(2025, 1, 30), late=183, overdue=2)),
]


@pytest.mark.parametrize(("newest", "today", "coming"), CALENDAR)
def test_when_the_next_snapshot_is_due(newest: date, today: date, coming: Expected) -> None:
    assert expected(newest, today, 30) == coming


def test_what_comes_once_a_year_is_not_expected_in_june() -> None:
    assert expected(DECEMBER, date(2025, 8, 1), 30, yearly=True) == Expected(
        date(2025, 12, 31), date(2026, 1, 30), 0, 0
    )
    assert expected(DECEMBER, date(2026, 2, 9), 30, yearly=True).late == 10
    assert expected(DECEMBER, date(2025, 8, 1), 30).reference_date == NEXT
