"""Reads a SIASN export in blocks of whole lines. Nothing of its content ever becomes part of an error: only file and columns do.

The exports are written without quoting: a quote or an apostrophe is part of a cell, a line feed always ends a row, and a
separator within a name shifts the rest of the row. So a row counts only if it has as many fields as the header.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from data_access.errors import Rejected
from data_access.intake.labels import clean
from data_access.intake.microdata.arrays import Ints
from data_access.intake.microdata.codes import source_codes
from data_access.words import mark as _

BLOCK = 32 << 20
LONGEST_LINE = 1 << 20
SEPARATOR, LINE_FEED, RETURN = b"|", ord("\n"), ord("\r")
BOM = b"\xef\xbb\xbf"
UTF16 = (b"\xff\xfe", b"\xfe\xff")
FIRST_LINE = 2


@dataclass(frozen=True)
class Export:
    """An export whose header was understood. `places` are the columns to read: name -> place in a row of `width` fields."""

    file: Path
    places: dict[str, int]
    width: int
    state: tuple[int, int, int]

    @property
    def size(self) -> int:
        return self.state[0]


@dataclass(frozen=True)
class Block:
    """Rows of an export as text ("" for empty), their line numbers, the lines with a wrong number of fields, bytes read."""

    file: str
    rows: pl.DataFrame
    lines: Ints
    broken: Ints
    size: int


def opened(file: Path) -> Export:
    """The export in `file`; Rejected if it cannot be read or is none. A column that comes twice is read where it comes first."""
    try:
        state = _state(file)
        with file.open("rb") as handle:
            start = handle.read(LONGEST_LINE)
    except OSError as error:
        raise _unreadable(file, error) from None
    if not start.removeprefix(BOM).strip():
        raise Rejected("export-empty", _("{file} kosong."), file=file.name)
    if start.startswith(UTF16) or b"\0" in start:
        template = _("{file} bukan teks UTF-8 (UTF-16 atau biner). Simpan ulang sebagai teks UTF-8 dengan pemisah |.")
        raise Rejected("export-encoding", template, file=file.name)
    header = start.removeprefix(BOM).partition(b"\n")[0].decode("utf-8", "replace").split(SEPARATOR.decode())
    names = [clean(name).casefold().replace(" ", "_") for name in header]
    columns = source_codes().columns
    missing = [name for name in columns.needed if name not in names]
    if missing:
        template = _("{file} bukan ekspor SIASN: kolom {columns} tidak ada di baris pertamanya.")
        raise Rejected("export-columns", template, file=file.name, columns=", ".join(missing))
    wanted = [name for name in (*columns.needed, *columns.optional) if name in names]
    return Export(file, {name: names.index(name) for name in wanted}, len(names), state)


def blocks(export: Export) -> Iterator[Block]:
    """All rows of the export. Rejected if the file changed since it was opened or is not made of lines."""
    line = FIRST_LINE
    try:
        with export.file.open("rb") as handle:
            handle.readline()
            for content in _whole_lines(export.file, handle.read):
                if handle.tell() > export.size:  # somebody writes as fast as we read: it might never end
                    raise _changed(export.file)
                block, lines = _block(export, content, line)
                line += lines
                yield block
        if _state(export.file) != export.state:
            raise _changed(export.file)
    except OSError as error:
        raise _unreadable(export.file, error) from None


def _whole_lines(file: Path, read: Callable[[int], bytes]) -> Iterator[bytes]:
    """Blocks that end with a line feed, but for the last."""
    rest = b""
    while piece := read(BLOCK):
        end = piece.rfind(b"\n") + 1
        if not end:
            rest += piece
            if len(rest) > 2 * BLOCK:
                raise Rejected("export-lines", _("{file} tidak terbagi dalam baris."), file=file.name)
            continue
        yield rest + piece[:end]
        rest = piece[end:]
    if rest:
        yield rest + b"\n"


def _block(export: Export, content: bytes, first: int) -> tuple[Block, int]:
    """The rows of a block that begins at line `first`, and its number of lines. Blank lines are no rows."""
    octets = np.frombuffer(content, dtype=np.uint8)
    ends = np.flatnonzero(octets == LINE_FEED)
    separators = np.flatnonzero(octets == SEPARATOR[0])
    lengths = np.diff(ends, prepend=-1)
    fields = np.diff(np.searchsorted(separators, ends), prepend=0) + 1
    blank = (lengths == 1) | ((lengths == 2) & (octets[ends - 1] == RETURN))
    good = (fields == export.width) & ~blank
    lines = np.arange(first, first + len(ends), dtype=np.int64)
    whole = content if good.all() else octets[np.repeat(good, lengths)].tobytes()
    rows = _parsed(export, whole, int(good.sum()))
    return Block(export.file.name, rows, lines[good], lines[~good & ~blank], len(content)), len(ends)


def _parsed(export: Export, content: bytes, height: int) -> pl.DataFrame:
    """The columns that are read. The parser's own errors quote what they stumble over, so they go no further."""
    names = sorted(export.places, key=export.places.__getitem__)
    if not height:
        return pl.DataFrame(schema=dict.fromkeys(names, pl.String))
    try:
        rows = pl.read_csv(
            content,
            separator=SEPARATOR.decode(),
            has_header=False,
            columns=[export.places[name] for name in names],
            infer_schema=False,
            quote_char=None,
            encoding="utf8-lossy",
        )
    except pl.exceptions.PolarsError:
        rows = pl.DataFrame()
    if rows.height != height:
        raise Rejected("export-unreadable", _("{file} tidak dapat dibaca: isinya rusak."), file=export.file.name)
    return rows.rename(dict(zip(rows.columns, names, strict=True))).with_columns(pl.all().fill_null(""))


def _state(file: Path) -> tuple[int, int, int]:
    """What changes when somebody writes: size, time of the last change, and which file it is."""
    found = file.stat()
    return found.st_size, found.st_mtime_ns, found.st_ino


def _changed(file: Path) -> Rejected:
    template = _("{file} berubah selagi dibaca. Ulangi setelah berkas itu selesai ditulis.")
    return Rejected("export-changed", template, file=file.name)


def _unreadable(file: Path, error: OSError) -> Rejected:
    template = _("{file} tidak dapat dibaca: {why}.")
    return Rejected("export-unreadable", template, file=file.name, why=error.strerror or "")
