"""A really started server for those who attack it from the network."""

from collections.abc import Iterator

import pytest

from data_access.state import engine
from tests.attacks.bench import Bench
from tests.browser.server import started
from tests.world import World, copied


@pytest.fixture(scope="module")
def bench(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """One server for the attacks of a module; sessions, registers and audit are its own."""
    folder = tmp_path_factory.mktemp("bench")
    made = copied(world, folder / "var")
    with started(made, folder / "log") as base:
        yield Bench(base, made, folder / "log")
    engine(made.settings.state).dispose()
