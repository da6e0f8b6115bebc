"""A million audit records: checking the whole chain, and the page on how the other party uses one's own data."""

import time
from collections.abc import Iterator
from datetime import timedelta

import pytest

from data_access.access import viewer
from data_access.governance.audit import search
from data_access.governance.audit_check import verify
from data_access.governance.use_summary import BATCH, catch_up, start_again
from data_access.governance.watch_patterns import patterns
from data_access.governance.watching import use
from data_access.state import engine
from tests.benchmarks.records import write_records
from tests.ui_world import WATCHING, opened, served, tab, token
from tests.world import World, empty_world

pytestmark = pytest.mark.benchmark
RECORDS = 1_000_000
CHECKED, SHOWN = 20.0, 1.5
RUNS = 3
SPAN = timedelta(days=400)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A world with the records after those of its own accounts."""
    made = empty_world(tmp_path_factory.mktemp("bench") / "var")
    write_records(engine(made.settings.state), made.audit_key, RECORDS)
    yield made
    engine(made.settings.state).dispose()


def test_check_of_the_whole_record(place: World) -> None:
    start = time.perf_counter()
    verdict = verify(engine(place.settings.state), place.audit_key)
    seconds = time.perf_counter() - start
    assert verdict.sound
    assert verdict.records > RECORDS
    _told("audit verify", seconds, CHECKED)


def test_summing_and_the_page(place: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """On the last day of the record, which lies ahead: records are written one after another."""
    state = engine(place.settings.state)
    last = search(state, limit=1)[0].at.date()
    start_again(state)
    start = time.perf_counter()
    catch_up(state)
    seconds = time.perf_counter() - start
    print(f"all sums made anew: {seconds:.1f} s, {seconds / (RECORDS / BATCH) * 1000:.0f} ms for {BATCH:,} records")
    start = time.perf_counter()
    use(state, "kedua", since=last - SPAN, until=last)
    patterns(state, "kedua", since=last - SPAN, until=last)
    _told("the numbers of the page", time.perf_counter() - start, SHOWN)
    monkeypatch.setattr(viewer, "today", lambda: last)
    with served(place):
        at = opened(tab(token(place, "teknis-bkn")), WATCHING)
        at.selectbox(key="watch_days").set_value("all").run()
        for _run in range(RUNS):
            start = time.perf_counter()
            at.run()
            _told("the whole page, all days", time.perf_counter() - start, SHOWN)
    assert not at.exception
    assert len(at.metric) == 4


def _told(name: str, seconds: float, wanted: float) -> None:
    print(f"{name}, {RECORDS:,} records: {seconds:.2f} s = {seconds / wanted:.2f} of {wanted} s")
