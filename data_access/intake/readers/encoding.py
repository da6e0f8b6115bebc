"""Text in any of the encodings that exports come in, as a UTF-8 file with plain line ends."""

import codecs
from pathlib import Path

from data_access.errors import Rejected
from data_access.words import mark as _

BLOCK = 1 << 20
LOOKED_AT = 4096
# The order matters: the mark of UTF-8 is the only one that no other begins with.
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
HALF_EMPTY = 0.4  # share of zero bytes at every second place by which UTF-16 without a mark shows itself
UTF8 = ("utf-8", "utf-8-sig")


def encoding_of(file: Path) -> str:
    """utf-8-sig, utf-16, utf-16-le or utf-16-be where the bytes say so, utf-8 if all is valid, else cp1252."""
    with file.open("rb") as handle:
        start = handle.read(LOOKED_AT)
    for mark, encoding in MARKS:
        if start.startswith(mark):
            return encoding
    pairs = max(len(start) // 2, 1)
    first, second = start[::2].count(0) / pairs, start[1::2].count(0) / pairs
    if max(first, second) > HALF_EMPTY and min(first, second) < max(first, second) / 4:
        return "utf-16-le" if second > first else "utf-16-be"
    return "utf-8" if _decodes(file, "utf-8") else "cp1252"


def as_utf8(file: Path, name: str) -> tuple[Path, str]:
    """A UTF-8 file with line feeds beside `file` (or itself) and the encoding it came in; Rejected if it is no text."""
    encoding = encoding_of(file)
    try:
        if encoding in UTF8 and not _old_line_ends(file):
            _check_text(file, name)
            return file, encoding
        return _converted(file, encoding, name), encoding
    except UnicodeError as error:
        raise Rejected("file-unreadable", _("{file} tidak dapat dibaca: isinya rusak."), file=name) from error


def _converted(file: Path, encoding: str, name: str) -> Path:
    target = file.with_suffix(".utf8")
    with file.open(encoding=encoding, newline=None) as source, target.open("x", encoding="utf-8", newline="\n") as made:
        while block := source.read(BLOCK):
            made.write(block)
    _check_text(target, name)
    return target


def _decodes(file: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with file.open("rb") as handle:
            while block := handle.read(BLOCK):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _old_line_ends(file: Path) -> bool:
    """Lines that end with a carriage return alone, which the parser does not take for an end."""
    with file.open("rb") as handle:
        start = handle.read(BLOCK)
    return b"\r" in start and b"\n" not in start


def _check_text(file: Path, name: str) -> None:
    if not _decodes(file, "utf-8"):
        raise UnicodeError
    line = 1
    with file.open("rb") as handle:
        while block := handle.read(BLOCK):
            if b"\0" in block:
                row = line + block[: block.index(b"\0")].count(b"\n")
                template = _("{file} memuat bita kosong (NUL) pada baris {row}; isinya rusak. Ekspor ulang berkas itu.")
                raise Rejected("nul-bytes", template, file=name, row=row)
            line += block.count(b"\n")
