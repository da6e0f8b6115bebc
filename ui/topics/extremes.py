"""The ends of a result by displayed value, in words, for titles that state a finding."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from data_access.access.result import Protected, State
from data_access.access.written import written


@dataclass(frozen=True)
class End:
    """One member of the first axis: its name, its displayed value, and that value in words."""

    name: str
    value: float
    told: str


def extremes(result: Protected, language: str, *, period: date | None = None) -> tuple[End, End] | None:
    """The members with the smallest and the largest value at `period` (else the last date); None if fewer than two are shown.

    They are those that the figure shows at its ends, so that title and figure agree. Ties go by code.
    """
    [axis] = result.axes
    last = result.frame.filter(pl.col("periode") == (period or pl.col("periode").max()))
    rows = last.filter(pl.col("keadaan") == State.SHOWN).sort("nilai", axis.level)
    if rows.height < 2:
        return None
    name = axis.labels(language)

    def end(at: int) -> End:
        row = rows.row(at, named=True)
        told = written(row["nilai"], State.SHOWN, result.measure, language, base=row.get("dasar"))
        return End(name[row[axis.level]], row["nilai"], told)

    return end(0), end(-1)
