"""An Excel workbook: the table as on the screen, the same cells as rows with codes, and where they come from."""

import io
from collections.abc import Iterable, Sequence

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from data_access.access.export import Export
from data_access.access.result import Kind
from data_access.harmless import harmless
from data_access.words import mark as _
from data_access.words import text
from reports.origin import description, source_line
from reports.table import Table, TableCell
from reports.tidy import VALUE, tidy

MIME, ENDING = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"
# Nothing is written by guess: neither formulas nor links nor numbers arise from text.
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
NARROWEST, WIDEST, A4 = 9, 48, 9
LONGEST_CELL = 32_000
TITLE = "title"
STYLES: dict[str, dict[str, object]] = {
    TITLE: {"bold": True, "font_size": 14},
    "quiet": {"font_color": "#595959"},
    "head": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"},
    "head right": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "align": "right"},
    "name": {},
    "total": {"bold": True, "top": 1},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "fact": {"bold": True, "valign": "top"},
}


class _Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[object, Format] = {}

    def __getitem__(self, name: str) -> Format:
        return self._style(name, STYLES[name])

    def of(self, cell: TableCell, *, total: bool) -> Format:
        """The format of a displayed value: as many decimals as on the screen; text to the right like a number."""
        base = STYLES["total" if total else "name"] | {"align": "right"}
        shown = number_format(cell.kind, cell.decimals)
        return self._style((shown, total), base | {"num_format": shown})

    def _style(self, key: object, properties: dict[str, object]) -> Format:
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]


def number_format(kind: Kind, decimals: int) -> str:
    """Excel's way of writing what the screen writes; a change always carries its sign."""
    places = "." + "0" * decimals if decimals else ""
    number = f"0{places}%" if kind in (Kind.SHARE, Kind.GROWTH) else f"#,##0{places}"
    return f"+{number};-{number};{number}" if kind in (Kind.CHANGE, Kind.GROWTH) else number


def written(export: Export, table: Table, language: str) -> bytes:
    """The workbook of an export; `table` is what the screen shows of its answers."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        book.set_properties(
            {"title": table.title, "author": "Dasbor Kebijakan ASN", "comments": export.purpose, "created": export.at}
        )
        styles = _Styles(book)
        for name, fill in ((_("Tabel"), _table), (_("Data"), _tidy), (_("Sumber"), _description)):
            sheet = book.add_worksheet(text(name, language))
            _page(sheet, export, language)
            fill(sheet, styles, export, table, language)
    return out.getvalue()


def _page(sheet: Worksheet, export: Export, language: str) -> None:
    """A4, landscape, as wide as the paper; the source and the page number at the foot."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    source = source_line(export, language).replace("&", "&&")
    sheet.set_footer(f"&L{source[:200]}&R&P/&N")


def _table(sheet: Worksheet, styles: _Styles, export: Export, table: Table, language: str) -> None:
    above = [(table.title, TITLE), (source_line(export, language), "quiet"), *((one, "quiet") for one in table.filters)]
    for line, (words, style) in enumerate(above):
        _text(sheet, line, 0, words, styles[style])
    top = 3 + len(table.filters)
    for line, heads in enumerate(table.heads, top):
        for column, words in enumerate(heads):
            _text(sheet, line, column, words, styles["head" if column < table.leading else "head right"])
    first = top + len(table.heads)
    for line, row in enumerate(table.rows, first):
        for column, words in enumerate(row.heads):
            _text(sheet, line, column, words, styles["total" if row.total else "name"])
        for column, cell in enumerate(row.cells, len(row.heads)):
            _cell(sheet, line, column, cell, styles.of(cell, total=row.total))
    for line, words in enumerate(table.notes, first + len(table.rows) + 1):
        _text(sheet, line, 0, words, styles["quiet"])
    sheet.freeze_panes(first, table.leading)
    sheet.repeat_rows(top, first - 1)
    texts = [*table.heads, *((*row.heads, *(cell.text for cell in row.cells)) for row in table.rows)]
    _widths(sheet, texts)


def _tidy(sheet: Worksheet, styles: _Styles, export: Export, _shown: Table, language: str) -> None:
    frame = tidy(export.results, language)
    value = frame.columns.index(VALUE)
    for column, name in enumerate(frame.columns):
        _text(sheet, 0, column, name, styles["head"])
    for line, row in enumerate(frame.iter_rows(), 1):
        for column, cell in enumerate(row):
            if column != value:
                _text(sheet, line, column, cell, styles["name"])
            elif cell is None:  # the last column holds the cell as on the screen
                _text(sheet, line, column, row[-1], styles["name"])
            else:
                sheet.write_number(line, column, cell)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, max(frame.height, 1), frame.width - 1)
    _widths(sheet, [frame.columns, *([str(cell) for cell in row] for row in frame.iter_rows())])


def _description(sheet: Worksheet, styles: _Styles, export: Export, _shown: Table, language: str) -> None:
    for line, (name, words) in enumerate(description(export, language)):
        _text(sheet, line, 0, name, styles["fact"])
        _text(sheet, line, 1, words, styles["wrapped"])
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100)


def _cell(sheet: Worksheet, line: int, column: int, cell: TableCell, style: Format) -> None:
    if cell.value is None:
        _text(sheet, line, column, cell.text, style)
    else:
        sheet.write_number(line, column, cell.value, style)


def _text(sheet: Worksheet, line: int, column: int, words: str, style: Format) -> None:
    sheet.write_string(line, column, harmless(words)[:LONGEST_CELL], style)


def _widths(sheet: Worksheet, rows: Iterable[Sequence[str]]) -> None:
    for column, cells in enumerate(zip(*rows, strict=True)):
        sheet.set_column(column, column, min(max(NARROWEST, *(len(cell) + 2 for cell in cells)), WIDEST))
