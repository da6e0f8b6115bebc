"""Answers as rows for machines: a code and a name for each axis, the measure, the displayed number and its state."""

from collections.abc import Sequence

import polars as pl

from data_access.access.result import Axis, Protected, State
from data_access.words import mark as _
from data_access.words import text
from reports.table import table_cell

STATES = {
    State.SHOWN: _("ditampilkan"),
    State.SUPPRESSED: _("kurang dari 10"),
    State.UNAVAILABLE: _("tidak tersedia"),
}
VALUE, STATE, SHOWN = "nilai", "keadaan", "tertulis"


def tidy(results: Sequence[Protected], language: str) -> pl.DataFrame:
    """One row per displayed cell of every answer, in their order.

    Columns: `tanggal_acuan` (ISO), `kode_<level>` and `nama_<level>` for every axis, `ukuran`, `nilai` (Float64; as far as
    it is displayed, null where it is not), `keadaan`, and `tertulis`, the cell as on the screen. An answer without an axis
    of another one is over all of its members: no code, and "semua".
    """
    axes = {axis.level: axis for result in results for axis in result.axes}
    return pl.concat([_rows(result, axes, language) for result in results])


def _rows(result: Protected, axes: dict[str, Axis], language: str) -> pl.DataFrame:
    names = {axis.level: axis.labels(language) for axis in result.axes}
    everything = pl.lit(text(_("semua"), language))
    frame = result.frame if "dasar" in result.frame.columns else result.frame.with_columns(dasar=pl.lit(None, pl.Int64))
    cells = [
        table_cell(value, state, result.measure, language, base)
        for value, state, base in frame.select("nilai", "keadaan", "dasar").iter_rows()
    ]
    states = {state.value: text(words, language) for state, words in STATES.items()}
    columns: list[pl.Expr] = []
    for level in axes:
        known = level in names
        code = pl.col(level) if known else pl.lit("")
        name = pl.col(level).replace_strict(names[level], return_dtype=pl.String) if known else everything
        columns += [code.alias(f"kode_{level}"), name.alias(f"nama_{level}")]
    return frame.select(
        pl.col("periode").dt.to_string("%Y-%m-%d").alias("tanggal_acuan"),
        *columns,
        pl.lit(result.measure.label.text(language)).alias("ukuran"),
        pl.Series(VALUE, [cell.value for cell in cells], dtype=pl.Float64),
        pl.col("keadaan").replace_strict(states, return_dtype=pl.String).alias(STATE),
        pl.Series(SHOWN, [cell.text for cell in cells], dtype=pl.String),
    )
