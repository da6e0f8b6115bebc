"""Large made-up deliveries for measuring: the example cells split finer, so that the skew of real data is kept."""

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from data_access.contract import contract
from data_access.intake.demo import write_deliveries
from data_access.intake.demo.delivery import DATES
from data_access.intake.manifest import Manifest, sha256, write_manifest

ROWS = 930_000
COPIES = 7
SHUFFLED = ("masa_kerja", "umur_5", "pendidikan", "tahun_bup")


def twelve_dates(first: int = 2014) -> list[date]:
    """Half-yearly reference dates before the example's own, so that none is in the future."""
    return [date(first + i // 2, 6 if i % 2 == 0 else 12, 30) for i in range(12)]


def example_cells(folder: Path) -> pl.DataFrame:
    """The cells of the latest example delivery."""
    return pl.read_parquet(write_deliveries(folder, dates=DATES[-1:])[0] / "pegawai.parquet")


def split(cells: pl.DataFrame, seed: int, rows: int = ROWS) -> pl.DataFrame:
    """About `rows` base cells: persons dealt to copies of their cell whose finer properties are shuffled within an agency."""
    generator = np.random.default_rng(seed)
    shares = generator.dirichlet(np.ones(COPIES), cells.height)
    parts = []
    for i in range(COPIES):
        dealt = generator.poisson(cells["jumlah"].to_numpy() * shares[:, i])
        part = cells.with_columns(pl.Series("jumlah", dealt, dtype=pl.Int64)).filter(pl.col("jumlah") > 0)
        parts.append(part.with_columns(pl.col(name).shuffle(seed + i).over("instansi") for name in SHUFFLED))
    levels = [level.name for level in contract().datasets["pegawai"].delivered]
    merged = pl.concat(parts).group_by(levels, maintain_order=True).agg(pl.col("jumlah").sum()).head(rows)
    keys = generator.integers(1, merged["jumlah"].to_numpy() << 32)
    return merged.with_columns(pl.Series("kunci", keys, dtype=pl.Int64))


def deliver(
    folder: Path, day: date, frame: pl.DataFrame, *, with_keys: bool = True, file: str = "pegawai.parquet"
) -> Path:
    """A canonical delivery of the frame; codes that are not yet valid on the day move to their older neighbour."""
    older = MOVED | {f"PV{new}": f"PV{old}" for new, old in MOVED.items()}
    moved = frame.with_columns(pl.col("provinsi", "instansi").replace(older))
    levels = [level.name for level in contract().datasets["pegawai"].delivered]
    cube = moved.group_by(levels, maintain_order=True).agg(pl.col("jumlah", "kunci").sum())
    cube = cube if with_keys else cube.drop("kunci")
    folder.mkdir(parents=True, exist_ok=True)
    if file.endswith(".csv"):
        cube.write_csv(folder / file)
    else:
        cube.write_parquet(folder / file)
    manifest = Manifest(
        dataset="pegawai",
        reference_date=day,
        owner="kedua",
        contract="1.0",
        active="made up for measuring",
        rows=cube.height,
        total=int(cube["jumlah"].sum()),
        example=True,
        files={file: sha256(folder / file)},
    )
    write_manifest(folder, manifest)
    return folder


MOVED = {"93": "91", "94": "91", "95": "91", "96": "92"}
