"""The shared world, served to this process."""

from collections.abc import Iterator

import pytest

from tests.ui_world import served
from tests.world import World


@pytest.fixture
def stage(world: World) -> Iterator[World]:
    with served(world):
        yield world


@pytest.fixture
def own_stage(own_world: World) -> Iterator[World]:
    with served(own_world):
        yield own_world
