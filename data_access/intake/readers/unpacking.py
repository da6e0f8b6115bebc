"""Looks into an XLSX file before it is opened: an archive that swells, or a cell far away, would take all memory.

Everything is unpacked once in blocks and thrown away, because the sizes that an archive claims need not be true. Cells are
counted by a real XML parser, and in every part: a sheet may lie under any name, a cell may have no address of its own.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import BinaryIO, cast
from xml.parsers import expat

from data_access.errors import Rejected
from data_access.intake.readers.copying import Copy
from data_access.intake.readers.limits import Limits
from data_access.words import mark as _

BLOCK = 1 << 20
ADDRESS = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
TEXTS = re.compile(r"xl/(worksheets/[^/]+|sharedStrings)\.xml", re.IGNORECASE)
LONG = 300  # bytes; longer texts are no codes or labels, and one may be repeated by every cell
SMALL = 20_000_000  # below this an archive may be as dense as it likes
LETTERS = 26
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, expat.ExpatError)


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


class Extent:
    """How far the cells of one part reach (`rows`, `columns`, from 1), and how many of its rows nobody sees.

    A cell or row without an address (`r`) comes after the one before it, as the reader of the workbook has it.
    """

    def __init__(self) -> None:
        self.rows, self.columns, self.hidden, self.sheet = 0, 0, 0, False
        self._row, self._column = 0, 0
        self._looking: expat.XMLParserType | None = expat.ParserCreate()
        self._looking.StartElementHandler = self._starts

    def see(self, block: bytes, *, last: bool = False) -> None:
        """Looks at the next bytes; ExpatError if a sheet is no sound XML. What is no XML at all is no sheet."""
        if self._looking is None:
            return
        try:
            self._looking.Parse(block, last)
        except expat.ExpatError:
            if self.sheet:
                raise
            self._looking = None

    def _starts(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "v":  # every other tag of a sheet
            return
        name = tag.rpartition(":")[2]
        if name == "c":
            self._cell(attributes.get("r", ""))
        elif name == "row":
            self._row = int(attributes["r"]) if attributes.get("r", "").isdecimal() else self._row + 1
            self._column = 0
            self.hidden += attributes.get("hidden") in ("1", "true")
        elif name in ("worksheet", "sheetData"):
            self.sheet = True

    def _cell(self, address: str) -> None:
        row, self._column = self._row, self._column + 1
        if found := ADDRESS.fullmatch(address):
            row, self._column = int(found[2]), _number(found[1])
        self.rows = max(self.rows, row)
        self.columns = max(self.columns, self._column)


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
    """Sizes of the blocks of an entry, each after it was looked at; cells are noted in `extent`, lengths of texts in `texts`."""
    with archive.open(entry) as opened:
        source = cast("BinaryIO", opened)
        while block := source.read(BLOCK):
            if TEXTS.fullmatch(entry.filename.lstrip("/")):
                texts.see(block)
            extent.see(block)
            yield len(block)
        extent.see(b"", last=True)


def _check_extent(name: str, extent: Extent, limits: Limits) -> None:
    if extent.columns > limits.columns or extent.rows * extent.columns > limits.cells:
        template = _("{file} memuat sel yang sangat jauh (baris {rows}, kolom {columns}). Hapus sel di luar tabel.")
        raise Rejected("sheet-extent", template, file=name, rows=extent.rows, columns=extent.columns)


@lru_cache(maxsize=20_000)
def _number(letters: str) -> int:
    """A -> 1, Z -> 26, AA -> 27."""
    number = 0
    for letter in letters.upper():
        number = number * LETTERS + ord(letter) - ord("A") + 1
    return number


def _bomb(name: str) -> Rejected:
    template = _("{file} membesar tidak wajar saat dibuka, sehingga tidak dibuka. Simpan ulang tabelnya saja.")
    return Rejected("workbook-swells", template, file=name)
