"""From the cells of a sheet to a table: header found, empty rows and repeated headers left out, stray cells named."""

from collections.abc import Collection, Iterator
from dataclasses import replace

import polars as pl

from data_access.intake.findings import LISTED, ROW, VALUE, Finding, Severity, more
from data_access.intake.labels import clean, normal
from data_access.intake.readers.header import Header, column_numbers_follow, header_of
from data_access.intake.readers.table import Grid, Table
from data_access.words import mark as _

SHARE = 0.5  # of the wanted names, by which a sheet is taken for one that the mapping speaks of


def table_of(grid: Grid, wanted: Collection[str]) -> Table:
    """The table of a sheet; `wanted` are normal forms of the headings that the mapping speaks of (none: any table)."""
    head = grid.head()
    header = header_of(head, wanted)
    skipped = header.last + 1 + column_numbers_follow(head, header)
    cells = grid.cells[skipped:]
    named = [i for i, name in enumerate(header.names) if name]
    width = named[-1] + 1 if named else 0
    columns = [str(i) for i in range(width)]
    place = Table(grid.file, grid.sheet, (), cells).place
    findings = [*_repeated_names(header.names, wanted, place), *_stray(grid, cells, width, place)]
    kept = cells.select(ROW, *columns).filter(pl.any_horizontal(pl.col(columns).is_not_null())) if columns else cells
    names = tuple(header.names[i] or _unnamed(i) for i in range(width))
    table = Table(grid.file, grid.sheet, names, kept, _titles(head, header), tuple(findings))
    return _without_page_breaks(table, grid.cells[:skipped])


def speaks_of(grid: Grid, wanted: Collection[str]) -> bool:
    """Whether a sheet has the header that the mapping speaks of."""
    return header_of(grid.head(), wanted).matches >= SHARE * len(wanted)


def _unnamed(place: int) -> str:
    return f"(kolom {place + 1})"


def _titles(head: list[list[str | None]], header: Header) -> tuple[str, ...]:
    return tuple(clean(cell) for row in head[: header.first] for cell in row if cell and clean(cell))


def _repeated_names(names: Collection[str], wanted: Collection[str], place: str) -> Iterator[Finding]:
    """Which of two columns is meant, nobody can know."""
    forms = [normal(name) for name in names]
    for name in sorted({name for name in names if normal(name) in wanted and forms.count(normal(name)) > 1}):
        template = _("Judul kolom {column} muncul lebih dari sekali. Beri setiap kolom nama sendiri.")
        yield Finding("error", "column-twice", template, {"column": name}, place, column=name)


def _stray(grid: Grid, cells: pl.DataFrame, width: int, place: str) -> Iterator[Finding]:
    """Cells to the right of the last heading: a field too many in a text file, a note in a spreadsheet."""
    beyond = [name for name in cells.columns if name != ROW and int(name) >= width]
    if not beyond:
        return
    found = cells.filter(pl.any_horizontal(pl.col(beyond).is_not_null()))
    severity: Severity = "warning" if grid.loose else "error"
    template = _("Baris ini memuat isi di luar tabel. Periksa pemisah kolom, atau hapus isi di kanan tabel.")
    rows = found.select(ROW, pl.coalesce(pl.col(beyond)).alias(VALUE))
    alike = Finding(severity, "cell-outside", template, file=place)
    for row, value in rows.head(LISTED).iter_rows():
        yield replace(alike, row=row, value=value)
    yield from more(rows, alike)


def _without_page_breaks(table: Table, above: pl.DataFrame) -> Table:
    """Without the rows that repeat a title or the header, as a page break leaves them."""
    columns = [name for name in table.cells.columns if name != ROW]
    if not columns or table.cells.is_empty():
        return table
    heads = above.select(columns).filter(pl.any_horizontal(pl.col(columns).is_not_null()))
    first = columns[0]
    likely = table.cells.filter(pl.col(first).is_in(heads[first].implode(), nulls_equal=True))
    repeated = likely.join(heads, on=columns, how="semi", nulls_equal=True)[ROW].sort()
    if repeated.is_empty():
        return table
    template = _("{count} baris mengulang judul tabel (ganti halaman) dan tidak dibaca.")
    note = Finding("info", "header-repeated", template, {"count": repeated.len()}, table.place, int(repeated[0]))
    return table.with_cells(table.cells.filter(~pl.col(ROW).is_in(repeated.implode())), note)
