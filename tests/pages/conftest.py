"""Worlds served to the pages of this process: one to look at, one to change, one without a release."""

from collections.abc import Iterator

import pytest

from data_access.state import engine
from tests.ui_world import served
from tests.world import World, copied


@pytest.fixture(scope="session")
def page_world(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A copy for all page tests: they open sessions and ask questions, but change nothing else."""
    made = copied(world, tmp_path_factory.mktemp("pages") / "var")
    yield made
    engine(made.settings.state).dispose()


@pytest.fixture
def stage(page_world: World) -> Iterator[World]:
    with served(page_world):
        yield page_world


@pytest.fixture
def own_stage(own_world: World) -> Iterator[World]:
    with served(own_world):
        yield own_world


@pytest.fixture
def bare_stage(bare_world: World) -> Iterator[World]:
    with served(bare_world):
        yield bare_world
