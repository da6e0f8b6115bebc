"""Writes a delivery and the list of rows set aside: first under another name, then renamed, so neither is ever half."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path

import polars as pl

from data_access.errors import Rejected
from data_access.folders import PRIVATE_FILE, private_folder
from data_access.intake.manifest import Manifest, sha256, write_manifest
from data_access.intake.microdata.codes import dataset
from data_access.words import mark as _

CUBE, QUALITY = "pegawai.parquet", "mutu.parquet"
ASIDE = ".agregasi-"


def free(folder: Path) -> None:
    """Nothing lies where the delivery is to be written; a delivery is never written over another."""
    if folder.exists() or folder.is_symlink():
        template = _("{folder} sudah ada. Pilih folder lain atau hapus yang lama.")
        raise Rejected("out-exists", template, folder=folder.name)
    if not folder.parent.is_dir():
        template = _("Folder {folder} tidak ada. Buat dahulu, lalu ulangi.")
        raise Rejected("out-parent", template, folder=str(folder.parent))


def sweep(place: Path) -> None:
    """Removes what a killed aggregation has left here; what another one is still writing is locked and stays."""
    for leftover in place.glob(f"{ASIDE}*"):
        with suppress(OSError), _held(leftover):
            shutil.rmtree(leftover)


def write_delivery(folder: Path, cube: pl.DataFrame, quality: pl.DataFrame, claims: dict[str, object]) -> None:
    """The canonical delivery in `folder`; `claims` are the fields of the manifest that only the caller knows."""
    with _aside(folder) as made:
        private_folder(made)
        for name, frame in ((CUBE, cube), (QUALITY, quality)):
            _write(made / name, _parquet(frame))
        facts: dict[str, object] = {
            "dataset": dataset().name,
            "owner": dataset().owner,
            "contract": dataset().version,
            "rows": cube.height,
            "files": {CUBE: sha256(made / CUBE)},
            "quality": {QUALITY: sha256(made / QUALITY)},
        }
        write_manifest(made, Manifest.model_validate(facts | claims))


def write_listing(file: Path, listing: pl.DataFrame) -> None:
    """The CSV of rows that were set aside, readable by the owner of the process only."""
    with _aside(file) as made:
        _write(made, listing.write_csv().encode())


@contextmanager
def _aside(target: Path) -> Iterator[Path]:
    """A path beside the target that becomes the target at the end, and leaves nothing behind if anything goes wrong."""
    try:
        place = Path(tempfile.mkdtemp(prefix=ASIDE, dir=target.parent))
        try:
            with _held(place):
                yield place / target.name
                (place / target.name).replace(target)
        finally:
            shutil.rmtree(place, ignore_errors=True)
    except OSError as error:
        template = _("{name} tidak dapat ditulis: {why}. Periksa izin dan ruang disk.")
        raise Rejected("out-unwritable", template, name=target.name, why=error.strerror or "") from None


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """The folder is locked while the block runs; BlockingIOError if another process holds it."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)


def _parquet(frame: pl.DataFrame) -> bytes:
    """In memory first: a full disk is then met by our own write and not within the library."""
    buffer = BytesIO()
    frame.write_parquet(buffer)
    return buffer.getvalue()


def _write(file: Path, content: bytes) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
