"""Use of the other party's data: every sum equals a direct count of the record, and nobody sees more than is theirs to watch."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine, select

from data_access.contract import Party, contract
from data_access.governance import use_summary, watch_policy, watching
from data_access.governance.audit import Event, append
from data_access.governance.use_events import datasets, hour_of, parts, shaped
from data_access.governance.use_summary import catch_up, start_again, waiting
from data_access.governance.watch_policy import WatchPolicy
from data_access.governance.watching import OTHER, Tally, Use, day_span, first_day, owned_by, use
from data_access.state import reading, writing
from data_access.state.tables import metadata, use_of_day, use_of_hour
from tests.data_access.governance import use_oracle
from tests.data_access.governance.use_oracle import Done, counted, question

KEY = bytes(range(32))
BEGIN = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
LONG = (date(2026, 1, 1), date(2027, 12, 31))
ASKED = Event(action="ask", decision="allowed", account="budi", party="kesatu", role="analis", query=question())

acts = st.builds(
    Event,
    action=st.sampled_from(["ask", "export", "open", "quality", "quality-export", "sign-in", "watch"]),
    decision=st.sampled_from(["allowed", "allowed", "refused"]),
    reason=st.sampled_from([None, "level-unknown", "lampiran-1"]),
    account=st.sampled_from(["budi", "sari", "tono", None]),
    party=st.sampled_from(["kesatu", "kedua", None]),
    role=st.sampled_from(["analis", "pimpinan", None]),
    detail=st.sampled_from([None, '{"form":"xlsx","purpose":"bahan rapat"}']),
    query=st.sampled_from(
        [
            None,
            question(),
            question("arus", provinsi=["33"]),
            question("gaji"),
            f"[{question()},{question('arus')},{question('arus', status=['PNS'])}]",
            '{"dataset": "pegawai"}',
            question(status=['","dataset":"arus","where":']),
        ]
    ),
)
# As if each party owned a dataset.
FLOWS = contract().datasets["arus"].model_copy(update={"owner": "kesatu"})
SHARED = contract().model_copy(update={"datasets": {**contract().datasets, "arus": FLOWS}})
steps = st.integers(0, 40).map(lambda hours: timedelta(minutes=37) * hours)


def written(state: Engine, events: list[tuple[timedelta, Event]]) -> list[Done]:
    """The events in the record, each so long after the one before."""
    at, done = BEGIN, []
    with writing(state) as connection:
        for step, event in events:
            at += step
            append(connection, KEY, event, at)
            done.append(Done(at, event))
    return done


def as_counts(found: Use) -> dict[str, Counter[tuple[object, ...]]]:
    def spread(tallies: object) -> Counter[tuple[object, ...]]:
        assert isinstance(tallies, dict)
        sums: Counter[tuple[object, ...]] = Counter()
        for key, tally in tallies.items():
            sums.update({(key, kind): number for kind, number in vars(tally).items() if number})
        return sums

    reasons = {(one.reason, one.account, one.dataset): one.number for one in found.refusals}
    return {
        "day": spread(found.by_day),
        "dataset": spread(found.by_dataset),
        "role": spread(found.by_role),
        "account": spread(found.by_account),
        "reason": Counter(reasons),
    }


@settings(max_examples=40, deadline=None)
@given(events=st.lists(st.tuples(steps, acts), max_size=60), cut=st.integers(0, 60), batch=st.integers(1, 40))
def test_sums_equal_a_direct_count(events: list[tuple[timedelta, Event]], cut: int, batch: int) -> None:
    """In whatever pieces the record was summed, for either party and any days."""
    state = create_engine("sqlite://")  # a new database in memory
    metadata.create_all(state)
    with pytest.MonkeyPatch.context() as patch:
        for module in (watching, use_oracle):
            patch.setattr(module, "contract", lambda: SHARED)
        patch.setattr(use_summary, "BATCH", batch)
        done = written(state, events[:cut])
        catch_up(state)
        later = [(step, event) for step, event in events[cut:]]
        done += written(state, [(done[-1].at - BEGIN, later[0][1]), *later[1:]] if done and later else later)
        for party in OTHER:
            for since, until in (LONG, (date(2026, 3, 2), date(2026, 3, 9))):
                found = use(state, party, since=since, until=until)
                assert as_counts(found) == counted(done, party, since, until)
                assert found.total == sum(found.by_day.values(), Tally())
    state.dispose()


def test_sums_made_again_are_the_same(state: Engine) -> None:
    draw = Random(7)
    picked = [
        replace(
            ASKED,
            account=draw.choice(["budi", "sari"]),
            decision=draw.choice(["allowed", "refused"]),
            query=question(provinsi=[draw.choice(["31", "32", "33"])]),
        )
        for _one in range(300)
    ]
    written(state, [(timedelta(minutes=draw.randint(0, 90)), one) for one in picked])
    for size in (7, 1_000):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(use_summary, "BATCH", size)
            start_again(state)
            assert catch_up(state) == 300
            kept = _tables(state)
        start_again(state)
        catch_up(state)
        assert _tables(state) == kept
    assert catch_up(state) == 0


def _tables(state: Engine) -> list[list[tuple[object, ...]]]:
    with reading(state) as connection:
        return [sorted(tuple(row) for row in connection.execute(select(table))) for table in (use_of_day, use_of_hour)]


def test_other_rules_of_counting_make_the_sums_anew(state: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    written(state, [(timedelta(hours=3), ASKED)])  # 22.00 in Jakarta
    catch_up(state)
    assert waiting(state) == (1, 1)
    assert _odd(state) == [1]
    other = watch_policy.watch_policy().model_copy(update={"odd_from": 1, "odd_until": 2})
    monkeypatch.setattr(use_summary, "watch_policy", lambda: other)
    assert waiting(state) == (0, 1)
    catch_up(state)
    assert _odd(state) == [0]


def _odd(state: Engine) -> list[int]:
    with reading(state) as connection:
        return list(connection.scalars(select(use_of_day.c.odd)))


def test_progress_is_told(state: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    written(state, [(timedelta(0), ASKED)] * 5)
    monkeypatch.setattr(use_summary, "BATCH", 2)
    told: list[tuple[int, int]] = []
    assert catch_up(state, lambda done, every: told.append((done, every))) == 5
    assert told == [(2, 5), (4, 5), (5, 5)]


@pytest.mark.parametrize("party", ["kesatu", "kedua"])
def test_own_people_and_the_data_of_the_other_stay_unseen(
    state: Engine, party: Party, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "contract", lambda: SHARED)
    every = [
        replace(ASKED, account=f"{of}-{name}", party=of, query=question(name))
        for of in OTHER
        for name in ("pegawai", "arus")
    ]
    written(state, [(timedelta(0), one) for one in every])
    found = use(state, party, since=LONG[0], until=LONG[1])
    seen = {account for account, _role in found.by_account}
    assert seen == {f"{OTHER[party]}-{name}" for name in owned_by(party) if name in ("pegawai", "arus")}
    assert len(seen) == 1
    assert all(SHARED.datasets[name].owner == party for name in found.by_dataset)


def test_files_are_told_with_their_purpose_newest_first(state: Engine) -> None:
    taken = replace(ASKED, action="export", detail='{"form":"xlsx","purpose":"Bahan rapat"}')
    both = replace(taken, query=f"[{question()},{question('arus')}]", detail=None)
    others = [replace(taken, party="kedua"), replace(taken, query=question("gaji")), replace(taken, decision="refused")]
    written(state, [(timedelta(hours=1), one) for one in (taken, both, *others)])
    files = use(state, "kedua", since=LONG[0], until=LONG[1]).taken
    assert [(one.seq, one.purpose, one.form, one.datasets) for one in files] == [
        (2, "", "", ("pegawai", "arus")),
        (1, "Bahan rapat", "xlsx", ("pegawai",)),
    ]
    assert use(state, "kedua", since=date(2026, 3, 2), until=LONG[1]).taken == ()


def test_days_are_those_of_jakarta(state: Engine) -> None:
    evening = datetime(2026, 3, 1, 16, 59, 59, tzinfo=UTC) - BEGIN
    written(state, [(evening, ASKED), (timedelta(seconds=1), ASKED)])
    found = use(state, "kedua", since=LONG[0], until=LONG[1])
    assert found.by_day == {date(2026, 3, 1): Tally(1), date(2026, 3, 2): Tally(1)}
    assert first_day(state, "kedua") == date(2026, 3, 1)
    assert first_day(state, "kesatu") is None
    begin, end = day_span(date(2026, 3, 1))
    assert (begin.astimezone(UTC).hour, end - begin) == (17, timedelta(days=1))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (None, []),
        ("", []),
        ("bukan JSON", []),
        (question(), ["pegawai"]),
        (f"[{question()},{question('arus')},{question()}]", ["pegawai", "arus"]),
        ('{"dataset": "pegawai", "dimensi": "validitas"}', ["pegawai"]),
        (question(status=['"dataset":"arus"']), ["pegawai"]),  # typed as a code
        (question("x" * 41), []),
        (question(by=("a" * 30,) * 200)[:4000], []),  # cut off before its dataset
        (question(instansi=["x" * 50] * 200)[:4000], ["pegawai"]),
    ],
)
def test_datasets_of_a_recorded_question(query: str | None, found: list[str]) -> None:
    assert list(datasets(query)) == found


def test_shape_is_all_but_the_filters() -> None:
    one, other = shaped(question(provinsi=["31"])), shaped(question(provinsi=["31", "32"]))
    assert one
    assert other
    assert one.shape == other.shape
    assert one.mark != other.mark
    assert shaped(question()) is None
    assert shaped(None) is None
    assert parts(question(provinsi=["31"]))[1] == '{"provinsi":["31"]}}'
    typed = shaped(question(provinsi=['","where":{']))  # cannot end the first part early
    assert typed
    assert typed.shape == one.shape


@pytest.mark.parametrize(
    ("at", "hour"),
    [
        ("2026-03-01T16:59:59.999999+00:00", "2026-03-01T23"),
        ("2026-03-01T17:00:00.000000+00:00", "2026-03-02T00"),
        ("2026-12-31T23:30:00.000000+00:00", "2027-01-01T06"),
    ],
)
def test_hour_of_a_record(at: str, hour: str) -> None:
    assert hour_of(at) == hour


@pytest.mark.parametrize(
    ("begin", "end", "odd"),
    [(22, 5, {22, 23, 0, 1, 2, 3, 4}), (0, 6, {0, 1, 2, 3, 4, 5}), (7, 7, set())],
)
def test_unusual_hours_go_past_midnight(begin: int, end: int, odd: set[int]) -> None:
    policy = watch_policy.watch_policy().model_copy(update={"odd_from": begin, "odd_until": end})
    assert {hour for hour in range(24) if policy.odd(hour)} == odd


@pytest.mark.parametrize(
    "wrong", [{"alike_in_hour": 1}, {"odd_from": 24}, {"exports_in_day": 0}, {"unknown": 1}, {"refused_in_hour": "x"}]
)
def test_limits_without_sense_are_not_accepted(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        WatchPolicy.model_validate(watch_policy.watch_policy().model_dump() | wrong)
