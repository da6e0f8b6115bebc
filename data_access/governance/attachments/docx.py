"""DOCX without macros: an archive of bounded size whose parts hold no program, no other file and no link that loads by itself.

Everything is unpacked once in blocks and thrown away, because the sizes that an archive claims need not be true.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import NoReturn
from xml.parsers import expat

from data_access.governance.attachments import refusals

BLOCK = 1 << 20
MOST_PARTS, UNPACKED, SMALL, RATIO = 2_000, 200_000_000, 20_000_000, 100
KIND = "DOCX"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES, DOCUMENT = "[Content_Types].xml", "word/document.xml"
ACTING = ("vbaproject", "vbadata", "activex", "macrosheets", "customui")
EMBEDDED, OF_A_CHART = "word/embeddings/", ".xlsx"
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)
END = 22  # bytes of the record that ends an archive


class _Part:
    """One XML part while it is read: which types it declares, and what it links to from outside."""

    def __init__(self) -> None:
        self.types: set[str] = set()
        self.links: set[str] = set()
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._starts
        self._parser.StartDoctypeDeclHandler = _no_doctype

    def see(self, block: bytes, *, last: bool = False) -> None:
        self._parser.Parse(block, last)

    def _starts(self, _tag: str, attributes: dict[str, str]) -> None:
        if "ContentType" in attributes:
            self.types.add(attributes["ContentType"])
        if attributes.get("TargetMode", "").lower() == "external":
            self.links.add(attributes.get("Type", "").rpartition("/")[2])


def check_docx(name: str, content: bytes) -> None:
    """Rejected if it is no sound DOCX, is locked, would swell, or holds something that acts."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _check_parts(name, content, archive, parts)
            seen = {part.filename: found for part, found in _looked_through(name, archive, parts)}
    except (*BROKEN, expat.ExpatError) as error:
        raise refusals.broken(name, KIND) from error
    declared = seen[TYPES].types
    if MAIN not in declared:
        raise refusals.broken(name, KIND)
    if any(_acts(kind) for kind in declared) or any(part.links - {"hyperlink"} for part in seen.values()):
        raise refusals.active(name)


def _check_parts(name: str, content: bytes, archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """What can be told from the table of contents."""
    names = [part.filename for part in parts]
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > UNPACKED:
        raise refusals.swells(name)
    if any(part.flag_bits & 1 for part in parts):
        raise refusals.locked(name)
    # One table of contents, at the very end, of parts that begin with the file: no second archive before or behind it.
    whole = len(content) - END - len(archive.comment) == content.rfind(b"PK\x05\x06")
    if not whole or min((part.header_offset for part in parts), default=0):
        raise refusals.twofold(name)
    if len({part.lower() for part in names}) != len(names) or any(map(_strays, names)):
        raise refusals.broken(name, KIND)
    if TYPES not in names or DOCUMENT not in names:
        raise refusals.broken(name, KIND)
    if any(_acts(part) for part in names):
        raise refusals.active(name)


def _looked_through(
    name: str, archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]
) -> Iterator[tuple[zipfile.ZipInfo, _Part]]:
    left = UNPACKED
    for part in parts:
        found = _Part()
        xml = part.filename.lower().endswith((".xml", ".rels"))
        with archive.open(part) as opened:
            while block := opened.read(BLOCK):
                left -= len(block)
                if left < 0:
                    raise refusals.swells(name)
                if xml:
                    found.see(block)
        if xml:
            found.see(b"", last=True)
        yield part, found
    packed, unpacked = sum(part.compress_size for part in parts), UNPACKED - left
    if unpacked > SMALL and unpacked > RATIO * max(packed, 1):
        raise refusals.swells(name)


def _acts(text: str) -> bool:
    small = text.lower()
    embedded = EMBEDDED in small and not small.endswith(OF_A_CHART)
    return embedded or "macroenabled" in small or any(sign in small for sign in ACTING)


def _strays(part: str) -> bool:
    return part.startswith("/") or "\\" in part or ".." in part.split("/")


def _no_doctype(*_declared: object) -> NoReturn:
    raise ValueError("a document type in a part")  # entities could load or swell
