"""The quality of a snapshot as it may be stored: shares of failing records per agency and for the nation.

Every count has the noise of all cells before anything else happens to it, the nation's own as well: it is never a sum of
agencies. A count below the threshold looks like zero; a larger one is rounded before it becomes a share; where fewer than
that pass, all are said to fail. So no share, and no difference of shares, leads back to a count of a few persons.
"""

from datetime import date

import polars as pl

from data_access.contract import Dataset
from data_access.release import quality_cube
from data_access.release.policy import POLICY
from data_access.release.ptable import changes, perturbed, ptable
from data_access.release.quality_file import SCHEMA, SHOWN, SUPPRESSED
from data_access.release.record_keys import key_of_count

NATION = ""
BASE = "dasar"


def measured(
    dataset: Dataset, cube: pl.DataFrame, delivered: pl.DataFrame, day: date, *, secret: bytes
) -> pl.DataFrame:
    """The rows of one snapshot for `quality.parquet` (see `quality_file.SCHEMA`).

    `cube` is the raw snapshot: delivered levels, the measure and `kunci`. `delivered` are the counts of the owner's
    aggregation as `quality_delivery.delivered` reads them, without a row where there are none; `secret` is the record key.
    """
    public = dataset.public.all
    cells = quality_cube.counted(dataset, cube, day)
    counts = pl.concat(
        [
            cells.with_columns(exact=pl.lit(("instansi",) in public)),
            _national(cells).with_columns(exact=pl.lit(() in public)),
            *(
                keyed(found, secret).with_columns(exact=pl.lit(value=False))
                for found in (delivered, _national(delivered))
            ),
        ]
    )
    return protected(noisy(counts.filter(pl.col("dasar") > 0)), day).sort("periode", "instansi", "indikator")


def noisy(counts: pl.DataFrame) -> pl.DataFrame:
    """Columns as in `quality_cube.KEYED`, and `exact`: `jumlah` with its noise, and `dasar` unless it is official.

    A `dasar` below the threshold is not stored; noise must not lift it above.
    """
    table = changes(ptable())
    failing, base = (
        pl.Series(perturbed(counts[count].to_numpy(), counts[key].to_numpy(), table), dtype=pl.Int64)
        for count, key in (("jumlah", "kunci"), ("dasar", "kunci_dasar"))
    )
    as_it_is = pl.col("exact") | (pl.col("dasar") < POLICY.threshold)
    return counts.with_columns(jumlah=failing, dasar=pl.when(as_it_is).then("dasar").otherwise(base))


def protected(counts: pl.DataFrame, day: date) -> pl.DataFrame:
    """Shares from noisy counts. `exact` marks a `dasar` that is an official total and may be stored as it is."""
    failing, base = pl.col("jumlah"), pl.col("dasar")
    # Of fewer examined than the threshold, more may fail by the noise alone.
    hidden = (failing < POLICY.threshold) | (base < POLICY.threshold)
    all_fail = base - failing < POLICY.threshold
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
    summed = counts.group_by("indikator").agg(pl.exclude("instansi").sum())
    return summed.select(pl.lit(NATION).alias("instansi"), pl.all()).select(counts.columns)


def keyed(found: pl.DataFrame, secret: bytes) -> pl.DataFrame:
    """Keys for counts that come without any. The same records are examined for several indicators: one noise for all."""
    rows = found.select("instansi", "indikator", "jumlah", "dasar").iter_rows()
    keys = [
        (key_of_count(secret, agency, indicator, count=failing), key_of_count(secret, agency, BASE, count=base))
        for agency, indicator, failing, base in rows
    ]
    return found.hstack(pl.DataFrame(keys, {"kunci": pl.Int64, "kunci_dasar": pl.Int64}, orient="row"))


def _rounded(column: pl.Expr) -> pl.Expr:
    base = POLICY.rounding
    return (column + base // 2) // base * base
