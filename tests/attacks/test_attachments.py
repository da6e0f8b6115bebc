"""The attacker who attaches a file: what acts when it is opened, what is two files at once, what swells."""

import io
import struct
import zipfile
import zlib

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PdfFileWriter, copy_into_new_writer

from data_access.errors import Rejected
from data_access.governance.documents import Attachment, checked
from data_access.settings import Settings
from tests.documents import DOCUMENT, action, changed_docx, docx, docx_part, pdf, picture

LIMIT = Settings().attachment_bytes
RELS = "word/_rels/document.xml.rels"
TYPES = "[Content_Types].xml"


def _refused(name: str, content: bytes) -> str:
    with pytest.raises(Rejected) as refused:
        checked(Attachment(name, content), limit=LIMIT)
    assert name in refused.value.sentence("id")
    return refused.value.reason


def _dictionary(**entries: generic.PdfObject) -> generic.DictionaryObject:
    return generic.DictionaryObject({pdf_name(f"/{name}"): value for name, value in entries.items()})


ACTING: dict[str, dict[str, generic.PdfObject]] = {
    "script at opening": {"/OpenAction": action("/JavaScript", JS="app.alert(1)")},
    "script by name": {"/Names": _dictionary(JavaScript=_dictionary(Names=generic.ArrayObject()))},
    "script of a rendition": {"/OpenAction": action("/Rendition", JS="app.alert(1)")},
    "script under a name of one's own": {"/OpenAction": action("/X", JS="app.alert(1)")},
    "program": {"/OpenAction": action("/Launch", F="calc.exe")},
    "form that is sent": {"/OpenAction": action("/SubmitForm", F="https://example.org")},
    "embedded file": {"/Names": _dictionary(EmbeddedFiles=_dictionary(Names=generic.ArrayObject()))},
    "embedded file, unnamed": {"/AF": generic.ArrayObject([_dictionary(Type=pdf_name("/EmbeddedFile"))])},
    "attached to a page": {"/X": _dictionary(Subtype=pdf_name("/FileAttachment"))},
    "form in XML": {"/AcroForm": _dictionary(XFA=generic.ArrayObject())},
    "film": {"/X": _dictionary(Subtype=pdf_name("/RichMedia"))},
}


@pytest.mark.parametrize("streams", [False, True], ids=["plain", "packed"])
@pytest.mark.parametrize("case", ACTING)
def test_a_pdf_that_acts_or_carries_files_is_refused(case: str, streams: bool) -> None:
    assert _refused("surat.pdf", pdf(catalogue=ACTING[case], streams=streams)) == "attachment-active"


def test_an_action_whose_kind_stands_elsewhere_is_found() -> None:
    writer = PdfFileWriter(stream_xrefs=False)
    kind = writer.add_object(pdf_name("/Launch"))
    writer.root[pdf_name("/OpenAction")] = _dictionary(S=kind)
    made = io.BytesIO()
    writer.write(made)
    assert _refused("surat.pdf", made.getvalue()) == "attachment-active"


def test_a_name_written_in_escapes_is_found() -> None:
    plain = pdf(catalogue={"/OpenAction": action("/JavaScript", JS="app.alert(1)")})
    hidden = plain.replace(b"/JavaScript", b"/J#61vaScript")
    assert hidden != plain
    # The table of contents is two bytes off now, which a reader repairs; this one finds the name in the bytes.
    assert _refused("surat.pdf", hidden) == "attachment-active"


def test_what_a_later_revision_replaced_is_found_too() -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf(catalogue={"/OpenAction": action("/Launch")}, streams=True)))
    del writer.root[pdf_name("/OpenAction")]
    writer.update_root()
    made = io.BytesIO()
    writer.write(made)
    assert b"/Launch" not in made.getvalue()
    assert _refused("surat.pdf", made.getvalue()) == "attachment-active"


def test_links_and_jumps_are_no_attack() -> None:
    jump = _dictionary(S=pdf_name("/GoTo"), D=generic.ArrayObject())
    link = action("/URI", URI="https://www.bkn.go.id")
    assert checked(Attachment("surat.pdf", pdf(catalogue={"/OpenAction": jump, "/X": link})), limit=LIMIT).kind == "pdf"


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n",
        b"%PDF-1.7\n%%EOF",
        b"%PDF-1.7\n" + b"<html>" * 100,
        pdf()[:-40],
        pdf()[:200],
        pdf().replace(b"startxref\n", b"startxref\n9"),
        pdf().replace(b"/Pages", b"/Pagez"),
        b"%PDF-1.7\n" + b"[" * 100_000,
    ],
)
def test_a_pdf_that_is_none_is_refused(content: bytes) -> None:
    assert _refused("surat.pdf", content) == "attachment-broken"


def _locked(user: str) -> bytes:
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(pdf(catalogue={"/X": action("/Launch")}))))
    writer.encrypt(owner_pass="pemilik", user_pass=user)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def test_a_locked_pdf_cannot_be_checked() -> None:
    assert _refused("surat.pdf", _locked("rahasia")) == "attachment-locked"


def test_a_pdf_that_opens_without_a_password_is_looked_through() -> None:
    assert _refused("surat.pdf", _locked("")) == "attachment-active"


def test_a_pdf_that_swells_is_refused() -> None:
    packed = zlib.compress(zlib.compress(zlib.compress(bytes(20_000_000), 9), 9), 9)
    body = (
        b"%%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 3 0 R>>\nendobj\n"
        b"2 0 obj\n<</Type/ObjStm/N 1/First 4/Filter[/FlateDecode/FlateDecode/FlateDecode]/Length %d>>\nstream\n%s\n"
        b"endstream\nendobj\n" % (len(packed), packed)
    )
    entries = [(0, 0, 65535), (1, 9, 0), (1, body.index(b"2 0 obj"), 0), (2, 2, 0), (1, len(body), 0)]
    table = b"".join(struct.pack(">BIH", *entry) for entry in entries)
    tail = b"4 0 obj\n<</Type/XRef/Size 5/W[1 4 2]/Root 1 0 R/Length %d>>\nstream\n%s\nendstream\nendobj\n"
    content = body + tail % (len(table), table) + b"startxref\n%d\n%%%%EOF\n" % len(body)
    assert _refused("surat.pdf", content) == "attachment-swells"


def _zip(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("surat.pdf", pdf() + _zip(x=b"program")),
        ("foto.png", picture("PNG") + _zip(x=b"program")),
        ("foto.jpg", picture("JPEG") + docx()),
        ("foto.jpg", picture("JPEG")[:2] + b"\xff\xfe\x00\x20" + b"%PDF-1.7 ".ljust(30) + picture("JPEG")[2:]),
        ("surat.docx", docx() + b"\x00" * 30),
        ("surat.docx", docx() + _zip(x=b"program")),
        ("surat.docx", _zip(x=b"program") + docx()),
    ],
)
def test_two_files_in_one_are_refused(name: str, content: bytes) -> None:
    assert _refused(name, content) in {"attachment-twofold", "attachment-broken"}


MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACRO = b"application/vnd.ms-word.document.macroEnabled.main+xml"


def _linking(kind: str, target: str) -> bytes:
    link = (
        f'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
        f'Target="{target}" TargetMode="External"/>'
    ).encode()
    return docx_part(RELS).replace(b"</Relationships>", link + b"</Relationships>")


@pytest.mark.parametrize(
    "parts",
    [
        {"word/vbaProject.bin": b"x"},
        {"word/VBAPROJECT.BIN": b"x"},
        {"word/activeX/activeX1.xml": b"<x/>"},
        {"word/embeddings/oleObject1.bin": b"x"},
        {"customUI/customUI.xml": b"<x/>"},
        {
            TYPES: docx_part(TYPES).replace(
                b"</Types>", b'<Default Extension="x" ContentType="' + MACRO + b'"/></Types>'
            )
        },
        {RELS: _linking("attachedTemplate", "https://example.org/x.dotm")},
        {RELS: _linking("oleObject", "https://example.org/x")},
        {RELS: _linking("image", "https://example.org/x.png")},
    ],
    ids=lambda parts: next(iter(parts)),
)
def test_a_docx_that_acts_or_carries_files_is_refused(parts: dict[str, bytes]) -> None:
    assert _refused("surat.docx", changed_docx(parts)) == "attachment-active"


@pytest.mark.parametrize(
    "parts",
    [{RELS: _linking("hyperlink", "https://www.bkn.go.id")}, {"word/embeddings/Microsoft_Excel_Sheet1.xlsx": b"PK"}],
    ids=["link", "chart"],
)
def test_links_and_the_tables_of_charts_are_no_attack(parts: dict[str, bytes]) -> None:
    assert checked(Attachment("surat.docx", changed_docx(parts)), limit=LIMIT).kind == "docx"


ENTITY = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><w>&b;</w>'


@pytest.mark.parametrize(
    "parts",
    [
        {DOCUMENT: None},
        {TYPES: None},
        {TYPES: b"<Types/>"},
        {TYPES: docx_part(TYPES).replace(MAIN, b"text/plain")},
        {DOCUMENT: ENTITY},
        {DOCUMENT: b"<w>"},
        {"/etc/x.xml": b"<x/>"},
        {"../x.xml": b"<x/>"},
        {"word\\x.xml": b"<x/>"},
        {"WORD/document.xml": b"<x/>"},
    ],
    ids=str,
)
def test_a_docx_that_is_none_is_refused(parts: dict[str, bytes | None]) -> None:
    assert _refused("surat.docx", changed_docx(parts)) == "attachment-broken"


def test_a_cut_off_docx_is_refused() -> None:
    assert _refused("surat.docx", docx()[:-100]) == "attachment-broken"
    assert _refused("surat.docx", b"PK\x03\x04") == "attachment-broken"


def test_a_locked_docx_is_refused() -> None:
    content = bytearray(docx())
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    assert _refused("surat.docx", bytes(content)) == "attachment-locked"


def test_a_docx_that_swells_is_refused_whatever_it_claims() -> None:
    honest = changed_docx({"word/media/image1.bmp": bytes(50_000_000)})
    assert len(honest) < 200_000
    assert _refused("surat.docx", honest) == "attachment-swells"
    huge = changed_docx({"word/media/image1.bmp": bytes(201_000_000)})
    assert _refused("surat.docx", huge) == "attachment-swells"
    many = changed_docx({f"word/x{number}.xml": b"<x/>" for number in range(2_000)})
    assert _refused("surat.docx", many) == "attachment-swells"
    lying = honest.replace(struct.pack("<I", 50_000_000), struct.pack("<I", 500))
    assert _refused("surat.docx", lying) in {"attachment-swells", "attachment-broken"}


@pytest.mark.parametrize(("name", "kind"), [("foto.png", "PNG"), ("foto.jpg", "JPEG")])
def test_a_picture_that_is_broken_or_monstrous_is_refused(name: str, kind: str) -> None:
    sound = picture(kind, (400, 300))
    assert _refused(name, sound[: len(sound) // 2]) == "attachment-broken"
    assert _refused(name, sound[:20]) == "attachment-broken"


def test_a_picture_of_too_many_pixels_is_not_decoded() -> None:
    for width, height in ((8_000, 8_000), (12_000, 9_000), (65_000, 65_000)):
        header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
        chunk = b"IHDR" + header
        content = picture("PNG")
        start = content.index(b"IHDR")
        made = content[:start] + chunk + struct.pack(">I", zlib.crc32(chunk)) + content[start + len(chunk) + 4 :]
        assert _refused("foto.png", made) == "attachment-swells"
