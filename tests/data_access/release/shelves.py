"""A few small snapshots, put out as releases, and what then lies on the shelf."""

from datetime import date
from pathlib import Path

import duckdb

from data_access.access.query import Query
from data_access.keys import key
from data_access.owner import OwnerSettings
from data_access.release import shelf
from data_access.release.manifest import DATABASE, ReleaseManifest
from data_access.release.publish import publish
from tests import world as worlds
from tests.world import EARLY, MIDDLE, World, cube, deliver

FEW = worlds.persons(800, day=EARLY, seed=41)
MORE = worlds.moved_on(FEW, day=MIDDLE)
CORRECTED = worlds.moved_on(FEW, day=EARLY, seed=43)
QUESTION = Query("pegawai", by=("jenis_kelamin", "umur_5"))
SECOND = date(2022, 12, 31)


def put_out(world: World, *parts: tuple[date, object], folder: Path, reason: str = "uji") -> str:
    deliveries = [deliver(folder / f"{i}-{day}", cube(people), day) for i, (day, people) in enumerate(parts)]  # type: ignore[arg-type]
    made = publish(deliveries, by="tim-data", settings=world.settings, accept_warnings=reason)
    return made.manifest.id


def cells(settings: OwnerSettings, release: str, day: date) -> list[tuple[object, ...]]:
    """All cells of one date, by the names of their combinations."""
    with duckdb.connect(str(settings.releases / release / DATABASE), read_only=True) as connection:
        return connection.execute(
            "SELECT levels, cells.* EXCLUDE (combination) FROM cells JOIN combinations ON id = combination "
            "AND combinations.period = cells.period WHERE cells.period = ? ORDER BY ALL",
            [day],
        ).fetchall()


def listed(settings: OwnerSettings) -> tuple[list[ReleaseManifest], str]:
    shelved = shelf.listed(settings.releases, key(settings.keys, "manifest"))
    assert shelved.damaged == ()
    return list(shelved.sound), shelved.current


def days(world: World) -> list[date]:
    current = shelf.current(world.settings.releases).name
    found, name = listed(world.settings)
    assert name == current
    return [s.reference_date for m in found if m.id == name for s in m.snapshots]
