"""Writes the demo deliveries in the canonical form: one folder per reference date, Parquet and manifest."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import polars as pl

from data_access.intake.demo.arrays import Columns, Ints, dataset
from data_access.intake.demo.drawing import draw
from data_access.intake.demo.keys import key_sums
from data_access.intake.demo.quality import findings
from data_access.intake.demo.simulation import cells, simulate
from data_access.intake.manifest import NAME, Manifest, sha256, write_manifest

DATES = (
    date(2022, 6, 30),
    date(2022, 12, 31),
    date(2023, 6, 30),
    date(2023, 12, 31),
    date(2024, 7, 1),
    date(2024, 12, 31),
    date(2025, 6, 30),
    date(2025, 11, 1),
)
FILE, QUALITY = "pegawai.parquet", "mutu.parquet"
# Share of the work that is done once all cohorts are drawn and calibrated.
PREPARED = 0.3

Progress = Callable[[str, float], None]


def write_deliveries(folder: Path, *, progress: Progress | None = None, dates: Sequence[date] = DATES) -> list[Path]:
    """The folders of the deliveries written under `folder`, in the order of `dates` (some of DATES).

    Each holds `pegawai.parquet`: one Utf8 column of codes per delivered level, `jumlah` (persons, > 0) and `kunci` (sum
    of their record keys), one row per cell, and `mutu.parquet`: made-up findings about the records behind it. The same bytes
    of data each run, whichever dates are asked for.
    `progress` is told the name of each delivery and the share of the work done. ValueError for other dates.
    """
    unknown = sorted(day.isoformat() for day in set(dates) - set(DATES))
    if unknown:
        raise ValueError(f"no published margins for {', '.join(unknown)}")
    simulation = simulate(draw(), DATES)
    written = []
    for number, day in enumerate(dates):
        _tell(progress, _name(day), PREPARED + (1 - PREPARED) * number / len(dates))
        written.append(_write(folder / _name(day), day, frame=_frame(*cells(simulation, day))))
    _tell(progress, "", 1.0)
    return written


def _name(day: date) -> str:
    return f"{dataset().name}-{day.isoformat()}"


def _tell(progress: Progress | None, name: str, share: float) -> None:
    if progress is not None:
        progress(name, share)


def _frame(columns: Columns, persons: Ints) -> pl.DataFrame:
    """Places of codes become codes, and every cell gets the sum of its record keys."""
    texts = [
        pl.Series(level.name, [code.code for code in level.codes], dtype=pl.String).gather(columns[level.name])
        for level in dataset().delivered
    ]
    return pl.DataFrame([*texts, pl.Series(dataset().measure, persons), pl.Series("kunci", key_sums(columns, persons))])


def _write(folder: Path, day: date, *, frame: pl.DataFrame) -> Path:
    """The manifest of an earlier run goes first, so that a delivery with a manifest is always whole."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / NAME).unlink(missing_ok=True)
    frame.write_parquet(folder / FILE)
    findings(frame, day, DATES).write_parquet(folder / QUALITY)
    manifest = Manifest(
        dataset=dataset().name,
        reference_date=day,
        owner=dataset().owner,
        contract=dataset().version,
        active=dataset().active.id,
        rows=frame.height,
        total=int(frame[dataset().measure].sum()),
        example=True,
        files={FILE: sha256(folder / FILE)},
        quality={QUALITY: sha256(folder / QUALITY)},
    )
    write_manifest(folder, manifest)
    return folder
