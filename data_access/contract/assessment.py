"""Bands and weights of the indices as data: `kode/ambang.csv` and `kode/bobot.csv`, a line per rule with its law and years.

A score lies in the first band whose lower bound it passes, so that 90.5 is above 90 and no score falls between two bands
that the regulation prints as 81-90 and 91-100. `sure` is False where the figures are not confirmed from the regulation.
"""

import csv
from functools import lru_cache
from pathlib import Path
from typing import Any

from data_access.contract.model import Label, Value

BANDS = Path(__file__).parent / "kode" / "ambang.csv"
WEIGHTS = Path(__file__).parent / "kode" / "bobot.csv"
BREAK_RB = 2023  # Permen PANRB 3/2023: general and thematic reform; earlier years do not compare


class Rule(Value):
    """What holds for an index from a year to a year, by which law."""

    index: str
    since: int
    until: int | None
    source: str
    sure: bool

    def in_force(self, year: int) -> bool:
        return self.since <= year <= (self.until or year)


class Band(Rule):
    """A band: scores above `low` (from it on where `closed`) up to `high`."""

    code: str
    low: float
    closed: bool
    high: float

    def reaches(self, score: float) -> bool:
        return score > self.low or (self.closed and score == self.low)


class Weight(Rule):
    """A component of an index and its weight in per cent (None: the regulation gives points, or it is not confirmed)."""

    label: Label
    weight: float | None


def bands(index: str, year: int) -> tuple[Band, ...]:
    """The bands of an index in force in a year, the highest first; empty before the index was there."""
    return tuple(band for band in _all_bands() if band.index == index and band.in_force(year))


def weights(index: str, year: int) -> tuple[Weight, ...]:
    """The components of an index in force in a year, in the order of the regulation."""
    return tuple(weight for weight in _all_weights() if weight.index == index and weight.in_force(year))


def band_of(index: str, year: int, score: float) -> str:
    """The code of the band of a score; KeyError where none was in force or the score lies below all of them."""
    for band in bands(index, year):
        if band.reaches(score):
            return band.code
    raise KeyError(f"no band of {index} in {year} for {score}")


@lru_cache(maxsize=1)
def _all_bands() -> tuple[Band, ...]:
    return tuple(
        Band(
            **_rule(row),
            code=row["predikat"],
            low=float(row["bawah"]),
            closed=row["termasuk"] == "ya",
            high=float(row["atas"]),
        )
        for row in _rows(BANDS)
    )


@lru_cache(maxsize=1)
def _all_weights() -> tuple[Weight, ...]:
    return tuple(
        Weight(
            **_rule(row),
            label=Label(id=row["id"], en=row["en"]),
            weight=float(row["bobot"]) if row["bobot"] else None,
        )
        for row in _rows(WEIGHTS)
    )


def _rule(row: dict[str, str]) -> dict[str, Any]:
    return {
        "index": row["indeks"],
        "since": int(row["sejak"]),
        "until": int(row["sampai"]) if row["sampai"] else None,
        "source": row["dasar"],
        "sure": row["pasti"] == "ya",
    }


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))
