"""The one way to read a source file: its copy in, its tables out."""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from data_access.intake.findings import ROW, Finding
from data_access.intake.labels import normal
from data_access.intake.readers import delimited, parquet, workbook
from data_access.intake.readers.copying import Copy
from data_access.intake.readers.limits import Limits
from data_access.intake.readers.table import Grid, Table
from data_access.intake.readers.tables import speaks_of, table_of
from data_access.words import mark as _


def tables(copy: Copy, limits: Limits, *, wanted: Sequence[str] = (), sheets: Sequence[str] = ()) -> list[Table]:
    """Every table of the file. `wanted` are headings to look for, `sheets` the sheets of a workbook (none: all that have them).

    Where nothing has the wanted headings the first table is returned, so that its own headings can be told.
    """
    forms = {normal(name) for name in wanted}
    if copy.kind == "parquet":
        return [_from_parquet(copy, limits)]
    if copy.kind == "text":
        grid, notes = delimited.grid(copy, forms, limits)
        grids = [grid]
    else:
        grids, notes = workbook.grids(copy, sheets, limits)
    chosen = grids if sheets or not forms else [grid for grid in grids if speaks_of(grid, forms)] or grids[:1]
    notes += [_left_out(grid) for grid in grids if grid not in chosen]
    found = [table_of(grid, forms) for grid in chosen]
    return [replace(found[0], findings=(*notes, *found[0].findings)), *found[1:]]


def _from_parquet(copy: Copy, limits: Limits) -> Table:
    frame = parquet.frame(copy, limits, mark_fractions=True)
    names = tuple(frame.columns)
    frame.columns = [str(i) for i in range(frame.width)]
    return Table(copy.name, "", names, frame.with_row_index(ROW, offset=1).cast({ROW: pl.Int64}))


def _left_out(grid: Grid) -> Finding:
    template = _("Lembar {sheet} tidak dibaca: judul kolomnya tidak ada di pemetaan.")
    return Finding("info", "sheet-skipped", template, {"sheet": grid.sheet}, grid.file)
