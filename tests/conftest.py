"""One made-up installation for all tests that only read it, and copies for those that damage it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data_access.state import engine
from tests import attack_table
from tests import world as worlds
from tests.world import EARLY, LATE, MIDDLE, World, copied, empty_world, published_world

PERSONS = 60_000
FEW = 3_000


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Three snapshots of about 60,000 persons and an account for each role. Shared: ask of it, change nothing."""
    people = {EARLY: worlds.persons(PERSONS, day=EARLY)}
    people[MIDDLE] = worlds.moved_on(people[EARLY], day=MIDDLE)
    people[LATE] = worlds.moved_on(people[MIDDLE], day=LATE)
    made = published_world(tmp_path_factory.mktemp("world") / "var", people)
    yield made
    engine(made.settings.state).dispose()


@pytest.fixture
def own_world(world: World, tmp_path: Path) -> Iterator[World]:
    """A copy of `world` that a test may change or damage."""
    made = copied(world, tmp_path / "var")
    yield made
    engine(made.settings.state).dispose()


@pytest.fixture
def bare_world(tmp_path: Path) -> Iterator[World]:
    """Keys, state, agreement and accounts, but no release yet."""
    made = empty_world(tmp_path / "var")
    yield made
    engine(made.settings.state).dispose()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Here and not beside the attacks: the process that prints does not read the conftest of a folder of tests."""
    if told := attack_table.lines(terminalreporter.stats, config.rootpath):
        terminalreporter.section(attack_table.HEAD)
        for line in told:
            terminalreporter.write_line(line)
