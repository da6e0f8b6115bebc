"""The reference date that a source file itself tells, in a title or a column, held against the manifest."""

import re
from collections.abc import Iterator
from datetime import date

import polars as pl

from data_access.intake.findings import Finding
from data_access.intake.readers.dates import dates_in
from data_access.intake.readers.table import Table
from data_access.intake.source import ROW
from data_access.words import mark as _

PRINTED = re.compile(r"cetak|unduh|ekspor|export|print|dibuat|waktu|akses", re.IGNORECASE)
LOOKED_AT = 50
DIFFERS = _("Berkas menyebut tanggal {found}, manifest menyebut tanggal acuan {day}.")


def title_dates(table: Table, day: date) -> Iterator[Finding]:
    """A warning if the titles tell dates and none is the reference date; the day of printing is none."""
    titles = [title for title in table.titles if not PRINTED.search(title)]
    found = [one for title in titles for one in dates_in(title)]
    if found and day not in found:
        facts: dict[str, object] = {"found": found[0], "day": day}
        yield Finding("warning", "date-differs", DIFFERS, facts, table.place, value=found[0].isoformat())


def column_dates(cells: pl.DataFrame, column: str, day: date) -> Iterator[Finding]:
    """A warning for each text of a date column that is another date or none."""
    texts = cells.group_by(column).agg(pl.col(ROW).min()).drop_nulls().sort(ROW).head(LOOKED_AT)
    for text, row in texts.iter_rows():
        found = dates_in(text)
        if not found:
            template = _("{value} bukan tanggal yang dikenal. Tulis seperti 31 Desember 2025 atau 2025-12-31.")
            yield Finding("warning", "date-unreadable", template, {"value": text[:30]}, row=row, value=text[:30])
        elif day not in found:
            yield Finding("warning", "date-differs", DIFFERS, {"found": found[0], "day": day}, row=row, value=text[:30])
