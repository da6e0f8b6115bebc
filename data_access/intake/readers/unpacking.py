"""Looks into an XLSX file before it is opened: an archive that swells, or a cell far away, would take all memory.

Everything is unpacked once in blocks and thrown away, because the sizes that an archive claims need not be true.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast

from data_access.errors import Rejected
from data_access.intake.readers.copying import Copy
from data_access.intake.readers.limits import Limits
from data_access.words import mark as _

BLOCK = 1 << 20
TAIL = 256  # bytes carried into the next block, so that no tag is cut
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
CELL = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br=["']([A-Za-z]{1,3})(\d{1,7})["']""")
HIDDEN = re.compile(rb"""<(?:\w+:)?row\s[^>]*?\bhidden=["'](?:1|true)["']""")
TEXTS = re.compile(r"xl/(worksheets/[^/]+|sharedStrings)\.xml", re.IGNORECASE)
LONG = 300  # bytes; longer texts are no codes or labels, and one may be repeated by every cell
SMALL = 20_000_000  # below this an archive may be as dense as it likes
LETTERS = 26
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)


@dataclass
class Texts:
    """The longest text of a workbook and the number of its cells: a reader writes a shared text out for each of them."""

    longest: int = 0
    cells: int = 0
    run: int = 0

    def see(self, block: bytes) -> None:
        parts = block.split(b"<")
        self.longest = max(self.longest, self.run + len(parts[0]), *(len(part) for part in parts))
        self.run = len(parts[-1]) + (self.run if len(parts) == 1 else 0)
        self.cells += block.count(b"<c ") + block.count(b"<c>") + block.count(b"<c/>")

    def swells(self, limits: Limits) -> bool:
        return self.longest > LONG and self.longest * self.cells > limits.unpacked // 4


@dataclass
class Extent:
    """How far a sheet reaches, and how many of its rows nobody sees."""

    rows: int = 0
    columns: int = 0
    hidden: int = 0

    def see(self, block: bytes) -> None:
        found = CELL.findall(block)
        if found:
            self.columns = max(self.columns, *(_number(letters) for letters in {letters for letters, _row in found}))
            self.rows = max(self.rows, *(int(row) for row in {row for _letters, row in found}))


def check_workbook(copy: Copy, limits: Limits) -> int:
    """The number of hidden rows; Rejected if the file is damaged, locked, holds macros or would grow beyond the limits."""
    try:
        with zipfile.ZipFile(copy.path) as archive:
            entries = archive.infolist()
            _check_entries(copy.name, entries, limits)
            left, hidden, texts = limits.unpacked, 0, Texts()
            for entry in entries:
                extent = Extent()
                for size in _unpacked(archive, entry, extent, texts):
                    left -= size
                    if left < 0:
                        raise _bomb(copy.name)
                _check_extent(copy.name, extent, limits)
                hidden += extent.hidden
            unpacked = limits.unpacked - left
            if texts.swells(limits):
                raise _bomb(copy.name)
            if unpacked > SMALL and unpacked > limits.ratio * max(copy.path.stat().st_size, 1):
                raise _bomb(copy.name)
            return hidden
    except DAMAGED as error:
        raise Rejected("file-unreadable", _("{file} tidak dapat dibaca: isinya rusak."), file=copy.name) from error


def _check_entries(name: str, entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(entries) > limits.entries or sum(entry.file_size for entry in entries) > limits.unpacked:
        raise _bomb(name)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Rejected("file-content", _("{file} terkunci kata sandi. Buka kuncinya, lalu kirim lagi."), file=name)
    if any(entry.filename.lower().endswith("vbaproject.bin") for entry in entries):
        template = _("{file} dapat memuat makro. Simpan ulang sebagai Buku Kerja Excel (.xlsx).")
        raise Rejected("file-kind", template, file=name)


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, extent: Extent, texts: Texts) -> Iterator[int]:
    """Sizes of the blocks of an entry; the cells of a sheet are noted in `extent`, the lengths of texts in `texts`."""
    tail = b""
    with archive.open(entry) as opened:
        source = cast("BinaryIO", opened)
        while block := source.read(BLOCK):
            yield len(block)
            if TEXTS.fullmatch(entry.filename.lstrip("/")):
                texts.see(block)
            if SHEET.fullmatch(entry.filename.lstrip("/")):
                extent.see(tail + block)
                extent.hidden += len(HIDDEN.findall(tail + block)) - len(HIDDEN.findall(tail))
                tail = block[-TAIL:]


def _check_extent(name: str, extent: Extent, limits: Limits) -> None:
    if extent.columns > limits.columns or extent.rows * extent.columns > limits.cells:
        template = _("{file} memuat sel yang sangat jauh (baris {rows}, kolom {columns}). Hapus sel di luar tabel.")
        raise Rejected("sheet-extent", template, file=name, rows=extent.rows, columns=extent.columns)


def _number(letters: bytes) -> int:
    """A -> 1, Z -> 26, AA -> 27."""
    number = 0
    for letter in letters.upper():
        number = number * LETTERS + letter - ord("A") + 1
    return number


def _bomb(name: str) -> Rejected:
    template = _("{file} membesar tidak wajar saat dibuka, sehingga tidak dibuka. Simpan ulang tabelnya saja.")
    return Rejected("workbook-swells", template, file=name)
