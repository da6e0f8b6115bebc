"""One server and one Chromium for all journeys; both end with their module, for Playwright allows one at a time."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from data_access.state import engine
from tests.browser.server import Visitor, chromium, started, visitor
from tests.world import World, copied


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def served_world(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = copied(world, tmp_path_factory.mktemp("browser") / "var")
    yield made
    engine(made.settings.state).dispose()


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("server") / "server.log"


@pytest.fixture(scope="module")
def base(browser: Browser, served_world: World, log: Path) -> Iterator[str]:
    with started(served_world, log) as address:
        yield address


@pytest.fixture
def arrive(browser: Browser, base: str) -> Iterator[Callable[..., Visitor]]:
    """Makes visitors; at the end none of them may have met an error or left this machine."""
    with ExitStack() as stack:
        made: list[Visitor] = []

        def one(**options: Any) -> Visitor:
            made.append(stack.enter_context(visitor(browser, base, **options)))
            return made[-1]

        yield one
        for person in made:
            assert person.other_hosts() == []
            assert person.complaints == []
