"""Runs `python -m data_access …` in this process against a world of its own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from data_access.__main__ import main
from data_access.owner import owner
from data_access.settings import settings
from data_access.state import engine
from tests.ui_world import forget, served
from tests.world import World, copied


@dataclass(frozen=True)
class Outcome:
    """Exit code, standard output and standard error of one command."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture(scope="session")
def command_world(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A copy for the commands that only ask: they leave audit records behind, nothing else."""
    made = copied(world, tmp_path_factory.mktemp("commands") / "var")
    yield made
    engine(made.settings.state).dispose()


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def once(*arguments: object, language: str = "id") -> Outcome:
        monkeypatch.setattr("sys.argv", ["data_access", *(str(argument) for argument in arguments)])
        monkeypatch.setenv("COLUMNS", "250")
        monkeypatch.setenv("ASN_LANGUAGE", language)
        settings.cache_clear()
        owner.cache_clear()
        capsys.readouterr()
        code = main()
        return Outcome(code, *capsys.readouterr())

    return once


@pytest.fixture
def stage(command_world: World) -> Iterator[World]:
    with served(command_world):
        yield command_world


@pytest.fixture
def own_stage(own_world: World) -> Iterator[World]:
    with served(own_world):
        yield own_world


@pytest.fixture
def bare_stage(bare_world: World) -> Iterator[World]:
    with served(bare_world):
        yield bare_world


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    yield
    forget()
