"""Parquet: columns as text, rows from 1."""

import polars as pl

from data_access.errors import Rejected
from data_access.intake.readers.copying import Copy, too_many_rows
from data_access.intake.readers.delimited import too_many_columns
from data_access.intake.readers.limits import Limits
from data_access.intake.readers.numbers import with_fractions_marked
from data_access.words import mark as _


def frame(copy: Copy, limits: Limits, *, mark_fractions: bool = False) -> pl.DataFrame:
    """All columns as text under their own names; Rejected if the file is damaged or larger than the limits."""
    try:
        # Its footer says how many rows there are; a file of a few bytes may claim any number of equal ones.
        lazy = pl.scan_parquet(copy.path)
        if len(lazy.collect_schema()) > limits.columns:
            raise too_many_columns(copy.name, limits)
        if int(lazy.select(pl.len()).collect().item()) > limits.rows:
            raise too_many_rows(copy.name, limits)
        read = pl.read_parquet(copy.path, use_pyarrow=False)
        text = read.select(_as_text(read, name) for name in read.columns)
    except (pl.exceptions.PolarsError, OSError, UnicodeDecodeError) as error:
        raise Rejected("file-unreadable", _("{file} tidak dapat dibaca: isinya rusak."), file=copy.name) from error
    if not mark_fractions:
        return text
    return with_fractions_marked(text, lambda name: pl.repeat(read.schema[name].is_float(), read.height, eager=True))


def _as_text(frame: pl.DataFrame, name: str) -> pl.Expr:
    """Whole floats read as integers, so that 12.0 is accepted and 12.5 is found."""
    column = pl.col(name)
    if frame.schema[name].is_float():
        whole = column.is_finite() & (column.floor() == column)
        return (
            pl.when(whole).then(column.cast(pl.Int64, strict=False).cast(pl.String)).otherwise(column.cast(pl.String))
        )
    return column.cast(pl.String)
