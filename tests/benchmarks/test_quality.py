"""Opening the page of data quality with eight snapshots of the example: server time of one run of its script, uncached."""

import statistics
import time
from collections.abc import Iterator

import pytest

from data_access.intake.demo import DATES, write_deliveries
from data_access.release.publish import publish
from data_access.state import engine
from tests.ui_world import forget, opened, served, tab, token
from tests.world import World, empty_world

pytestmark = pytest.mark.benchmark
LIMIT = 1.0
RUNS = 5
TABS = ("Kelengkapan", "Validitas", "Konsistensi", "Ketepatan waktu", "Perubahan", "Kecocokan")


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("bench")
    made = empty_world(folder / "var")
    publish(write_deliveries(folder / "kiriman"), by="bench", settings=made.settings, accept_warnings="bench")
    yield made
    engine(made.settings.state).dispose()


def test_opening_the_page(example: World) -> None:
    with served(example):
        session = token(example, "tim-data")
        opened(tab(session), "data/mutu")  # imports, catalogue, fonts of the figures
        assert len(DATES) == 8
        for name in TABS:
            taken = statistics.median(_seconds(session, name) for _ in range(RUNS))
            print(f"data/mutu, {name}: {taken:.2f} s = {taken / LIMIT:.2f} of {LIMIT} s")
            assert taken <= LIMIT


def _seconds(session: str, name: str) -> float:
    """One first run of a fresh tab, with nothing answered before."""
    forget()
    at = tab(session)
    at.session_state["quality_tab"] = name
    start = time.perf_counter()
    opened(at, "data/mutu")
    taken = time.perf_counter() - start
    assert not at.exception
    return taken
