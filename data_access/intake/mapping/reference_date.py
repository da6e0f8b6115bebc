"""The reference date that a source file itself tells, in a title or a column, held against the manifest."""

import re
from collections.abc import Iterator
from datetime import date

import polars as pl

from data_access.intake.findings import LISTED, ROW, VALUE, Finding
from data_access.intake.readers.dates import dates_in
from data_access.intake.readers.table import Table
from data_access.words import mark as _

PRINTED = re.compile(r"cetak|unduh|ekspor|export|print|dibuat|waktu|akses", re.IGNORECASE)
UNREADABLE = _("{value} bukan tanggal yang dikenal. Tulis seperti 31 Desember 2025 atau 2025-12-31.")
NOT_THE_DAY = _("{value} bukan tanggal acuan. Periksa kolom ini.")
DIFFERS = _("Berkas menyebut tanggal {found}, kiriman ini untuk tanggal acuan {day}. Periksa mana yang benar.")


def title_dates(table: Table, day: date) -> Iterator[Finding]:
    """A warning if the titles tell dates and none is the reference date; the day of printing is none."""
    titles = [title for title in table.titles if not PRINTED.search(title)]
    found = [one for title in titles for one in dates_in(title)]
    if found and day not in found:
        facts: dict[str, object] = {"found": found[0], "day": day}
        yield Finding("warning", "date-differs", DIFFERS, facts, table.place, value=found[0].isoformat())


def column_dates(cells: pl.DataFrame, column: str, day: date) -> Iterator[Finding]:
    """A warning for each text of a date column that is another date or none; it stands for all rows that have the text."""
    texts = cells.group_by(column).agg(pl.col(ROW).sort()).drop_nulls().sort(pl.col(ROW).list.first())
    odd = [(text, rows) for text, rows in texts.iter_rows() if day not in dates_in(text)]
    for text, rows in odd[:LISTED]:
        found, beyond = dates_in(text), pl.DataFrame({ROW: rows})
        facts: dict[str, object] = {"value": text[:30], "found": found[0] if found else "", "day": day}
        rule, template = ("date-differs", DIFFERS) if found else ("date-unreadable", UNREADABLE)
        yield Finding("warning", rule, template, facts, row=rows[0], value=text[:30], beyond=beyond)
    if len(odd) > LISTED:
        rest = pl.DataFrame(
            [(row, text[:30]) for text, rows in odd[LISTED:] for row in rows], (ROW, VALUE), orient="row"
        )
        template = _("Dan {count} teks lain yang bukan tanggal acuan.")
        facts = {"count": len(odd) - LISTED, "value": ""}
        yield Finding("warning", "date-unreadable", template, facts, each=NOT_THE_DAY, beyond=rest)
