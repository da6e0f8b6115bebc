"""A made-up document for the example: one page that says that it is none. Real ones come from the parties."""

from io import BytesIO

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter

A4 = (0, 0, 595, 842)


def paper(words: str = "CONTOH - bukan dokumen nyata") -> bytes:
    """A PDF of one A4 page with these words, in letters of Latin-1."""
    writer = PdfFileWriter()
    text = words.replace("\\", "").replace("(", "[").replace(")", "]").encode("latin-1", "replace")
    drawn = generic.StreamObject(stream_data=b"BT /F1 16 Tf 72 760 Td (" + text + b") Tj ET")
    font = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Font"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/Type1"),
            generic.pdf_name("/BaseFont"): generic.pdf_name("/Helvetica"),
        }
    )
    fonts = generic.DictionaryObject({generic.pdf_name("/F1"): writer.add_object(font)})
    resources = generic.DictionaryObject({generic.pdf_name("/Font"): fonts})
    writer.insert_page(PageObject(contents=writer.add_object(drawn), media_box=A4, resources=resources))
    target = BytesIO()
    writer.write(target)
    return target.getvalue()
