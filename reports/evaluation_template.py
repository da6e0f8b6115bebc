"""Makes `evaluasi.docx`, the template of the evaluation report: `python -m reports.evaluation_template`.

A4, one column, tables with horizontal lines only. What stands in double braces is filled by `reports.evaluation`; the words
beside it come from there too, so that one template serves both languages. A ministry may replace the file by its own.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from docx import Document
from docx.document import Document as Page
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

FILE = Path(__file__).parent / "evaluasi.docx"
FONT, INK, LINE = "Arial", RGBColor(0x1B, 0x2A, 0x41), "A6A6A6"
WIDTH = 165  # mm between the margins
RIGHT, CENTRE, LEFT = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT
Column = tuple[str, str, int, WD_ALIGN_PARAGRAPH]  # heading, content, width in mm, alignment

USAGE: tuple[Column, ...] = (
    ("{{ label.dataset }}", "{{ row.dataset }}", 38, LEFT),
    ("{{ label.from_to }}", "{{ row.owner }} → {{ row.receiver }}", 43, LEFT),
    ("{{ label.questions }}", "{{ row.questions }}", 21, RIGHT),
    ("{{ label.refused }}", "{{ row.refused }}", 20, RIGHT),
    ("{{ label.exports }}", "{{ row.exports }}", 23, RIGHT),
    ("{{ label.accounts }}", "{{ row.accounts }}", 20, RIGHT),
)
RELEASES: tuple[Column, ...] = (
    ("{{ label.release }}", "{{ row.release }}", 24, LEFT),
    ("{{ label.published }}", "{{ row.published }}", 36, LEFT),
    ("{{ label.dataset }}", "{{ row.dataset }}", 39, LEFT),
    ("{{ label.reference_date }}", "{{ row.reference_date }}", 36, LEFT),
    ("{{ label.timeliness }}", "{{ row.timeliness }}", 30, LEFT),
)
PAIRS: tuple[Column, ...] = (
    ("{{ label.fact }}", "{{ row.label }}", 110, LEFT),
    ("{{ label.value }}", "{{ row.value }}", 55, RIGHT),
)


def made() -> Page:
    """The template as a document."""
    page = _page()
    _head(page)
    tables = {"usage": USAGE, "releases": RELEASES, "quality": PAIRS, "counts": PAIRS}
    for number, (name, columns) in enumerate(tables.items(), start=1):
        page.add_heading(f"{number}. {{{{ label.{name} }}}}", 1)
        _either(page, name, partial(_table, page, name, columns))
    page.add_heading("5. {{ label.findings }}", 1)
    _either(page, "findings", partial(_findings, page))
    page.add_heading("6. {{ label.comments }}", 1)
    _either(page, "comments", partial(_comments, page))
    page.add_heading("7. {{ label.closing }}", 1)
    _closing(page)
    _footer(page)
    return page


def _page() -> Page:
    page = Document()
    section = page.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = (
        Mm(25),
        Mm(20),
        Mm(25),
        Mm(22),
    )
    for name, size, bold in (
        ("Normal", 10.5, False),
        ("Heading 1", 12, True),
        ("Title", 16, True),
        ("Footer", 8.5, False),
    ):
        style = page.styles[name]
        style.font.name, style.font.size, style.font.bold = FONT, Pt(size), bold
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):  # a theme would win over the name
            fonts.attrib.pop(qn(f"w:{attribute}"), None)
        fonts.set(qn("w:eastAsia"), FONT)
        if bold:
            style.font.color.rgb = INK
    normal, heading = page.styles["Normal"].paragraph_format, page.styles["Heading 1"].paragraph_format
    normal.space_after, normal.line_spacing = Pt(4), 1.15
    heading.space_before, heading.space_after, heading.keep_with_next = Pt(16), Pt(6), True
    border = page.styles["Title"].element.pPr.find(qn("w:pBdr"))
    if border is not None:
        page.styles["Title"].element.pPr.remove(border)
    page.core_properties.title, page.core_properties.author = "", ""
    page.core_properties.comments = ""
    return page


def _head(page: Page) -> None:
    for words, style in (("{{ label.report }}", "Title"), ("{{ half_year }}", "Normal"), ("{{ agreement }}", "Normal")):
        paragraph = page.add_paragraph(words, style)
        paragraph.alignment = CENTRE
    page.paragraphs[1].runs[0].bold = True
    page.paragraphs[2].paragraph_format.space_after = Pt(12)
    table = _plain(page, (50, 115))
    for label, value in (("numbers", "numbers"), ("period", "period"), ("prepared", "prepared")):
        cells = _row(table).cells
        cells[0].paragraphs[0].add_run(f"{{{{ label.{label} }}}}").bold = True
        cells[1].paragraphs[0].add_run(f"{{{{ {value} }}}}")
    _widths(table, (50, 115))


def _either(page: Page, name: str, content: Callable[[], None]) -> None:
    """The content if there is any, else a line that says there is none."""
    page.add_paragraph(f"{{%p if {name} %}}")
    content()
    page.add_paragraph("{%p else %}")
    page.add_paragraph("{{ label.none }}")
    page.add_paragraph("{%p endif %}")


def _table(page: Page, name: str, columns: Sequence[Column]) -> None:
    table = _plain(page, [width for _head, _cell, width, _side in columns])
    _lines(table)
    head = _row(table)
    _mark(head, "w:tblHeader")
    for cell, (words, _content, _width, side) in zip(head.cells, columns, strict=True):
        _write(cell, words, side, bold=True)
        shade = OxmlElement("w:shd")
        for attribute, value in (("val", "clear"), ("color", "auto"), ("fill", "EDF0F4")):
            shade.set(qn(f"w:{attribute}"), value)
        cell._tc.get_or_add_tcPr().append(shade)
    _row(table).cells[0].text = f"{{%tr for row in {name} %}}"
    row = _row(table)
    _mark(row, "w:cantSplit")
    for cell, (_words, content, _width, side) in zip(row.cells, columns, strict=True):
        _write(cell, content, side)
    _row(table).cells[0].text = "{%tr endfor %}"
    _widths(table, [width for _head, _cell, width, _side in columns])


def _findings(page: Page) -> None:
    page.add_paragraph("{%p for finding in findings %}")
    page.add_paragraph("{{ finding }}", "List Bullet")
    page.add_paragraph("{%p endfor %}")


def _comments(page: Page) -> None:
    page.add_paragraph("{%p for comment in comments %}")
    who = page.add_paragraph()
    who.add_run("{{ comment.party }}").bold = True
    who.add_run(" – {{ comment.who }}, {{ comment.at }}")
    who.paragraph_format.keep_with_next = True
    said = page.add_paragraph("{{ comment.text }}")
    said.paragraph_format.left_indent, said.paragraph_format.space_after = Mm(6), Pt(10)
    page.add_paragraph("{%p endfor %}")


def _closing(page: Page) -> None:
    """Two columns, one for each party; names stand on one line whatever stands above them, and all on one page."""
    table = _plain(page, (82, 83))
    rows = (("role", "party", "position"), ("who",), ("at",))
    for number, fields in enumerate(rows):
        row = _row(table)
        _mark(row, "w:cantSplit")
        for party, cell in enumerate(row.cells):
            for paragraph, name in zip(_paragraphs(cell, len(fields)), fields, strict=True):
                paragraph.add_run(f"{{{{ closings[{party}].{name} }}}}").bold = name in ("role", "who")
                paragraph.alignment, paragraph.paragraph_format.keep_with_next = CENTRE, number < len(rows) - 1
                paragraph.paragraph_format.space_after = Pt(0)
                if name == "who":
                    paragraph.paragraph_format.space_before = Pt(58)  # room for a signature or its picture
    _widths(table, (82, 83))


def _footer(page: Page) -> None:
    paragraph = page.sections[0].footer.paragraphs[0]
    paragraph.alignment = CENTRE
    paragraph.add_run("{{ label.report }} · {{ half_year }} · {{ label.page }} ")
    _field(paragraph, "PAGE")
    paragraph.add_run(" / ")
    _field(paragraph, "NUMPAGES")


def _field(paragraph: Paragraph, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = OxmlElement("w:r")
    shown = OxmlElement("w:t")
    shown.text = "1"
    run.append(shown)
    field.append(run)
    paragraph._p.append(field)


def _row(table: Table) -> _Row:
    added: _Row = table.add_row()
    return added


def _paragraphs(cell: _Cell, count: int) -> list[Paragraph]:
    return [cell.paragraphs[0], *(cell.add_paragraph() for _further in range(count - 1))]


def _plain(page: Page, widths: Sequence[int]) -> Table:
    table: Table = page.add_table(0, len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    return table


def _widths(table: Table, widths: Sequence[int]) -> None:
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _lines(table: Table) -> None:
    borders = OxmlElement("w:tblBorders")
    for side, size in (("top", "8"), ("bottom", "8"), ("insideH", "4")):
        line = OxmlElement(f"w:{side}")
        for attribute, value in (("val", "single"), ("sz", size), ("space", "0"), ("color", LINE)):
            line.set(qn(f"w:{attribute}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)


def _write(cell: _Cell, words: str, side: WD_ALIGN_PARAGRAPH, *, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = side
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
    run = paragraph.add_run(words)
    run.bold, run.font.size = bold, Pt(9.5)


def _mark(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


if __name__ == "__main__":
    made().save(str(FILE))
