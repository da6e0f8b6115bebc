"""The quality of a snapshot as it may be stored: shares of failing records per agency and for the nation.

A count below the threshold looks like zero; a larger one is rounded before it becomes a share; where fewer than that pass,
all are said to fail. So no share leads back to a count of a few persons.
"""

from datetime import date

import polars as pl

from data_access.contract import Dataset
from data_access.release import quality_cube
from data_access.release.policy import POLICY
from data_access.release.quality_file import SCHEMA, SHOWN, SUPPRESSED

NATION = ""


def measured(dataset: Dataset, cube: pl.DataFrame, delivered: pl.DataFrame, day: date) -> pl.DataFrame:
    """The rows of one snapshot for `quality.parquet` (see `quality_file.SCHEMA`).

    `cube` is the raw snapshot: delivered levels and the measure. `delivered` are the counts of the owner's aggregation as
    `quality_delivery.delivered` reads them, without a row where there are none.
    """
    public = dataset.public.all
    cells = quality_cube.counted(dataset, cube, day)
    counts = pl.concat(
        [
            cells.with_columns(exact=pl.lit(("instansi",) in public)),
            _national(cells).with_columns(exact=pl.lit(() in public)),
            delivered.with_columns(exact=pl.lit(value=False)),
            _national(delivered).with_columns(exact=pl.lit(value=False)),
        ]
    )
    return protected(counts.filter(pl.col("dasar") > 0), day).sort("periode", "instansi", "indikator")


def protected(counts: pl.DataFrame, day: date) -> pl.DataFrame:
    """Shares from counts. `exact` marks a `dasar` that is an official total and may be stored as it is."""
    failing, base = pl.col("jumlah"), pl.col("dasar")
    hidden, all_fail = failing < POLICY.threshold, base - failing < POLICY.threshold
    shown_base = pl.when("exact").then(base).when(base >= POLICY.threshold).then(_rounded(base))
    share = pl.when(hidden).then(None).when(all_fail).then(1.0).otherwise(_rounded(failing) / shown_base)
    return counts.select(
        pl.lit(day).alias("periode"),
        "instansi",
        "indikator",
        share.clip(0.0, 1.0).alias("nilai"),
        shown_base.alias("dasar"),
        pl.when(hidden).then(pl.lit(SUPPRESSED)).otherwise(pl.lit(SHOWN)).alias("keadaan"),
    ).cast(SCHEMA)  # type: ignore[arg-type]


def _national(counts: pl.DataFrame) -> pl.DataFrame:
    summed = counts.group_by("indikator").agg(pl.col("jumlah").sum(), pl.col("dasar").sum())
    return summed.select(pl.lit(NATION).alias("instansi"), "indikator", "jumlah", "dasar")


def _rounded(column: pl.Expr) -> pl.Expr:
    base = POLICY.rounding
    return (column + base // 2) // base * base
