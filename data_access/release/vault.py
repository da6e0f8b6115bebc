"""The owner's store of raw snapshots: Parquet and manifest per reference date and revision. Never read by the web process."""

import shutil
import time
from datetime import date
from pathlib import Path

import polars as pl

from data_access.errors import Damaged
from data_access.folders import PRIVATE_FILE, own_folder, private_folder
from data_access.intake.manifest import Manifest, sha256, write_manifest
from data_access.release.durable import sync, sync_all
from data_access.words import mark as _

CUBE, QUALITY, MAPPING = "cube.parquet", "mutu.parquet", "mapping.yaml"
ASIDE = ".aside"
SCRATCH = ".salinan"
LONGEST_READ = 6 * 3600  # seconds


def store(
    vault: Path, manifest: Manifest, cube: pl.DataFrame, *, found: pl.DataFrame | None = None, mapping: str = ""
) -> Path:
    """Keeps a validated cube in its `place` and returns that folder. Nothing is ever replaced.

    `found` are the quality counts that came with it, `mapping` the text by which it was made; both are kept beside it.
    """
    kept = place(vault, manifest)
    own_folder(vault)
    aside = kept.parent / ASIDE
    try:
        _write(private_folder(aside), manifest, cube, found, mapping)
        aside.rename(kept)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    sync(kept.parent)
    return kept


def _write(folder: Path, manifest: Manifest, cube: pl.DataFrame, found: pl.DataFrame | None, mapping: str) -> None:
    """A canonical delivery again: it can be checked and published from here. The mapping is only there to be read."""
    cube.write_parquet(folder / CUBE)
    kept: dict[str, object] = {
        "files": {CUBE: sha256(folder / CUBE)},
        "rows": cube.height,
        "mapping": "",
        "quality": {},
    }
    if mapping:
        (folder / MAPPING).write_text(mapping, "utf-8")
    if found is not None and not found.is_empty():
        found.write_parquet(folder / QUALITY)
        kept["quality"] = {QUALITY: sha256(folder / QUALITY)}
    write_manifest(folder, manifest.model_copy(update=kept))
    for file in folder.iterdir():
        file.chmod(PRIVATE_FILE)
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


def scratch(vault: Path) -> Path:
    """Where files are copied to while they are read: raw data never lie outside the owner's folder."""
    return private_folder(own_folder(vault) / SCRATCH)


def sweep(vault: Path) -> None:
    """Removes what a killed process left half written, and copies that nobody can still be reading."""
    for leftover in vault.glob(f"*/*/{ASIDE}"):
        shutil.rmtree(leftover)
    for copy in vault.glob(f"{SCRATCH}/*"):
        if time.time() - copy.stat().st_mtime > LONGEST_READ:
            shutil.rmtree(copy, ignore_errors=True)


def revision_of(kept: Path) -> int:
    """0 for the first delivery of a date, then 1, 2, …"""
    return int(kept.name[1:])


def discard(stored: list[Path]) -> None:
    """Removes snapshots whose release never came to be."""
    for kept in stored:
        shutil.rmtree(kept, ignore_errors=True)
