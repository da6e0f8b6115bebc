"""CSV with codes, for programs: one file of data without any other line, one that describes it, both packed in a ZIP.

A description above the data would break every reader of CSV, and a file without one would lose its source.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime

from data_access.access.export import Export
from data_access.harmless import MARK, harmless
from data_access.words import JAKARTA
from reports.origin import description
from reports.tidy import VALUE, tidy

MIME, ENDING = "application/zip", "zip"


def written(export: Export, language: str) -> bytes:
    """The ZIP: `<stem>.csv` as `tidy` has it and `<stem>_keterangan.csv`, both UTF-8 with a byte-order mark."""
    frame = tidy(export.results, language)
    number = frame.columns.index(VALUE)
    rows = (
        [*map(harmless, row[:number]), _number(row[number]), *map(harmless, row[number + 1 :])] for row in frame.rows()
    )
    return packed(export.stem, export.at, frame.columns, rows, description(export, language))


def packed(
    stem: str, at: datetime, heads: Sequence[str], rows: Iterable[Sequence[str]], told: Iterable[Sequence[str]]
) -> bytes:
    """The ZIP of a file of data, whose cells are harmless already, and of the pairs that describe it."""
    out = io.BytesIO()
    pairs = ([harmless(cell) for cell in pair] for pair in told)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, own_heads, lines in (("", heads, rows), ("_keterangan", ("hal", "isi"), pairs)):
            archive.writestr(_entry(f"{stem}{name}.csv", at), _csv(own_heads, lines))
    return out.getvalue()


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
