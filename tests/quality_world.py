"""Puts quality figures into the served release of a world: made by the product's own functions, signed like the rest."""

from collections.abc import Collection, Mapping
from datetime import date

import numpy as np
import polars as pl

from data_access.keys import key
from data_access.owner import OwnerSettings
from data_access.release import manifest as manifests
from data_access.release import quality, quality_file, shelf
from data_access.release.indicators import indicators
from data_access.release.quality_cube import COUNTED
from tests import world as worlds
from tests.world import World

NONE_DELIVERED = pl.DataFrame(schema=COUNTED)
SECRET = b"q" * 32


def found(people: pl.DataFrame, *, share: float = 0.02, seed: int = 1) -> pl.DataFrame:
    """Made-up counts of the owner's aggregation: some records of each agency fail each indicator."""
    draw = np.random.default_rng(seed)
    bases = (
        people.group_by("instansi", maintain_order=True).agg(pl.len().cast(pl.Int64).alias("dasar")).sort("instansi")
    )
    frames = [
        bases.select(
            "instansi",
            pl.lit(name).alias("indikator"),
            pl.Series("jumlah", draw.binomial(bases["dasar"].to_numpy(), share), dtype=pl.Int64),
            "dasar",
        )
        for name in indicators().keys("kiriman")
    ]
    return pl.concat(frames)


def figures(cube: pl.DataFrame, delivered: pl.DataFrame, day: date, *, secret: bytes = SECRET) -> pl.DataFrame:
    """The figures of one snapshot, as publishing makes them."""
    return quality.measured(worlds.dataset(), cube, delivered, day, secret=secret)


def measured(
    people: Mapping[date, pl.DataFrame], delivered: Mapping[date, pl.DataFrame], *, secret: bytes = SECRET
) -> pl.DataFrame:
    """The figures of all snapshots of a world."""
    frames = [
        figures(worlds.cube(rows), delivered.get(day, NONE_DELIVERED), day, secret=secret)
        for day, rows in people.items()
    ]
    return quality_file.carried(quality_file.nothing(), frames, list(people))


def lay(settings: OwnerSettings, frame: pl.DataFrame) -> str:
    """Writes the figures into the release being served and signs its manifest anew; the SHA-256 of the file."""
    folder, secret = shelf.current(settings.releases), key(settings.keys, "manifest")
    digest = quality_file.write(folder, frame)
    manifest = manifests.read(folder, secret)
    manifests.write(folder, manifest.model_copy(update={"quality": digest}).signed(secret))
    return digest


def without_quality(world: World) -> World:
    """The world as if its release had been made before quality was measured."""
    folder, secret = shelf.current(world.settings.releases), key(world.settings.keys, "manifest")
    (folder / quality_file.NAME).unlink(missing_ok=True)
    manifest = manifests.read(folder, secret)
    manifests.write(folder, manifest.model_copy(update={"quality": ""}).signed(secret))
    return world


def with_quality(world: World, *, share: float = 0.02, without: Collection[date] = ()) -> World:
    """The world with figures of every indicator on every date; fewer records fail on later dates.

    Of the dates `without`, the owner delivered no counts.
    """
    counts = {day: found(rows, share=share / (1 + i), seed=i) for i, (day, rows) in enumerate(world.people.items())}
    delivered = {day: rows for day, rows in counts.items() if day not in without}
    lay(world.settings, measured(world.people, delivered))
    return world
