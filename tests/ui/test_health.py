"""What the server tells whoever watches it: that it runs, whether it can answer, and nothing else."""

from collections.abc import Callable, Iterator

import pytest
from starlette.applications import Starlette

from data_access.state import engine
from tests.asgi import Answer, asked
from tests.ui_world import damage, forget, served
from tests.world import World
from ui import health


@pytest.fixture
def stage(own_world: World) -> Iterator[World]:
    with served(own_world) as made:
        yield made


def answers(monkeypatch: pytest.MonkeyPatch) -> tuple[Answer, Answer]:
    monkeypatch.setattr(health, "READINESS", health.Readiness())
    app = Starlette(routes=health.ROUTES)
    return asked(app, "/healthz"), asked(app, "/readyz")


def no_state(world: World) -> None:
    engine(world.settings.state).dispose()
    (world.settings.var / "state.db").write_bytes(b"no database at all" * 100)


def no_agreement(world: World) -> None:
    world.settings.agreement.unlink()


def agreement_that_is_none(world: World) -> None:
    world.settings.agreement.write_text("agreement: [", "utf-8")


def no_release(world: World) -> None:
    (world.settings.releases / "current").unlink()


def test_a_sound_server_runs_and_is_ready(stage: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [(one.status, one.body) for one in answers(monkeypatch)] == [(204, b""), (204, b"")]


@pytest.mark.parametrize("harm", [no_state, no_agreement, agreement_that_is_none, no_release, damage])
def test_what_cannot_answer_is_not_ready_and_says_no_more(
    stage: World, monkeypatch: pytest.MonkeyPatch, harm: Callable[[World], None]
) -> None:
    harm(stage)
    forget()
    alive, ready = answers(monkeypatch)
    assert (alive.status, ready.status, ready.body) == (204, 503, b"")
    assert not any(
        letter.isdigit() for name, value in ready.headers.items() if name != "content-length" for letter in value
    )


def test_asking_often_looks_once(stage: World, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []

    def look() -> bool:
        looked.append(1)
        return True

    monkeypatch.setattr(health, "ready", look)
    readiness = health.Readiness()
    assert [readiness.now() for _turn in range(5)] == [True] * 5
    assert looked == [1]
