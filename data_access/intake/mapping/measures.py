"""Columns of numbers of a source: as whole numbers, with what is odd about how they are written."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from data_access.intake.findings import ROW, Finding, Severity
from data_access.intake.readers.numbers import UNGROUPED, styles, whole
from data_access.words import mark as _

NOBODY = ["-", "–", "—", "."]  # how tables write a cell without persons


@dataclass(frozen=True)
class Measure:
    """`numbers` are null where `texts` is empty or no whole number; `texts` is what is shown and validated."""

    numbers: pl.Series
    texts: pl.Series
    findings: tuple[Finding, ...]


def measured(cells: pl.DataFrame, column: str, *, wide: bool = False) -> Measure:
    """The numbers of a column; in a `wide` table an empty cell or a dash is nobody."""
    raw = cells[column]
    if wide:
        shown = pl.col(column).str.strip_chars()
        blank = shown.is_null() | shown.is_in(["", *NOBODY])
        raw = cells.select(pl.when(blank).then(pl.lit("0")).otherwise(column).alias(column)).to_series()
    numbers = whole(raw)
    if raw.cast(pl.Int64, strict=False).null_count() == raw.null_count():
        return Measure(numbers, raw, ())
    texts = pl.DataFrame({"n": numbers.cast(pl.String), "t": raw}).select(pl.coalesce("n", "t")).to_series()
    return Measure(numbers, texts, tuple(_mixed(cells[ROW], raw)))


def _mixed(rows: pl.Series, raw: pl.Series) -> Iterator[Finding]:
    """Two ways of grouping in one column: one of them may have meant decimals."""
    found = pl.DataFrame({ROW: rows, "t": raw, "style": styles(raw)}).drop_nulls("style")
    by_style = found.group_by("style").agg(pl.len().alias("n"), pl.col(ROW).min(), pl.col("t").first()).sort("n")
    kinds = by_style["style"].to_list()
    if len(kinds) < 2:
        return
    severity: Severity = "error" if len(set(kinds) - {UNGROUPED}) > 1 else "warning"
    template = _("Kolom ini menulis ribuan dengan lebih dari satu cara ({kinds}). Samakan penulisannya.")
    _style, _count, row, text = by_style.row(0)
    yield Finding(severity, "number-styles", template, {"kinds": "; ".join(sorted(kinds))}, row=row, value=text)
