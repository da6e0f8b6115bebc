"""Times: one zone, one width, so that the order of the text is the order of time."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.state.times import WIDTH, stamp, utc_now

ZONES = st.sampled_from([UTC, timezone(timedelta(hours=7)), timezone(timedelta(hours=-5, minutes=-30))])
MOMENTS = st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1), timezones=ZONES)


@given(MOMENTS, MOMENTS)
def test_text_sorts_like_time(one: datetime, other: datetime) -> None:
    assert (stamp(one) < stamp(other)) == (one < other)
    assert len(stamp(one)) == WIDTH


@given(MOMENTS)
def test_text_is_the_same_moment(moment: datetime) -> None:
    assert datetime.fromisoformat(stamp(moment)) == moment


def test_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        stamp(datetime(2026, 1, 1))


def test_now_is_utc() -> None:
    assert utc_now().utcoffset() == timedelta()
