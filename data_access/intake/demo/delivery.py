"""Writes the demo deliveries in the canonical form: one folder per reference date, Parquet and manifest."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import polars as pl

from data_access.contract import Dataset, contract
from data_access.intake.demo.arrays import Columns, Ints, dataset
from data_access.intake.demo.keys import key_sums
from data_access.intake.demo.movements import movements
from data_access.intake.demo.quality import findings
from data_access.intake.demo.simulation import cells, simulated
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
QUALITY = "mutu.parquet"
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
    simulation = simulated(DATES)
    written = []
    for number, day in enumerate(dates):
        _tell(progress, _name(dataset(), day), PREPARED + (1 - PREPARED) * number / len(dates))
        frame = _frame(dataset(), *cells(simulation, day))
        written.append(write_delivery(folder, dataset(), day, frame=frame, found=findings(frame, day, DATES)))
    _tell(progress, "", 1.0)
    return written


def write_movements(folder: Path, *, progress: Progress | None = None, dates: Sequence[date] = DATES[1:]) -> list[Path]:
    """As `write_deliveries`, for what happened in the periods that end with `dates`: `arus.parquet`, and no findings.

    A period begins after the date before in DATES; ValueError for a date that has none before it.
    """
    described = contract().datasets["arus"]
    if set(dates) - set(DATES[1:]):
        raise ValueError("no period ends with one of these dates")
    written = []
    for number, day in enumerate(dates):
        _tell(progress, _name(described, day), PREPARED + (1 - PREPARED) * number / len(dates))
        before = DATES[DATES.index(day) - 1]
        frame = _frame(described, *movements(simulated(DATES), before, day))
        written.append(write_delivery(folder, described, day, frame=frame, since=before))
    _tell(progress, "", 1.0)
    return written


def _name(described: Dataset, day: date) -> str:
    return f"{described.name}-{day.isoformat()}"


def _tell(progress: Progress | None, name: str, share: float) -> None:
    if progress is not None:
        progress(name, share)


def _frame(described: Dataset, columns: Columns, persons: Ints) -> pl.DataFrame:
    """Places of codes become codes, and every cell gets the sum of its record keys."""
    texts = [
        pl.Series(level.name, [code.code for code in level.codes], dtype=pl.String).gather(columns[level.name])
        for level in described.delivered
    ]
    keys = pl.Series("kunci", key_sums(columns, persons, described))
    return pl.DataFrame([*texts, pl.Series(described.measure, persons), keys])


def write_delivery(
    above: Path,
    described: Dataset,
    day: date,
    *,
    frame: pl.DataFrame,
    found: pl.DataFrame | None = None,
    since: date | None = None,
) -> Path:
    """The folder of one delivery under `above`: `frame` as Parquet, the findings on its records, and the manifest.

    The manifest of an earlier run goes first, so that a delivery with a manifest is always whole.
    """
    folder = above / _name(described, day)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / NAME).unlink(missing_ok=True)
    file = f"{described.name}.parquet"
    frame.write_parquet(folder / file)
    if found is not None:
        found.write_parquet(folder / QUALITY)
    manifest = Manifest(
        dataset=described.name,
        reference_date=day,
        since=since,
        owner=described.owner,
        contract=described.version,
        active=described.active.id,
        rows=frame.height,
        total=int(frame[described.measure].sum()),
        example=True,
        files={file: sha256(folder / file)},
        quality={} if found is None else {QUALITY: sha256(folder / QUALITY)},
    )
    write_manifest(folder, manifest)
    return folder
