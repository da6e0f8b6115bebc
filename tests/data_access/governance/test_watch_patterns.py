"""Patterns worth a question: found at their limit and not below it, in any sixty minutes, with their evidence."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import Engine

from data_access.governance import watch_patterns
from data_access.governance.audit import Event, append
from data_access.governance.use_events import shaped
from data_access.governance.use_summary import catch_up
from data_access.governance.watch_patterns import Kind, Pattern, patterns
from data_access.governance.watch_policy import watch_policy
from data_access.state import writing
from tests.data_access.governance.use_oracle import most_within_an_hour, question

KEY = bytes(range(32))
BEGIN = datetime(2026, 3, 2, 2, 50, tzinfo=UTC)  # 9.50 in Jakarta
SPAN = (date(2026, 3, 1), date(2026, 3, 31))
LIMITS = {"alike_in_hour": 6, "refused_in_hour": 4, "exports_in_day": 3, "odd_in_day": 3}
ASKED = Event(action="ask", decision="allowed", account="budi", party="kesatu", role="analis", query=question())
REFUSED = replace(ASKED, decision="refused", reason="level-unknown")
TAKEN = replace(ASKED, action="export", detail='{"purpose":"Bahan rapat"}')


@pytest.fixture(autouse=True)
def low(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits that a short record reaches."""
    monkeypatch.setattr(watch_patterns, "watch_policy", lambda: watch_policy().model_copy(update=LIMITS))


def found(state: Engine, events: list[tuple[datetime, Event]], *, party: str = "kedua") -> list[Pattern]:
    with writing(state) as connection:
        for at, event in events:
            append(connection, KEY, event, at)
    catch_up(state)
    assert party in ("kesatu", "kedua")
    return patterns(state, "kesatu" if party == "kesatu" else "kedua", since=SPAN[0], until=SPAN[1])


def every(minutes: float, events: list[Event], begin: datetime = BEGIN) -> list[tuple[datetime, Event]]:
    return [(begin + timedelta(minutes=minutes) * place, event) for place, event in enumerate(events)]


def places(count: int) -> list[Event]:
    """Questions that differ only in the provinces they are limited to."""
    return [replace(ASKED, query=question(provinsi=[str(11 + i) for i in range(turn + 1)])) for turn in range(count)]


def test_alike_questions_across_the_full_hour_are_found(state: Engine) -> None:
    """9.50 to 10.40: neither hour of the clock holds six of them."""
    [one] = found(state, every(10, places(6)))
    assert (one.kind, one.account, one.dataset, one.number, one.limit) == (Kind.ALIKE, "budi", "pegawai", 6, 6)
    assert (one.first, one.last, one.begin, one.end) == (1, 6, BEGIN, BEGIN + timedelta(minutes=50))
    assert one.asked == question().partition(',"where"')[0]
    assert one.samples[:2] == ('{"provinsi":["11"]}}', '{"provinsi":["11","12"]}}')
    assert len(one.samples) == 3


@pytest.mark.parametrize(
    ("why", "events"),
    [
        ("one too few", every(1, places(5))),
        ("too slow", every(12, places(6))),  # the last comes sixty minutes after the first
        ("the same question again and again", every(1, places(1) * 40)),
        ("no filters", every(1, [ASKED] * 40)),
        (
            "crossed otherwise each",
            every(1, [replace(ASKED, query=question(by=(f"x{i}",), s=["1"])) for i in range(9)]),
        ),
        ("two accounts", every(1, [replace(one, account=f"n{i % 2}") for i, one in enumerate(places(10))])),
        ("own people", every(1, [replace(one, party="kedua") for one in places(9)])),
        (
            "nobody's data",
            every(1, [replace(one, query=question("gaji", p=[str(i)])) for i, one in enumerate(places(9))]),
        ),
        ("refused one too few", every(1, [REFUSED] * 3)),
        ("refused too slowly", every(20, [REFUSED] * 4)),
        ("files one too few", every(1, [TAKEN] * 2)),
        ("files over midnight", every(1, [TAKEN] * 4, datetime(2026, 3, 2, 16, 58, tzinfo=UTC))),
        ("late but few", every(1, [ASKED] * 2, datetime(2026, 3, 2, 16, 0, tzinfo=UTC))),
        ("early but within hours", every(1, [ASKED] * 9, datetime(2026, 3, 1, 22, 0, tzinfo=UTC))),  # 5.00 in Jakarta
        ("outside the days asked for", every(1, places(9), datetime(2026, 4, 1, 3, 0, tzinfo=UTC))),
    ],
)
def test_below_the_limit_nothing_is_worth_a_question(
    state: Engine, why: str, events: list[tuple[datetime, Event]]
) -> None:
    assert found(state, events) == [], why


def test_bursts_of_refusals_tell_their_reasons(state: Engine) -> None:
    tries = [replace(REFUSED, reason=reason) for reason in ("level-unknown", "code-unknown", "level-unknown", "rows")]
    [one] = found(state, every(15, tries))
    assert (one.kind, one.number, one.first, one.last) == (Kind.REFUSED, 4, 1, 4)
    assert one.samples == ("level-unknown", "code-unknown", "rows")


def test_many_files_in_a_day_are_found(state: Engine) -> None:
    [one] = found(state, every(90, [TAKEN] * 4))
    assert (one.kind, one.number, one.limit) == (Kind.EXPORTS, 4, 3)
    assert one.begin.isoformat() == "2026-03-02T00:00:00+07:00"


def test_unusual_hours_are_found(state: Engine) -> None:
    [one] = found(state, every(1, [ASKED] * 3, datetime(2026, 3, 2, 15, 0, tzinfo=UTC)))  # 22.00 in Jakarta
    assert (one.kind, one.number) == (Kind.ODD_HOURS, 3)


def test_each_party_is_told_of_its_own_data_only(state: Engine) -> None:
    assert found(state, every(1, places(9)), party="kesatu") == []


def test_the_gravest_come_first_and_the_newest_within_a_kind(state: Engine) -> None:
    late = datetime(2026, 3, 3, 3, 0, tzinfo=UTC)
    told = found(
        state, [*every(1, [TAKEN] * 3), *every(1, places(7), late), *every(1, [REFUSED] * 4, late.replace(hour=6))]
    )
    assert [(one.kind, one.number) for one in told] == [(Kind.ALIKE, 7), (Kind.REFUSED, 4), (Kind.EXPORTS, 3)]


@pytest.mark.parametrize("seed", range(8))
def test_densest_hour_equals_every_beginning_tried(state: Engine, seed: int) -> None:
    draw = Random(seed)
    at, events = BEGIN, []
    for _turn in range(60):
        at += timedelta(minutes=draw.choice([0, 1, 5, 30, 59, 60]))
        events.append((at, replace(ASKED, query=question(provinsi=[str(draw.randint(11, 30))]))))
    told = found(state, events)
    marks = [(moment, str(shaped(event.query))) for moment, event in events]
    most = most_within_an_hour(marks)
    assert max((one.number for one in told if one.kind == Kind.ALIKE), default=0) == (
        most if most >= LIMITS["alike_in_hour"] else 0
    )
