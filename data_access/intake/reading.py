"""Reads the files of a canonical delivery into one frame, after their hashes agree with the manifest."""

from pathlib import Path

import polars as pl

from data_access.errors import Rejected
from data_access.intake.manifest import Manifest, sha256
from data_access.words import mark as _

FILE, ROW = "berkas", "baris"
FIRST_CSV_LINE = 2
LONGEST_NAME = 60  # a file system may refuse to look for a longer one, with an error of its own


def read_files(folder: Path, manifest: Manifest) -> pl.DataFrame:
    """All rows as text, with `berkas` (file name) and `baris` (row). Rejected if a file is missing, altered or unreadable."""
    return pl.concat([_read(_checked(folder, name, digest)) for name, digest in manifest.files.items()], how="diagonal")


def _checked(folder: Path, name: str, digest: str) -> Path:
    file = folder / name
    if Path(name).name != name or len(name) > LONGEST_NAME or file.is_symlink():
        raise Rejected("file-name", _("Nama berkas {file} tidak diperbolehkan: hanya nama tanpa folder."), file=name)
    if not file.is_file():
        raise Rejected("file-missing", _("Kiriman tidak lengkap: {name} tidak ada."), name=name)
    if sha256(file) != digest.lower():
        template = _("Isi {file} tidak sama dengan sidik (SHA-256) di manifest. Kirim ulang berkas itu.")
        raise Rejected("hash-mismatch", template, file=name)
    return file


def _read(file: Path) -> pl.DataFrame:
    readers = {".parquet": _read_parquet, ".csv": _read_csv}
    if file.suffix.lower() not in readers:
        template = _("{file} bukan Parquet atau CSV. Simpan ulang dalam salah satu bentuk itu.")
        raise Rejected("file-kind", template, file=file.name)
    try:
        frame = readers[file.suffix.lower()](file)
    except (pl.exceptions.PolarsError, OSError, UnicodeDecodeError) as error:
        raise Rejected("file-unreadable", _("{file} tidak dapat dibaca: isinya rusak."), file=file.name) from error
    return frame.with_columns(pl.lit(file.name).alias(FILE))


def _read_csv(file: Path) -> pl.DataFrame:
    frame = pl.read_csv(file, infer_schema=False, encoding="utf8")
    return frame.with_row_index(ROW, offset=FIRST_CSV_LINE).cast({ROW: pl.Int64})


def _read_parquet(file: Path) -> pl.DataFrame:
    frame = pl.read_parquet(file, use_pyarrow=False)
    return (
        frame.select(_as_text(frame, name) for name in frame.columns)
        .with_row_index(ROW, offset=1)
        .cast({ROW: pl.Int64})
    )


def _as_text(frame: pl.DataFrame, name: str) -> pl.Expr:
    """Whole floats read as integers, so that 12.0 is accepted and 12.5 is found."""
    column = pl.col(name)
    if frame.schema[name].is_float():
        whole = column.is_finite() & (column.floor() == column)
        return (
            pl.when(whole).then(column.cast(pl.Int64, strict=False).cast(pl.String)).otherwise(column.cast(pl.String))
        )
    return column.cast(pl.String)
