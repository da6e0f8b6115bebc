"""Writes the demo deliveries of posts and indices in the canonical form: one folder per dataset and year."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import polars as pl

from data_access.contract import Dataset, contract
from data_access.intake.demo import assessments, posts
from data_access.intake.demo.arrays import Columns, Ints
from data_access.intake.demo.delivery import Progress, write_delivery

POSTS = tuple(date(year, 12, 31) for year in posts.posts().years)
ASSESSMENTS = tuple(date(year, 12, 31) for year in assessments.assessments().years)


def write_posts(folder: Path, *, progress: Progress | None = None, dates: Sequence[date] = POSTS) -> list[Path]:
    """The folders of the deliveries of posts written under `folder`, in the order of `dates` (some of POSTS).

    Each holds `formasi.parquet`: one Utf8 column of codes per delivered level and `jumlah`, one row per cell. Exact cells
    need no record keys. The same bytes of data each run.
    """
    return _written(folder, posts.DATASET, dates, posts.cells, progress)


def write_assessments(
    folder: Path, *, progress: Progress | None = None, dates: Sequence[date] = ASSESSMENTS
) -> list[Path]:
    """As `write_posts`, for the indices: `indeks.parquet`, some of ASSESSMENTS."""
    return _written(folder, assessments.DATASET, dates, assessments.cells, progress)


def _written(
    folder: Path,
    name: str,
    dates: Sequence[date],
    cells: Callable[[int], tuple[Columns, Ints]],
    progress: Progress | None,
) -> list[Path]:
    described, written = contract().datasets[name], []
    for number, day in enumerate(dates):
        if progress is not None:
            progress(f"{name}-{day.isoformat()}", number / len(dates))
        frame, since = _frame(described, *cells(day.year)), date(day.year - 1, 12, 31)
        written.append(write_delivery(folder, described, day, frame=frame, since=since))
    return written


def _frame(described: Dataset, columns: Columns, counts: Ints) -> pl.DataFrame:
    """Places of codes become codes; like cells become one, in the order of the code lists."""
    places = pl.DataFrame({level.name: columns[level.name] for level in described.delivered} | {"jumlah": counts})
    names = [level.name for level in described.delivered]
    summed = places.group_by(names).agg(pl.col("jumlah").sum()).sort(names)
    texts = [
        pl.Series(level.name, [code.code for code in level.codes], dtype=pl.String).gather(summed[level.name])
        for level in described.delivered
    ]
    return pl.DataFrame([*texts, summed["jumlah"]])
