"""The ends of a result by displayed value, in words, for titles that state a finding."""

from dataclasses import dataclass

import polars as pl

from data_access.access.result import Protected, State
from data_access.access.written import written

LEAST_BASE = 1_000  # a finding rests on a group that a reader takes seriously


@dataclass(frozen=True)
class End:
    """One member of the first axis: its name, its displayed value, and that value in words."""

    name: str
    value: float
    told: str


def extremes(result: Protected, language: str, *, least: int = LEAST_BASE) -> tuple[End, End] | None:
    """The members with the smallest and the largest value at the last date; None if fewer than two are shown.

    `least` leaves out members of a derived measure whose base is smaller. Ties go by code.
    """
    [axis] = result.axes
    derived = "dasar" in result.frame.columns
    base = pl.col("dasar") if derived else pl.lit(None, dtype=pl.Int64)
    rows = (
        result.frame.with_columns(base.alias("dasar"))
        .filter(pl.col("periode") == pl.col("periode").max(), pl.col("keadaan") == State.SHOWN)
        .filter(pl.col("dasar").is_null() | (pl.col("dasar") >= least))
        .sort("nilai", axis.level)
    )
    if rows.height < 2:
        return None
    name = axis.labels(language)

    def end(at: int) -> End:
        code, value, whole = rows.select(axis.level, "nilai", "dasar").row(at)
        return End(name[code], value, written(value, State.SHOWN, result.measure, language, base=whole))

    return end(0), end(-1)
