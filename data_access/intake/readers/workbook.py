"""XLSX by calamine: every sheet as text, rows counted as the spreadsheet counts them."""

from collections.abc import Iterator, Sequence

import fastexcel
import polars as pl

from data_access.errors import Rejected
from data_access.intake.findings import ROW, Finding
from data_access.intake.labels import normal
from data_access.intake.readers.copying import Copy, too_many_rows
from data_access.intake.readers.limits import Limits
from data_access.intake.readers.numbers import with_fractions_marked
from data_access.intake.readers.table import Grid
from data_access.intake.readers.unpacking import check_workbook
from data_access.words import mark as _


def grids(copy: Copy, sheets: Sequence[str], limits: Limits) -> tuple[list[Grid], list[Finding]]:
    """The sheets named, or all that can be seen, and notes on what is hidden; Rejected if one is missing."""
    hidden_rows = check_workbook(copy, limits)
    try:
        return _grids(copy, sheets, limits, hidden_rows)
    except (Rejected, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of the reader is no Exception
        raise Rejected("file-unreadable", _("{file} tidak dapat dibaca: isinya rusak."), file=copy.name) from error


def _grids(copy: Copy, sheets: Sequence[str], limits: Limits, hidden_rows: int) -> tuple[list[Grid], list[Finding]]:
    reader = fastexcel.read_excel(copy.path)
    found, notes = [], _hidden_rows(copy.name, hidden_rows)
    for name in _chosen(copy.name, reader.sheet_names, sheets):
        sheet = reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string", whitespace_as_null=True)
        if not sheets and sheet.visible != "visible":
            template = _("Lembar {sheet} tersembunyi dan tidak dibaca.")
            notes.append(Finding("info", "sheet-hidden", template, {"sheet": name}, copy.name))
        elif sheet.height:
            if sheet.height > limits.rows:
                raise too_many_rows(copy.name, limits)
            found.append(Grid(copy.name, name, _cells(reader, name, sheet.to_polars()), loose=True))
    if not found:
        raise Rejected("file-empty", _("{file} kosong. Ekspor ulang berkas itu."), file=copy.name)
    return found, notes


def _cells(reader: fastexcel.ExcelReader, name: str, text: pl.DataFrame) -> pl.DataFrame:
    """Numbers that are no whole ones are marked, for as text 1.234 may be meant as a thousand and more."""
    text.columns = [str(i) for i in range(text.width)]

    def numeric(column: str) -> pl.Series:
        # As a date only what is stored as a number can be read; a text stays empty.
        sheet = reader.load_sheet(name, header_row=None, skip_rows=0, use_columns=[int(column)], dtypes="datetime")
        return sheet.to_polars().to_series().is_not_null()

    return with_fractions_marked(text, numeric).with_row_index(ROW, offset=1).cast({ROW: pl.Int64})


def _chosen(file: str, known: Sequence[str], wanted: Sequence[str]) -> Iterator[str]:
    by_form = {normal(name): name for name in known}
    missing = [name for name in wanted if normal(name) not in by_form]
    if missing:
        template = _("Lembar {sheets} tidak ada di {file}. Yang ada: {known}.")
        raise Rejected("sheet-missing", template, sheets=", ".join(missing), file=file, known=", ".join(known))
    yield from (by_form[normal(name)] for name in wanted) if wanted else known


def _hidden_rows(file: str, count: int) -> list[Finding]:
    if not count:
        return []
    template = _("{file} memuat {count} baris tersembunyi, yang ikut dibaca. Tampilkan dan periksa baris itu.")
    return [Finding("warning", "rows-hidden", template, {"file": file, "count": count}, file)]
