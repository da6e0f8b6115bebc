"""Writes made-up SIASN exports of any size, for tests and measurements: nobody in them exists, and every name says so.

`python -m data_access.intake.microdata.made_up FILE PERSONS [DAY]` writes one by hand.
"""

import sys
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np
import polars as pl
import yaml

from data_access.contract.model import Value
from data_access.intake.microdata.made_up_dirt import BROKEN_LETTER, cut, soiled
from data_access.intake.microdata.made_up_rows import BATCH, Shares, drawn

FILE = Path(__file__).with_name("made_up.yaml")
BOM = b"\xef\xbb\xbf"
EXAMPLE_DAY = date(2025, 6, 30)


class MadeUp(Value):
    header: tuple[str, ...]
    apostrophes: tuple[str, ...]
    shares: Shares
    civil_positions: dict[str, float]
    inactive_positions: dict[str, float]
    education: dict[str, float]
    civil_grades: dict[str, float]
    contract_grades: dict[str, float]
    positions: tuple[tuple[str, str, str, float], ...]

    @property
    def tables(self) -> dict[str, dict[str, float]]:
        """Code -> share, of everything that is drawn from a simple list."""
        names = ("civil_positions", "inactive_positions", "education", "civil_grades", "contract_grades")
        return {name: getattr(self, name) for name in names}


@lru_cache(maxsize=1)
def made_up() -> MadeUp:
    return MadeUp.model_validate(yaml.safe_load(FILE.read_text("utf-8")))


def write_export(file: Path, *, persons: int, day: date, seed: int, dirt: float = 0.0) -> None:
    """Writes `persons` rows as SIASN does: BOM, pipes, no quoting, apostrophes, a heading that comes twice.

    The same arguments write the same bytes. `dirt` is the share of rows in which one thing is wrong.
    """
    with file.open("wb") as handle:
        handle.write(BOM + "|".join(made_up().header).encode() + b"\n")
        for lines in _lines(persons, day=day, seed=seed, dirt=dirt):
            handle.write(lines)


def _lines(persons: int, *, day: date, seed: int, dirt: float) -> Iterator[bytes]:
    batches = -(-persons // BATCH)
    for batch in range(batches):
        size = min(BATCH, persons - batch * BATCH)
        draw = np.random.default_rng([seed, batch])
        rows = drawn(
            draw, made_up().shares, made_up().tables, made_up().positions, size=size, day=day, batch=(batch, batches)
        )
        if dirt:
            rows = soiled(draw, rows, share=dirt)
        text = "\n".join(cut(_text(rows), rows)) + "\n"
        yield text.encode().replace(BROKEN_LETTER.encode(), b"\xe9")  # an é of Windows-1252


def _text(rows: pl.DataFrame) -> pl.Series:
    cells = [
        pl.lit("'") + pl.col(name) if name in made_up().apostrophes and name in rows.columns else _cell(name, rows)
        for name in made_up().header
    ]
    return rows.select(pl.concat_str(cells, separator="|").alias("text")).to_series()


def _cell(name: str, rows: pl.DataFrame) -> pl.Expr:
    return pl.col(name) if name in rows.columns else pl.lit("")


if __name__ == "__main__":
    target, count, *day = sys.argv[1:]
    write_export(
        Path(target), persons=int(count), day=date.fromisoformat(day[0]) if day else EXAMPLE_DAY, seed=1, dirt=0.0005
    )
