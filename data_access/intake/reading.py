"""Reads the files of a delivery after their hashes agree with the manifest: canonical ones, or source files with a mapping."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from data_access.errors import Rejected
from data_access.intake.manifest import Manifest
from data_access.intake.mapping.model import Mapping
from data_access.intake.mapping.text import LONGEST, read_mapping
from data_access.intake.readers import parquet, sources
from data_access.intake.readers.copying import Copy, copied, scratch_folder
from data_access.intake.readers.kinds import check_name
from data_access.intake.readers.limits import Limits
from data_access.intake.readers.table import Table
from data_access.intake.source import COLUMN, FILE, ROW
from data_access.words import mark as _

FIRST_CSV_LINE = 2
CANONICAL = (".parquet", ".csv")


def read_canonical(folder: Path, manifest: Manifest, limits: Limits, scratch: Path | None) -> pl.DataFrame:
    """All rows as text, with `berkas` (file name) and `baris` (row). Rejected if a file is missing, altered or unreadable."""
    with _copies(folder, manifest, limits, scratch) as copies:
        return pl.concat([_canonical(copy, limits) for copy in copies], how="diagonal")


def read_mapped(folder: Path, manifest: Manifest, limits: Limits, scratch: Path | None) -> tuple[Mapping, list[Table]]:
    """The mapping beside the files, and every table in them that it speaks of. Rejected as in `read_canonical`."""
    mapping = _mapping(folder, manifest)
    with _copies(folder, manifest, limits, scratch) as copies:
        found = [sources.tables(copy, limits, wanted=mapping.headings, sheets=mapping.sheets) for copy in copies]
        return mapping, [table for tables in found for table in tables]


@contextmanager
def _copies(folder: Path, manifest: Manifest, limits: Limits, scratch: Path | None) -> Iterator[Iterator[Copy]]:
    """Private copies of the files, one after the other, each removed when the next is wanted."""
    with scratch_folder(scratch) as private:
        yield _checked(folder, manifest, limits, private)


def _checked(folder: Path, manifest: Manifest, limits: Limits, private: Path) -> Iterator[Copy]:
    for name, digest in manifest.files.items():
        check_name(name)
        copy = copied(folder / name, private, limits)
        if copy.sha256 != digest.lower():
            template = _("Isi {file} tidak sama dengan sidik (SHA-256) di manifest. Kirim ulang berkas itu.")
            raise Rejected("hash-mismatch", template, file=name)
        yield copy
        for used in private.iterdir():
            used.unlink()


def _mapping(folder: Path, manifest: Manifest) -> Mapping:
    check_name(manifest.mapping)
    file = folder / manifest.mapping
    if file.is_symlink() or not file.is_file():
        raise Rejected("mapping-missing", _("Kiriman tidak lengkap: {name} tidak ada."), name=manifest.mapping)
    try:
        with file.open(encoding="utf-8") as handle:
            mapping = read_mapping(handle.read(LONGEST + 1))
    except (OSError, UnicodeError) as error:
        raise Rejected(
            "mapping-unreadable",
            _("{name} tidak dapat dibaca. Periksa nama dan izin berkasnya."),
            name=manifest.mapping,
        ) from error
    if mapping.dataset != manifest.dataset:
        template = _("Pemetaan {name} dibuat untuk {found}, kiriman ini untuk {dataset}. Pilih pemetaan lain.")
        facts = {"name": mapping.name, "found": mapping.dataset, "dataset": manifest.dataset}
        raise Rejected("mapping-dataset", template, **facts)
    return mapping


def _canonical(copy: Copy, limits: Limits) -> pl.DataFrame:
    if copy.path.suffix not in CANONICAL:
        template = _("{file} bukan Parquet atau CSV. Simpan ulang dalam salah satu bentuk itu, atau sertakan pemetaan.")
        raise Rejected("file-kind", template, file=copy.name)
    try:
        if copy.kind == "parquet":
            frame = parquet.frame(copy, limits).with_row_index(ROW, offset=1)
        else:
            frame = pl.read_csv(copy.path, infer_schema=False, encoding="utf8")
            frame = frame.with_row_index(ROW, offset=FIRST_CSV_LINE)
    except (pl.exceptions.PolarsError, OSError, UnicodeDecodeError) as error:
        raise Rejected("file-unreadable", _("{file} tidak dapat dibaca: isinya rusak."), file=copy.name) from error
    return frame.cast({ROW: pl.Int64}).with_columns(pl.lit(copy.name).alias(FILE), pl.lit("").alias(COLUMN))
