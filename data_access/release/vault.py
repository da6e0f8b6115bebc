"""The owner's store of raw snapshots: Parquet and manifest per reference date and revision. Never read by the web process."""

import shutil
from pathlib import Path

import polars as pl

from data_access.intake.manifest import Manifest, sha256, write_manifest
from data_access.release.durable import sync_all
from data_access.settings import private_folder

CUBE = "cube.parquet"
ASIDE = ".aside"


def store(vault: Path, manifest: Manifest, cube: pl.DataFrame) -> Path:
    """Keeps a validated cube and returns its folder, named after its revision. Nothing is ever replaced."""
    # One by one: mkdir gives its mode to the last folder only.
    dates = private_folder(
        private_folder(private_folder(vault) / manifest.dataset) / manifest.reference_date.isoformat()
    )
    revision = max((int(folder.name[1:]) for folder in dates.glob("r*")), default=-1) + 1
    aside = dates / ASIDE
    shutil.rmtree(aside, ignore_errors=True)
    private_folder(aside)
    cube.write_parquet(aside / CUBE)
    write_manifest(aside, manifest.model_copy(update={"files": {CUBE: sha256(aside / CUBE)}, "rows": cube.height}))
    for file in aside.iterdir():
        file.chmod(0o600)
    sync_all(aside)
    kept = dates / f"r{revision}"
    aside.rename(kept)
    return kept


def revision_of(kept: Path) -> int:
    """0 for the first delivery of a date, then 1, 2, …"""
    return int(kept.name[1:])


def discard(stored: list[Path]) -> None:
    """Removes snapshots whose release never came to be."""
    for kept in stored:
        shutil.rmtree(kept, ignore_errors=True)
