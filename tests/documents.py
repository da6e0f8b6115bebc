"""Small files of every kind that may be attached, and the ways in which one can be spoiled."""

import io
import zipfile
from collections.abc import Mapping

from docx import Document
from PIL import Image
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter

DOCUMENT = "word/document.xml"


def pdf(*, catalogue: Mapping[str, generic.PdfObject] | None = None, streams: bool = False) -> bytes:
    """A PDF of one page; `catalogue` adds to its root, `streams` packs its objects into object streams."""
    writer = PdfFileWriter(stream_xrefs=streams)
    writer._document_id = generic.ArrayObject(
        [generic.ByteStringObject(bytes(16))] * 2
    )  # not by chance: always the same bytes
    content = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    writer.insert_page(PageObject(contents=content, media_box=(0, 0, 595, 842)))
    for name, value in (catalogue or {}).items():
        held = writer.prepare_object_stream() if streams else None
        if held is None:
            writer.root[pdf_name(name)] = writer.add_object(value)
        else:
            writer.root[pdf_name(name)] = writer.add_object(value, obj_stream=held)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def action(kind: str, **more: str) -> generic.DictionaryObject:
    """An action dictionary: `action("/JavaScript", JS="app.alert(1)")`."""
    made = generic.DictionaryObject({pdf_name("/S"): pdf_name(kind)})
    for name, value in more.items():
        made[pdf_name(f"/{name}")] = generic.TextStringObject(value)
    return made


def docx(text: str = "Yth. Sekretaris Utama") -> bytes:
    """A DOCX of one paragraph, as python-docx writes it."""
    made, document = io.BytesIO(), Document()
    document.add_paragraph(text)
    document.save(made)
    return made.getvalue()


def changed_docx(parts: Mapping[str, bytes | None]) -> bytes:
    """A DOCX with parts added or replaced; None takes one out."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx())) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            if part.filename not in parts:
                target.writestr(part, source.read(part))
        for name, content in parts.items():
            if content is not None:
                target.writestr(name, content)
    return made.getvalue()


def docx_part(name: str) -> bytes:
    """One part of the plain DOCX."""
    with zipfile.ZipFile(io.BytesIO(docx())) as source:
        return source.read(name)


def picture(kind: str, size: tuple[int, int] = (40, 30)) -> bytes:
    """A picture of one colour, "PNG" or "JPEG"."""
    made = io.BytesIO()
    Image.new("RGB", size, (120, 30, 30)).save(made, kind)
    return made.getvalue()
