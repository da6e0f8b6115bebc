"""The demo deliveries as the tests of this folder read them, and a count of persons."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from data_access.contract import contract

FILE = "pegawai.parquet"
DATASET = contract().datasets["pegawai"]
SIDES = {"PNS": "pns", "CPNS": "pns", "PPPK": "pppk", "PPPK-PW": "pppk"}


@dataclass(frozen=True)
class Written:
    """The folders written, their frames with coarser levels and the side of the status, and what progress told."""

    folders: dict[date, Path]
    frames: dict[date, pl.DataFrame]
    progress: list[tuple[str, float]]


def with_coarser_levels(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with one column more for every level that is not delivered, and `sisi`: pns or pppk."""
    coarser = [
        pl.col(DATASET.carrier(name).name).replace_strict(DATASET.mapping(DATASET.carrier(name).name, name)).alias(name)
        for name, level in DATASET.levels.items()
        if not level.delivered
    ]
    return frame.with_columns(*coarser, pl.col("status").replace_strict(SIDES).alias("sisi"))


def persons(frame: pl.DataFrame, **groups: str | list[str]) -> int:
    """The persons whose codes are among those named for every level."""
    rows = [pl.col(level).is_in([codes] if isinstance(codes, str) else codes) for level, codes in groups.items()]
    return int(frame.filter(pl.all_horizontal(rows or [pl.lit(True)]))["jumlah"].sum())
