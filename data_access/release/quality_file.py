"""The quality figures of a release: one Parquet file in its folder, whose hash stands in the signed manifest."""

import hashlib
import hmac
from collections.abc import Collection, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path

import polars as pl

from data_access.errors import Damaged
from data_access.intake.manifest import sha256
from data_access.words import mark as _

NAME = "quality.parquet"
SHOWN, SUPPRESSED = "shown", "suppressed"
# periode: reference date. instansi: code, "" for the nation. nilai: share of failing records, null if suppressed.
# dasar: records examined, exact only where that is an official total; null where it is small. keadaan: shown, suppressed.
SCHEMA = {
    "periode": pl.Date,
    "instansi": pl.String,
    "indikator": pl.String,
    "nilai": pl.Float64,
    "dasar": pl.Int64,
    "keadaan": pl.String,
}


def nothing() -> pl.DataFrame:
    """What a release has that was made before quality was measured."""
    return pl.DataFrame(schema=SCHEMA)


def carried(earlier: pl.DataFrame, new: Sequence[pl.DataFrame], days: Collection[date]) -> pl.DataFrame:
    """The rows of the release before, with those of `days` replaced by `new`: one frame for each day, in the same order.

    Of two frames for one day the later one counts, as for snapshots.
    """
    latest = dict(zip(days, new, strict=True))
    kept = earlier.filter(~pl.col("periode").is_in(list(latest)))
    return pl.concat([kept, *latest.values()]).sort("periode", "instansi", "indikator")


def write(folder: Path, frame: pl.DataFrame) -> str:
    """Writes the file into the folder of a release being built; its SHA-256, for the manifest."""
    frame.select(*SCHEMA).write_parquet(folder / NAME)
    return sha256(folder / NAME)


def read(folder: Path, digest: str) -> pl.DataFrame:
    """The figures of a release whose verified manifest names this hash; no rows for an older release, which names none.

    Damaged if the file is missing, altered or of another shape. The very bytes that were hashed are read.
    """
    if not digest:
        return nothing()
    try:
        content = (folder / NAME).read_bytes()
        if not hmac.compare_digest(hashlib.sha256(content).hexdigest(), digest):
            raise _damaged(folder.name)
        frame = pl.read_parquet(BytesIO(content))
    except (OSError, pl.exceptions.PolarsError) as error:
        raise _damaged(folder.name) from error
    if frame.schema != SCHEMA:
        raise _damaged(folder.name)
    return frame


def _damaged(release: str) -> Damaged:
    template = _("Berkas mutu rilis {release} rusak atau tidak cocok dengan tanda tangannya. Hubungi tim data.")
    return Damaged("quality-damaged", template, release=release)
