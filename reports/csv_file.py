"""CSV with codes, for programs: one file of data without any other line, one that describes it, both packed in a ZIP.

A description above the data would break every reader of CSV, and a file without one would lose its source.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from data_access.access.export import Export
from data_access.harmless import MARK, harmless
from data_access.words import JAKARTA, text
from data_access.words import mark as _
from reports.origin import description
from reports.table import Table
from reports.tidy import VALUE, tidy

MIME, ENDING = "application/zip", "zip"


def written(export: Export, language: str, computed: Table | None = None) -> bytes:
    """The ZIP: `<stem>.csv` as `tidy` has it and `<stem>_keterangan.csv`, both UTF-8 with a byte-order mark.

    What was `computed` from the answers stands in `<stem>_tabel.csv`, numbers with a decimal point; its notes follow the
    description.
    """
    frame = tidy(export.results, language)
    number = frame.columns.index(VALUE)
    rows = (
        [*map(harmless, row[:number]), _number(row[number]), *map(harmless, row[number + 1 :])] for row in frame.rows()
    )
    told = description(export, language)
    if computed is None:
        return packed(export.stem, export.at, frame.columns, rows, told)
    notes = [(text(_("Asumsi"), language), note) for note in computed.notes]
    table = Part("_tabel", computed.columns, _table(computed))
    return packed(export.stem, export.at, frame.columns, rows, [*told, *notes], table)


class Part(NamedTuple):
    """A further file of data in the ZIP: what is added to its name, its head and its rows, whose cells are harmless already."""

    name: str
    heads: Sequence[str]
    rows: Iterable[Sequence[str]]


def packed(
    stem: str,
    at: datetime,
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    told: Iterable[Sequence[str]],
    *more: Part,
) -> bytes:
    """The ZIP of a file of data, whose cells are harmless already, of the pairs that describe it, and of further files."""
    out = io.BytesIO()
    pairs = ([harmless(cell) for cell in pair] for pair in told)
    parts = (Part("", heads, rows), Part("_keterangan", ("hal", "isi"), pairs), *more)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts:
            archive.writestr(_entry(f"{stem}{part.name}.csv", at), _csv(part.heads, part.rows))
    return out.getvalue()


def _table(table: Table) -> Iterable[list[str]]:
    for row in table.rows:
        yield [*map(harmless, row.heads), *(_number(cell.value) for cell in row.cells)]


def _entry(name: str, at: datetime) -> zipfile.ZipInfo:
    """With the time of the export, not that of the machine."""
    entry = zipfile.ZipInfo(name, at.astimezone(JAKARTA).timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _csv(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(heads)
    writer.writerows(rows)
    return (MARK + out.getvalue()).encode()


def _number(value: float | None) -> str:
    """With a decimal point and no needless zeros; empty where nothing is displayed."""
    if value is None:
        return ""
    return str(int(value)) if value == int(value) else repr(value)
