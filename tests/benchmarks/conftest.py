"""What the measurements share: a private place of work with keys, agreement and one account per measured role."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from data_access.folders import private_folder
from data_access.governance import accounts, agreement
from data_access.governance.audit import Event
from data_access.intake.demo import write_deliveries, write_movements
from data_access.keys import key, make_keys
from data_access.release.publish import publish
from data_access.settings import Settings
from data_access.state import engine, upgrade
from tests.world import World, empty_world, own_passwords, pledge

ROLES = (
    ("analis", None),
    ("pimpinan", None),
    ("analis_wilayah", ["33", "34"]),
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings of an empty place of work for all measurements of a file."""
    yield from _made(tmp_path_factory.mktemp("bench"))


@pytest.fixture
def own_place(tmp_path: Path) -> Iterator[Settings]:
    """Settings of an empty place of work for one measurement."""
    yield from _made(tmp_path / "bench")


def _made(var: Path) -> Iterator[Settings]:
    """The place; removed afterwards, for it holds gigabytes."""
    settings = Settings(var=var, second_factor="off")
    private_folder(var)
    make_keys(settings.keys)
    upgrade(engine(settings.state))
    shutil.copyfile(agreement.EXAMPLE, settings.agreement)
    for role, provinces in ROLES:
        accounts.add(
            engine(settings.state),
            key(settings.keys, "audit"),
            Event(action="account-add", decision="allowed"),
            name=role.replace("_", "-"),
            full_name=role,
            role=role,
            party="kesatu",
            password="ukuran-kinerja-42",
            provinces=provinces,
            cost=4,
        )
        pledge(settings, role.replace("_", "-"))
    own_passwords(settings)
    yield settings
    shutil.rmtree(var)


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The whole example, published."""
    folder = tmp_path_factory.mktemp("bench")
    made = empty_world(folder / "var")
    deliveries = [*write_deliveries(folder / "kiriman"), *write_movements(folder / "kiriman")]
    publish(deliveries, by="bench", settings=made.settings, accept_warnings="bench")
    yield made
    engine(made.settings.state).dispose()
