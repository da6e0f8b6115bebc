"""Small bases and rates for the tests of the projection, made of answers as the screen gets them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import numpy as np

from data_access.access.result import Protected, State
from data_access.projection.base import KINDS, SPAN, Base, base
from data_access.projection.rates import Rate, Rates
from tests.charts.factory import protected

DAY = date(2025, 12, 31)
GROUPS = ("guru", "nakes")
Persons = Callable[[str, str, int], int | State]  # kind, group, year due


def made_base(
    persons: Persons,
    *,
    groups: Sequence[str] = GROUPS,
    day: date = DAY,
    stock: Mapping[tuple[str, str], int] | None = None,
) -> Base:
    """A base by occupational group; the stock of a cell is the sum of its shown years unless it is given."""
    years = [str(year) for year in range(2021, 2081)]
    levels = ("kelompok_jabatan",)

    def total(kind: str, group: str) -> int:
        known = [persons(kind, group, int(year)) for year in years]
        return (stock or {}).get((kind, group), sum(n for n in known if not isinstance(n, State)))

    def stock_of(kind: str) -> Protected:
        return protected(levels, lambda _day, codes: total(kind, codes[0]), periods=[day], members={levels[0]: groups})

    def leaving_of(kind: str) -> Protected:
        members = {levels[0]: groups, "tahun_bup": years}
        return protected(
            (*levels, "tahun_bup"),
            lambda _day, codes: persons(kind, codes[0], int(codes[1])),
            periods=[day],
            members=members,
        )

    return base({kind: stock_of(kind) for kind in KINDS}, {kind: leaving_of(kind) for kind in KINDS}, day)


def made_rates(
    attrition: float = 0.0,
    *,
    spread: float = 0.0,
    pppk_share: float | None = 0.5,
    entry: Mapping[int, float] | None = None,
) -> Rates:
    """The same attrition for all; those hired are due after some years by `entry` (nobody within the base's years)."""
    shares = np.zeros(SPAN + 1)
    for years, share in (entry or {}).items():
        shares[years] = share
    rate = Rate(attrition, spread, 4)
    return Rates(
        attrition={(kind, ""): rate for kind in KINDS},
        pppk_share=pppk_share,
        entry={kind: shares for kind in KINDS},
        ages={},
        since=None,
        until=None,
    )


def even(_kind: str, group: str, year: int) -> int | State:
    """A hundred teachers of each kind and fifty health workers due in every year from 2026 to 2055."""
    return {"guru": 100, "nakes": 50}[group] if 2026 <= year <= 2055 else State.UNAVAILABLE
