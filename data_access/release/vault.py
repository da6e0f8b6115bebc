"""The owner's store of raw snapshots: Parquet and manifest per reference date and revision. Never read by the web process."""

import shutil
from datetime import date
from pathlib import Path

import polars as pl

from data_access.errors import Damaged
from data_access.intake.manifest import Manifest, sha256, write_manifest
from data_access.release.durable import sync, sync_all
from data_access.settings import private_folder
from data_access.words import mark as _

CUBE = "cube.parquet"
ASIDE = ".aside"


def store(vault: Path, manifest: Manifest, cube: pl.DataFrame) -> Path:
    """Keeps a validated cube in its `place` and returns that folder. Nothing is ever replaced."""
    kept = place(vault, manifest)
    # One by one: mkdir gives its mode to the last folder only.
    for folder in (vault, kept.parent.parent, kept.parent):
        private_folder(folder)
    aside = kept.parent / ASIDE
    try:
        _write(private_folder(aside), manifest, cube)
        aside.rename(kept)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    sync(kept.parent)
    return kept


def _write(folder: Path, manifest: Manifest, cube: pl.DataFrame) -> None:
    cube.write_parquet(folder / CUBE)
    write_manifest(folder, manifest.model_copy(update={"files": {CUBE: sha256(folder / CUBE)}, "rows": cube.height}))
    for file in folder.iterdir():
        file.chmod(0o600)
    sync_all(folder)


def place(vault: Path, manifest: Manifest) -> Path:
    """Where the next revision of this snapshot will lie: dataset, reference date, r0, r1, …"""
    dates = vault / manifest.dataset / manifest.reference_date.isoformat()
    revision = max((int(folder.name[1:]) for folder in dates.glob("r*")), default=-1) + 1
    return dates / f"r{revision}"


def cube_of(vault: Path, dataset: str, day: date, revision: int) -> pl.DataFrame:
    """The raw cube of a kept snapshot; Damaged if it is gone or unreadable."""
    try:
        return pl.read_parquet(vault / dataset / day.isoformat() / f"r{revision}" / CUBE)
    except (OSError, pl.exceptions.PolarsError) as error:
        template = _("Snapshot {day} revisi {revision} tidak ada atau rusak di brankas.")
        raise Damaged("vault-damaged", template, day=day, revision=revision) from error


def sweep(vault: Path) -> None:
    """Removes what a killed process left half written."""
    for leftover in vault.glob(f"*/*/{ASIDE}"):
        shutil.rmtree(leftover)


def revision_of(kept: Path) -> int:
    """0 for the first delivery of a date, then 1, 2, …"""
    return int(kept.name[1:])


def discard(stored: list[Path]) -> None:
    """Removes snapshots whose release never came to be."""
    for kept in stored:
        shutil.rmtree(kept, ignore_errors=True)
