"""CSV with codes, for programs: one file of data without any other line, one that describes it, both packed in a ZIP.

A description above the data would break every reader of CSV, and a file without one would lose its source.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence

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
    told = ([harmless(cell) for cell in pair] for pair in description(export, language))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, heads, lines in (("", frame.columns, rows), ("_keterangan", ("hal", "isi"), told)):
            archive.writestr(_entry(f"{export.stem}{name}.csv", export), _csv(heads, lines))
    return packed.getvalue()


def _entry(name: str, export: Export) -> zipfile.ZipInfo:
    """With the time of the export, not that of the machine."""
    entry = zipfile.ZipInfo(name, export.at.astimezone(JAKARTA).timetuple()[:6])
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
