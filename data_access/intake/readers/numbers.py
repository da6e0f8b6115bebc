"""Whole numbers as people write them: 1234, 1.234, 1,234, "1 234", 12.0 and 1.234,00.

A point or comma groups thousands only where exactly three digits follow each and the first group does not begin with zero;
so 1.234 is 1234, 1.5 and 0.123 are no whole numbers. Decimals of one or two zeros say nothing and are dropped. A cell that
a spreadsheet stores as the number 1.234 is no text: readers mark it (`with_fractions_marked`) and it is refused.
"""

from collections.abc import Callable
from typing import Any

import polars as pl

POINTS = r"^[+-]?[1-9]\d{0,2}(\.\d{3})+(,0{1,2})?$"
COMMAS = r"^[+-]?[1-9]\d{0,2}(,\d{3})+(\.0{1,2})?$"
SPACES = r"^[+-]?[1-9]\d{0,2}( \d{3})+([.,]0{1,2})?$"
PLAIN = r"^[+-]?\d+([.,]0{1,2})?$"
LONG = r"^[+-]?[1-9]\d{3,}"
DECIMALS = r"[.,]0{1,2}$"
UNGROUPED = "1234"
STYLES = {"1.234": POINTS, "1,234": COMMAS, "1 234": SPACES}  # each way of grouping by its example
FRACTION = r"^-?[1-9]\d{0,2}\.\d{3}$"
MARKED = " (pecahan)"
BLANKS = "[\\s\u00a0\u2000-\u200b\u202f\u2060\ufeff]+"


def whole(cells: pl.Series) -> pl.Series:
    """The numbers (Int64), null where a cell is empty or no whole number."""
    plain = cells.cast(pl.Int64, strict=False)
    if plain.null_count() == cells.null_count():
        return plain
    return cells.to_frame("c").select(_whole(_tidy(pl.col("c")))).to_series().rename(cells.name)


def styles(cells: pl.Series) -> pl.Series:
    """How each cell groups thousands, by an example: "1.234", "1,234", "1 234" or "1234"; null for others."""
    tidy = _tidy(pl.col("c"))
    chosen: Any = pl.when(tidy.str.contains(LONG) & tidy.str.contains(PLAIN)).then(pl.lit(UNGROUPED))
    for name, pattern in STYLES.items():
        chosen = chosen.when(tidy.str.contains(pattern)).then(pl.lit(name))
    return cells.to_frame("c").select(chosen.otherwise(None).alias("gaya")).to_series()


def with_fractions_marked(cells: pl.DataFrame, numeric: Callable[[str], pl.Series]) -> pl.DataFrame:
    """Numbers with three decimals, marked so that nobody takes their point for one of thousands.

    `numeric` tells which cells of a column are stored as numbers; it is asked only where it matters.
    """
    doubtful = [name for name in cells.columns if cells[name].str.contains(FRACTION).any()]
    return cells.with_columns(
        pl.when(pl.col(name).str.contains(FRACTION) & numeric(name))
        .then(pl.col(name) + MARKED)
        .otherwise(pl.col(name))
        .alias(name)
        for name in doubtful
    )


def _tidy(cells: pl.Expr) -> pl.Expr:
    return cells.str.replace_all(BLANKS, " ").str.strip_chars(" '\u2019`")


def _whole(cells: pl.Expr) -> pl.Expr:
    grouped = pl.any_horizontal(cells.str.contains(pattern) for pattern in STYLES.values())
    bare = cells.str.replace(DECIMALS, "")
    digits = pl.when(grouped).then(bare.str.replace_all(r"[., ]", "")).when(cells.str.contains(PLAIN)).then(bare)
    return digits.otherwise(None).str.strip_prefix("+").cast(pl.Int64, strict=False)
