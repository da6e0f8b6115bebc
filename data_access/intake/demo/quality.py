"""Made-up findings about the records behind a demo delivery: shares that differ by agency and slowly improve."""

import zlib
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np
import polars as pl
import yaml
from pydantic import Field

from data_access.contract.model import Value
from data_access.intake.demo.arrays import Floats, dataset

FILE = Path(__file__).with_name("quality.yaml")
SEED = 20_251_101
WORST = 0.6


class Share(Value):
    """The national share of failing records on the first and the last date, and the statuses that are examined (none: all)."""

    first: float
    last: float
    among: tuple[str, ...] = ()


class Findings(Value):
    spread: float
    shares: dict[str, Share]
    waves: dict[str, dict[str, float]] = Field(default_factory=dict)


@lru_cache(maxsize=1)
def made_up() -> Findings:
    return Findings.model_validate(yaml.safe_load(FILE.read_text("utf-8")))


def findings(cube: pl.DataFrame, day: date, dates: Sequence[date]) -> pl.DataFrame:
    """Columns `instansi`, `indikator`, `jumlah` (failing), `dasar` (examined), as the aggregation of real exports writes them.

    `dates` are all dates of the demo, in order; the same bytes for the same cube and day.
    """
    frames = [_counted(cube, key, day, dates) for key in made_up().shares]
    return pl.concat(frames).sort("instansi", "indikator")


def _counted(cube: pl.DataFrame, key: str, day: date, dates: Sequence[date]) -> pl.DataFrame:
    share = made_up().shares[key]
    examined = cube.filter(pl.col("status").is_in(share.among)) if share.among else cube
    bases = examined.group_by("instansi").agg(pl.col(dataset().measure).sum().alias("dasar")).sort("instansi")
    national = share.first * (share.last / share.first) ** (list(dates).index(day) / max(len(dates) - 1, 1))
    national *= made_up().waves.get(day.isoformat(), {}).get(key, 1.0)
    draw = np.random.default_rng([SEED, zlib.crc32(key.encode()), day.toordinal()])
    expected = np.minimum(national * _carefulness(bases["instansi"], key), WORST)
    failing = draw.binomial(bases["dasar"].to_numpy(), expected)
    return bases.select(
        "instansi",
        pl.lit(key).alias("indikator"),
        pl.Series("jumlah", failing, dtype=pl.Int64),
        pl.col("dasar").cast(pl.Int64),
    )


def _carefulness(agencies: pl.Series, key: str) -> Floats:
    """A factor around 1 for each agency: partly its own for all indicators, partly one for this indicator, on every date."""
    spread = made_up().spread / np.sqrt(2)
    own = np.array([_normal(code) for code in agencies]) + np.array([_normal(f"{code}/{key}") for code in agencies])
    return np.asarray(np.exp(spread * own - spread**2), dtype=np.float64)


@lru_cache(maxsize=16_384)
def _normal(name: str) -> float:
    """The same draw from the normal distribution for the same name, whoever else is drawn."""
    return float(np.random.default_rng([SEED, zlib.crc32(name.encode())]).standard_normal())
