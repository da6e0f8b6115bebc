"""Which kind a file is: by the bytes it begins with, held against the ending of its name, and then looked through."""

import io
import zipfile
from collections.abc import Callable

from data_access.errors import Rejected
from data_access.governance.attachments import refusals
from data_access.governance.attachments.docx import check_docx
from data_access.governance.attachments.names import ending
from data_access.governance.attachments.pictures import check_picture
from data_access.words import mark as _


def _check_pdf(name: str, content: bytes) -> None:
    # Only now: pyHanko takes a quarter of a second and 200 modules, which no start and no page without a PDF should pay.
    from data_access.governance.attachments.pdf import check_pdf  # noqa: PLC0415

    check_pdf(name, content)


BEGINNINGS = {b"%PDF-": "pdf", b"PK\x03\x04": "docx", b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg"}
ENDINGS = {"pdf": "pdf", "docx": "docx", "png": "png", "jpg": "jpeg", "jpeg": "jpeg"}
CHECKS: dict[str, Callable[[str, bytes], None]] = {
    "pdf": _check_pdf,
    "docx": check_docx,
    "png": check_picture,
    "jpeg": check_picture,
}
HEADER = 1024  # bytes in which readers of PDF look for its first line


def kind_of(name: str, content: bytes) -> str:
    """ "pdf", "docx", "png" or "jpeg"; Rejected, with the rule in words, if the file is none of them or could act."""
    found = next((kind for start, kind in BEGINNINGS.items() if content.startswith(start)), None)
    claimed = ENDINGS.get(ending(name))
    if claimed is None or (found is None and claimed == "docx"):
        raise _unknown(name)
    if found != claimed:
        template = _("Isi {file} bukan {kind}, padahal namanya berakhiran begitu. Lampirkan berkas aslinya.")
        raise Rejected("attachment-mismatch", template, file=name, kind=claimed.upper())
    _check_single(name, content, found)
    CHECKS[found](name, content)
    return found


def _check_single(name: str, content: bytes, kind: str) -> None:
    """Not two files in one: a ZIP is read from its end, a PDF from anywhere near its beginning."""
    if kind != "docx" and zipfile.is_zipfile(io.BytesIO(content)):
        raise refusals.twofold(name)
    if kind != "pdf" and b"%PDF-" in content[:HEADER]:
        raise refusals.twofold(name)


def _unknown(name: str) -> Rejected:
    template = _("Jenis berkas {file} tidak diterima. Lampirkan PDF, DOCX tanpa makro, PNG, atau JPEG.")
    return Rejected("attachment-kind", template, file=name)
