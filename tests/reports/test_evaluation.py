"""The evaluation report: what it shows in both languages, that typed text stays text, and templates of a ministry's own."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Page
from docx.oxml.ns import qn
from docx.shared import Mm
from hypothesis import example, given, settings
from hypothesis import strategies as st

from data_access.contract import Label
from data_access.errors import Misconfigured
from data_access.governance.documents import Attachment, checked
from data_access.governance.evaluation_report import Closing, Comment, EvaluationReport, Published, Usage
from data_access.words import LANGUAGES
from reports.evaluation import LABELS, evaluation_docx
from reports.evaluation_template import FILE, made

NOW = datetime(2026, 7, 6, 3, tzinfo=UTC)
EMPTY = EvaluationReport(
    year=2026,
    half=1,
    numbers=("14/KS.00/2022", "3/HM.04.01/2022"),
    title=Label(id="Pertukaran dan Pemanfaatan Data", en="Exchange and Use of Data"),
    first=date(2026, 1, 1),
    last=date(2026, 6, 30),
    prepared_at=NOW,
)
FULL = replace(
    EMPTY,
    usage=(
        Usage(dataset="pegawai", owner="kedua", receiver="kesatu", questions=12_345, refused=12, exports=7, accounts=9),
        Usage(dataset="tidak-ada", owner="kesatu", receiver="kedua"),
    ),
    releases=(
        Published(release="0003", published=date(2026, 1, 20), dataset="pegawai", reference_date=date(2025, 12, 31),
                  due=date(2026, 1, 30)),
        Published(release="0004", published=date(2026, 2, 20), dataset="arus", reference_date=date(2025, 12, 31),
                  due=date(2026, 1, 30)),
        Published(release="0005", published=date(2026, 3, 1), dataset="arus", reference_date=date(2024, 12, 31)),
    ),
    quality=(("Kelengkapan jabatan", "98,7%"),),
    counts=(("Surat (Pasal 8)", 1_200), ("Insiden", 0)),
    findings=("Snapshot arus terlambat 21 hari.", "Satu akun dinonaktifkan."),
    comments=(Comment(party="kesatu", who="Budi Santoso", at=NOW, text="Terima kasih.\nMohon dipercepat."),),
    closings=(
        Closing(party="kesatu", who="Budi Santoso", position="Asisten Deputi", at=NOW),
        Closing(party="kedua"),
    ),
)  # fmt: skip
STRANGE = (
    "{{ 7*7 }}", "{% for x in y %}", "{%p if x %}", "{# x #}", "{_{ x }_}", "{_% x %_}", "<w:p/>", "</w:t></w:r></w:p>",
    "&amp; & &#123;",
    "\"'", "]]>", "<!-- x -->", "{{ label.__class__ }}", "{{r x }}", "50% {x}", "a\nb\n\nc", "naïve – 漢字 😀",
)  # fmt: skip


def _page(report: EvaluationReport, language: str = "id", template: Path | None = None) -> Page:
    return Document(io.BytesIO(evaluation_docx(report, language, template)))


def _rows(page: Page, number: int) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in page.tables[number].rows]


def _texts(page: Page) -> list[str]:
    """Each paragraph of the body, those of tables included."""
    return [
        "".join(node.text or "" if node.tag == qn("w:t") else "\n" for node in one.iter(qn("w:t"), qn("w:br")))
        for one in page.element.body.iter(qn("w:p"))
    ]


@pytest.mark.parametrize("part", ["word/document.xml", "word/footer1.xml", "word/styles.xml", "docProps/core.xml"])
def test_the_template_is_the_one_that_the_script_makes(part: str) -> None:
    script = io.BytesIO()
    made().save(script)
    with zipfile.ZipFile(FILE) as kept, zipfile.ZipFile(script) as fresh:
        assert kept.read(part) == fresh.read(part)


def test_everything_is_shown() -> None:
    page = _page(FULL)
    texts = "\n".join(_texts(page))
    for expected in ("Semester I Tahun 2026", "14/KS.00/2022; 3/HM.04.01/2022", "1 Januari 2026 – 30 Juni 2026",
                     "6 Jul 2026 10.00 WIB", "Pertukaran dan Pemanfaatan Data", *FULL.findings,
                     "KemenPANRB – Budi Santoso, 6 Jul 2026 10.00 WIB", "Terima kasih.\nMohon dipercepat."):  # fmt: skip
        assert expected in texts
    assert "{" not in texts
    usage, releases, quality, counts, closing = (_rows(page, number)[1:] for number in range(1, 6))
    assert usage == [
        ["Pegawai ASN", "BKN → KemenPANRB", "12.345", "12", "7", "9"],
        ["tidak-ada", "KemenPANRB → BKN", "0", "0", "0", "0"],
    ]
    assert [row[-1] for row in releases] == ["tepat waktu", "terlambat 21 hari", "tanpa tenggat"]
    assert releases[0][:4] == ["0003", "20 Januari 2026", "Pegawai ASN", "31 Desember 2025"]
    assert quality == [["Kelengkapan jabatan", "98,7%"]]
    assert counts == [["Surat (Pasal 8)", "1.200"], ["Insiden", "0"]]
    assert closing[0][0] == "Budi Santoso"
    assert set(closing[0][1]) == {"(", "…", ")"}
    assert page.core_properties.title == "Laporan Evaluasi – Semester I Tahun 2026"


def test_numbers_and_dates_in_english() -> None:
    page = _page(FULL, "en")
    assert "Exchange and Use of Data" in "\n".join(_texts(page))
    assert _rows(page, 1)[1][2] == "12,345"
    assert _rows(page, 2)[1][1] == "20 January 2026"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_half_year_says_so(language: str) -> None:
    page = _page(EMPTY, language)
    assert len(page.tables) == 2  # facts and signatures
    assert len([one for one in _texts(page) if "{" in one or "}" in one]) == 0
    nothing = [one for one in _texts(_page(EMPTY)) if one == LABELS["none"]]
    assert len(nothing) == 6


def test_half_two_is_the_second() -> None:
    assert "Semester II Tahun 2026" in _texts(_page(replace(EMPTY, half=2)))


def test_the_page_is_a4_and_headings_are_headings() -> None:
    page = _page(FULL)
    section = page.sections[0]
    assert section.page_width
    assert section.page_height
    assert (round(section.page_width / Mm(1)), round(section.page_height / Mm(1))) == (210, 297)
    headings = [one.text for one in page.paragraphs if one.style and one.style.name == "Heading 1"]
    assert [one.split(".")[0] for one in headings] == [str(number) for number in range(1, 8)]
    heads = [len(list(table._tbl.iter(qn("w:tblHeader")))) for table in page.tables]
    assert heads == [0, 1, 1, 1, 1, 0]  # repeated on the next page


def test_the_report_may_be_attached() -> None:
    content = evaluation_docx(FULL, "id", None)
    assert checked(Attachment("evaluasi.docx", content), limit=20_000_000).kind == "docx"


def _everywhere(words: str) -> EvaluationReport:
    """The words in every place that somebody types into."""
    return replace(
        FULL,
        title=Label(id=words, en=words),
        numbers=(words,),
        quality=((words, words),),
        counts=((words, 1),),
        findings=(words,),
        comments=(Comment(party="kesatu", who="x", at=NOW, text=words),),
        closings=(Closing(party="kesatu", who=words, position=words, at=NOW), Closing(party="kedua")),
    )


@pytest.mark.parametrize("words", STRANGE)
def test_typed_text_is_never_executed(words: str) -> None:
    page = _page(_everywhere(words))
    assert _texts(page).count(words) == 9  # title, number, twice quality, count, finding, comment, name, position
    assert "49" not in "".join(_texts(page))
    assert len(page.tables) == 6


SIGNS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), max_size=60)


@given(SIGNS)
@example("{{ x }} {% y %} <w:t>")
@settings(max_examples=20, deadline=None)
def test_any_text_comes_back_as_it_is(words: str) -> None:
    comment = Comment(party="kesatu", who="x", at=NOW, text=f"|{words}|")
    assert f"|{words}|" in _texts(_page(replace(FULL, comments=(comment,))))


def test_signs_that_xml_cannot_hold_go() -> None:
    words = "a\x00\x07\x0b\x0c\x1b\ud800\ufffe\uffffb\tc\r\nd"
    comment = Comment(party="kesatu", who="x", at=NOW, text=words)
    assert "ab c\nd" in _texts(_page(replace(FULL, comments=(comment,))))


def _own(tmp_path: Path, *lines: str) -> Path:
    page = Document()
    for line in lines:
        page.add_paragraph(line)
    file = tmp_path / "milik-sendiri.docx"
    page.save(str(file))
    return file


def test_a_ministry_may_bring_its_own_template(tmp_path: Path) -> None:
    own = _own(
        tmp_path, "KOP SURAT", "{{ half_year }}", "{%p for one in comments %}", "{{ one.text|upper }}", "{%p endfor %}"
    )
    comment = Comment(party="kesatu", who="x", at=NOW, text="a & {{ b }}")
    page = _page(replace(FULL, comments=(comment,)), template=own)
    assert _texts(page) == ["KOP SURAT", "Semester I Tahun 2026", "A & {{ B }}"]


@pytest.mark.parametrize(
    "line",
    [
        "{{ tidak_ada }}",
        "{{ label.tidak_ada }}",
        "{% for x in usage %}",
        "{{ half_year",
        "{{ half_year|tidak_ada }}",
        "{{ half_year + 1 }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ label.__init__.__globals__ }}",
        "{% include '/etc/passwd' %}",
        "{{ 1 / 0 }}",
        "{{ range(10**9)|list }}",
    ],
)
def test_a_template_that_is_wrong_or_reaches_out_is_told(tmp_path: Path, line: str) -> None:
    with pytest.raises(Misconfigured) as told:
        evaluation_docx(FULL, "id", _own(tmp_path, line))
    assert told.value.reason == "evaluation-template"
    for language in LANGUAGES:
        assert "milik-sendiri.docx" in told.value.sentence(language)
    assert "ASN_EVALUATION_TEMPLATE" in told.value.sentence("id")


@pytest.mark.parametrize("content", [b"", b"no template", b"PK\x03\x04", FILE.read_bytes()[:3_000]])
def test_a_template_that_is_no_document_is_told(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "rusak.docx"
    file.write_bytes(content)
    with pytest.raises(Misconfigured) as told:
        evaluation_docx(FULL, "id", file)
    assert "rusak.docx" in told.value.sentence("id")


def test_a_template_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured):
        evaluation_docx(FULL, "id", tmp_path / "tidak-ada.docx")


def test_an_archive_that_is_no_word_document_is_told(tmp_path: Path) -> None:
    file = tmp_path / "arsip.docx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("x", "y")
    with pytest.raises(Misconfigured):
        evaluation_docx(FULL, "id", file)
