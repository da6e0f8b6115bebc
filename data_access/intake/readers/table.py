"""What every reader returns: a sheet as it lies there (`Grid`), and the table that was found in it (`Table`)."""

from dataclasses import dataclass, replace

import polars as pl

from data_access.intake.findings import ROW, Finding

HEAD = 60  # rows in which a header is looked for


@dataclass(frozen=True)
class Grid:
    """Cells as text under the names "0", "1", …, with `baris`: the row of the spreadsheet or the line of the file, from 1.

    `loose` says whether cells beside the table are a common untidiness (a note in a spreadsheet) or a sign of damage.
    """

    file: str
    sheet: str
    cells: pl.DataFrame
    loose: bool = False

    def head(self) -> list[list[str | None]]:
        return [list(row) for row in self.cells.head(HEAD).drop(ROW).iter_rows()]


@dataclass(frozen=True)
class Table:
    """A table of a source file: `names` are its headings, cell column "i" stands under `names[i]`.

    `titles` are the texts above the header, `findings` what the reader met on the way.
    """

    file: str
    sheet: str
    names: tuple[str, ...]
    cells: pl.DataFrame
    titles: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def place(self) -> str:
        """How a finding names the file: with its sheet where there is one."""
        return f"{self.file} [{self.sheet}]" if self.sheet else self.file

    def column(self, place: int) -> pl.Series:
        return self.cells[str(place)]

    def with_cells(self, cells: pl.DataFrame, *more: Finding) -> "Table":
        return replace(self, cells=cells, findings=(*self.findings, *more))
