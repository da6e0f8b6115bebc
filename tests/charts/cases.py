"""Every builder with a result of a shape that it draws, for tests that hold for all charts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from zlib import crc32

import plotly.graph_objects as go

from charts import (
    columns,
    dumbbell,
    flows,
    heatmap,
    lines,
    multiples,
    pyramid,
    ranking,
    spark,
    stacked,
    strip,
    tiles,
    treemap,
)
from data_access.access.result import Protected, State
from tests.charts.factory import DAY, YEARS, Value, protected


@dataclass(frozen=True)
class Case:
    """One builder and the levels and periods of its result.

    `across` tells that values run along x; `shares` that the chart derives shares of its own.
    """

    build: Callable[..., go.Figure]
    levels: tuple[str, ...]
    periods: Sequence[date] = (DAY,)
    across: bool = False
    shares: bool = False

    def result(self, value: Value, *, members: Mapping[str, Sequence[str]] | None = None) -> Protected:
        return protected(self.levels, value, periods=self.periods, members=members)


CASES = {
    "ranking": Case(ranking.bars, ("kelompok_jabatan",), across=True),
    "lines": Case(lines.over_time, ("status",), YEARS),
    "lines of the whole": Case(lines.over_time, (), YEARS),
    "tiles": Case(tiles.provinces, ("provinsi",)),
    "pyramid": Case(pyramid.age_sex, ("umur_5", "jenis_kelamin"), across=True),
    "pyramid, sex first": Case(pyramid.age_sex, ("jenis_kelamin", "umur_bkn"), across=True),
    "heatmap": Case(heatmap.grid, ("jenjang", "jenis_instansi")),
    "heatmap without numbers": Case(heatmap.grid, ("provinsi", "pendidikan")),
    "stacked": Case(stacked.bars, ("kelompok_jabatan", "status"), across=True, shares=True),
    "dumbbell": Case(dumbbell.two_dates, ("status",), YEARS, across=True),
    "strip": Case(strip.distribution, ("provinsi",), across=True),
    "multiples": Case(multiples.over_time, ("kelompok_jabatan", "status"), YEARS),
    "multiples of one": Case(multiples.over_time, ("provinsi",), YEARS),
    "treemap": Case(treemap.areas, ("kelompok_jabatan", "status")),
    "treemap of one": Case(treemap.areas, ("provinsi",)),
    "flows": Case(partial(flows.in_out, plus=("PPPK", "CPNS"), minus=("PNS", "PPPK-PW")), ("status",), YEARS),
    "columns": Case(columns.by_year, ("tahun_bup",)),
    "columns of parts": Case(columns.by_year, ("kelompok_jabatan", "tahun_bup")),
    "spark": Case(spark.line, (), YEARS),
}


def spread(period: date, codes: tuple[str, ...]) -> int:
    """A value from 1,000 to 9,995 that differs from cell to cell and is a multiple of 5."""
    return 1_000 + crc32(f"{period}{codes}".encode()) % 1_800 * 5


def patchy(period: date, codes: tuple[str, ...]) -> int | State:
    """About a fifth of the cells suppressed and a tenth not available."""
    place = crc32(f"{codes}{period}".encode()) % 10
    hidden = {0: State.SUPPRESSED, 1: State.SUPPRESSED, 2: State.UNAVAILABLE}
    return hidden.get(place, spread(period, codes))


def suppressed(period: date, codes: tuple[str, ...]) -> State:
    return State.SUPPRESSED


def unavailable(period: date, codes: tuple[str, ...]) -> State:
    return State.UNAVAILABLE


def shown_values(result: Protected) -> list[int]:
    """The numbers that a figure of the result may hold, read straight from the frame."""
    frame = result.frame
    return [int(n) for n, s in zip(frame["nilai"], frame["keadaan"], strict=True) if s == State.SHOWN]
