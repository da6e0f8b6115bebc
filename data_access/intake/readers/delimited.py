"""CSV and TSV with any usual delimiter and encoding."""

from collections.abc import Collection
from pathlib import Path

import polars as pl

from data_access.errors import Rejected
from data_access.intake.findings import ROW, Finding
from data_access.intake.readers.copying import Copy
from data_access.intake.readers.delimiter import delimiter_of, rows_of
from data_access.intake.readers.encoding import as_utf8
from data_access.intake.readers.limits import Limits
from data_access.intake.readers.table import Grid
from data_access.words import mark as _

START = 1 << 17
BLOCK = 1 << 20


def grid(copy: Copy, wanted: Collection[str], limits: Limits) -> tuple[Grid, list[Finding]]:
    """All lines as cells, and a note where the encoding had to be guessed; Rejected if it cannot be split into fields."""
    file, encoding = as_utf8(copy.path, copy.name)
    with file.open(encoding="utf-8-sig", newline="") as handle:
        start = handle.read(START)
    if not start.strip():
        raise Rejected("file-empty", _("{file} kosong. Ekspor ulang berkas itu."), file=copy.name)
    delimiter = delimiter_of(start, wanted)
    width = max(len(row) for row in rows_of(start, delimiter) or [[""]])
    if width > limits.columns:
        raise too_many_columns(copy.name, limits)
    cells = _numbered(_parsed(file, copy.name, delimiter, width), file)
    return Grid(copy.name, "", cells), _notes(copy.name, encoding)


def too_many_columns(name: str, limits: Limits) -> Rejected:
    template = _("{file} memuat lebih dari {limit} kolom. Hapus kolom yang tidak perlu.")
    return Rejected("too-many-columns", template, file=name, limit=limits.columns)


def _parsed(file: Path, name: str, delimiter: str, width: int) -> pl.DataFrame:
    """One column more than the first rows have: what lies there is a field too many, which is then named with its row."""
    try:
        return pl.read_csv(
            file,
            separator=delimiter,
            has_header=False,
            schema={str(i): pl.String for i in range(width + 1)},
            extra_columns="ignore",
            truncate_ragged_lines=True,
            missing_columns="insert",
        )
    except pl.exceptions.PolarsError:
        template = _("Tanda kutip di {file} tidak berpasangan di sekitar baris {row}. Ekspor ulang berkas itu.")
        # Not chained: the message of the parser quotes the cells.
        raise Rejected("quotes", template, file=name, row=_odd_quotes(file)) from None


def _odd_quotes(file: Path) -> int:
    """The first line with an odd number of quotation marks: where a field begins that does not end."""
    with file.open("rb") as handle:
        return next((i for i, line in enumerate(handle, start=1) if line.count(b'"') % 2), 1)


def _numbered(cells: pl.DataFrame, file: Path) -> pl.DataFrame:
    """With the line on which each row begins; a quoted field may go over several."""
    numbered = cells.with_row_index(ROW, offset=1).cast({ROW: pl.Int64})
    if _lines(file) == cells.height:
        return numbered
    within = pl.sum_horizontal(pl.col(name).str.count_matches("\n", literal=True) for name in cells.columns)
    return numbered.with_columns(pl.col(ROW) + within.cum_sum().shift(1, fill_value=0).cast(pl.Int64))


def _lines(file: Path) -> int:
    count, last = 0, b"\n"
    with file.open("rb") as handle:
        while block := handle.read(BLOCK):
            count, last = count + block.count(b"\n"), block
    return count + (not last.endswith(b"\n"))


def _notes(name: str, encoding: str) -> list[Finding]:
    if encoding != "cp1252":
        return []
    template = _("{file} tidak berkode UTF-8; hurufnya dibaca sebagai Windows-1252. Periksa nama yang beraksen.")
    return [Finding("info", "encoding", template, {"file": name}, name)]
