"""Reads the files of a delivery after their hashes agree with the manifest: canonical ones, or source files with a mapping."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import polars as pl

from data_access.contract import Dataset
from data_access.errors import Rejected
from data_access.intake.findings import COLUMN, FILE, ROW, Finding
from data_access.intake.labels import normal
from data_access.intake.manifest import Manifest
from data_access.intake.mapping.measures import measured
from data_access.intake.mapping.model import KEYS, Mapping
from data_access.intake.mapping.text import LONGEST, read_mapping
from data_access.intake.readers import parquet, sources
from data_access.intake.readers.copying import Copy, copied, scratch_folder
from data_access.intake.readers.kinds import check_name
from data_access.intake.readers.limits import Limits
from data_access.intake.readers.table import Table
from data_access.words import mark as _

Part = tuple[pl.DataFrame, list[Finding]]


def read_canonical(folder: Path, manifest: Manifest, dataset: Dataset, limits: Limits, scratch: Path | None) -> Part:
    """All rows as text, with `berkas` (file name) and `baris` (row), and what the reader met on the way.

    The headings are those of the contract, in whatever shape the file comes. Rejected if a file is missing, altered or
    unreadable.
    """
    with _copies(folder, manifest, limits, scratch) as copies:
        parts = [part for copy in copies for part in _canonical(copy, dataset, limits)]
    findings = [finding for _rows, found in parts for finding in found]
    return pl.concat([rows for rows, _found in parts], how="diagonal"), findings


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
            template = _("Isi {file} berubah sejak kiriman ini disiapkan. Siapkan dan kirim ulang berkas itu.")
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


def _canonical(copy: Copy, dataset: Dataset, limits: Limits) -> Iterator[Part]:
    if copy.kind == "parquet":
        rows = parquet.frame(copy, limits).with_row_index(ROW, offset=1).cast({ROW: pl.Int64})
        yield _placed(rows, copy.name), []
        return
    wanted = [level.name for level in dataset.delivered] + [dataset.measure]
    for table in sources.tables(copy, limits, wanted=wanted):
        yield _under_its_names(table, (*dataset.levels, dataset.measure, KEYS), (dataset.measure, KEYS))


def _under_its_names(table: Table, known: Sequence[str], numbers: Sequence[str]) -> Part:
    """The columns of a table that the contract knows; numbers as whole numbers where they are some."""
    places = {normal(name): str(place) for place, name in reversed(list(enumerate(table.names)))}
    columns = {name: places[normal(name)] for name in known if normal(name) in places}
    found = {name: measured(table.cells, columns[name]) for name in numbers if name in columns}
    rows = table.cells.select(
        ROW,
        *(pl.col(place).alias(name) for name, place in columns.items() if name not in found),
        *(one.texts.alias(name) for name, one in found.items()),
    )
    odd = [replace(finding, column=name) for name, one in found.items() for finding in one.findings]
    return _placed(rows, table.place), [*table.findings, *(replace(finding, file=table.place) for finding in odd)]


def _placed(rows: pl.DataFrame, file: str) -> pl.DataFrame:
    return rows.with_columns(pl.lit(file).alias(FILE), pl.lit("").alias(COLUMN))
