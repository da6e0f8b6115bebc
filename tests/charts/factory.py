"""Builds a `Protected` for chart tests; in the product only `access.disclosure` may. Codes come from the contract."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import product
from typing import Any

import polars as pl

from data_access.access.result import Axis, Protected, Source, State
from data_access.contract import Label, contract

DAY = date(2025, 12, 31)
YEARS = (date(2023, 12, 31), date(2024, 12, 31), DAY)
HIDDEN = 7_777_777  # what a broken disclosure step might leave behind a suppressed cell

Value = Callable[[date, tuple[str, ...]], int | State]


def protected(
    levels: Sequence[str] = (),
    value: Value = lambda _period, _codes: 1_250,
    *,
    periods: Sequence[date] = (DAY,),
    members: Mapping[str, Sequence[str]] | None = None,
) -> Protected:
    """A complete grid of `levels` whose cells are `value(period, codes)`: persons, or the state of a cell not shown."""
    axes = tuple(axis(level, (members or {}).get(level)) for level in levels)
    grid: list[Any] = list(product(periods, *([code for code, _ in a.members] for a in axes)))
    cells = [value(row[0], row[1:]) for row in grid]
    frame = pl.DataFrame(
        {
            "periode": pl.Series([row[0] for row in grid], dtype=pl.Date),
            **{a.level: pl.Series([row[i] for row in grid], dtype=pl.String) for i, a in enumerate(axes, 1)},
            "nilai": pl.Series([HIDDEN if isinstance(c, State) else c for c in cells], dtype=pl.Int64),
            "keadaan": pl.Series([str(c if isinstance(c, State) else State.SHOWN) for c in cells], dtype=pl.String),
        }
    )
    return Protected(frame, axes, source(periods), official=False, cells=1, query="{}", query_sha256="0" * 64)


def axis(level: str, codes: Sequence[str] | None = None) -> Axis:
    """The level's axis, all members or those named."""
    known = {name: one for dataset in contract().datasets.values() for name, one in dataset.levels.items()}[level]
    wanted = [code.code for code in known.codes] if codes is None else codes
    return Axis(level, known.label, known.ordered, tuple((code, known.by_code[code].label) for code in wanted))


def source(periods: Sequence[date]) -> Source:
    pegawai = contract().datasets["pegawai"]
    return Source(
        dataset="pegawai",
        label=pegawai.label,
        unit=pegawai.unit,
        owner="kedua",
        active=Label(id="aktif", en="active"),
        release="r1",
        contract="1.0",
        periods=tuple(periods),
        example=True,
    )
