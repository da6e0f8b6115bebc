"""The access decision of one run: the viewer behind an account and its scope of every dataset, with registers that have grown."""

import statistics
import time
from datetime import date

import pytest

from data_access.access import registering
from data_access.access.scope import scope
from data_access.access.viewer import viewer_of
from data_access.governance import accounts
from data_access.state import engine
from tests.world import World, empty_world, lead

pytestmark = pytest.mark.benchmark
LIMIT = 0.002  # seconds
LETTERS, RUNS = 500, 200


@pytest.fixture
def grown(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A world whose registers hold some years of letters."""
    made = empty_world(tmp_path_factory.mktemp("decision") / "var")
    book, sender = registering.book(made.settings), lead("kedua")
    for number in range(LETTERS):
        facts = {"number": str(number + 10), "subject": "Undangan", "dated": date(2023, 1, 2), "way": "surel"}
        book.open(sender, "surat", facts)
    return made


@pytest.mark.parametrize("name", ["analis", "tim-teknis"])
def test_the_access_decision(grown: World, name: str) -> None:
    account = accounts.find(engine(grown.settings.state), name)
    taken = []
    for _run in range(RUNS):
        start = time.perf_counter()
        viewer = viewer_of(account, grown.settings)
        reached = [scope(viewer, dataset) for dataset in viewer.role.datasets]
        taken.append(time.perf_counter() - start)
        assert reached
    median = statistics.median(taken)
    print(f"access decision of {name}: {median * 1000:.2f} ms = {median / LIMIT:.2f} of {LIMIT * 1000:.0f} ms")
    assert median <= LIMIT
