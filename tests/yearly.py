"""Posts and indices of the example data published into a world, with the rows that were delivered as the truth."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl

from data_access.intake.demo import write_assessments, write_posts
from data_access.release.publish import publish
from tests.world import World

EARLIER, LATER = date(2022, 12, 31), date(2024, 12, 31)
Delivered = Mapping[tuple[str, date], pl.DataFrame]


def publish_yearly(world: World, folder: Path) -> Delivered:
    """The rows by dataset and date of what was published: posts and indices of two years, in one release."""
    folders = [
        *write_posts(folder, dates=(EARLIER, LATER)),
        *write_assessments(folder, dates=(EARLIER, LATER)),
    ]
    publish(folders, by="uji", settings=world.settings, accept_warnings="ada jeda antara tahun")
    names = [("formasi", EARLIER), ("formasi", LATER), ("indeks", EARLIER), ("indeks", LATER)]
    return {
        name: pl.read_parquet(delivered / f"{name[0]}.parquet") for name, delivered in zip(names, folders, strict=True)
    }
