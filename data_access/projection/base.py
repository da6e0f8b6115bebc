"""Where a projection starts: persons by cell and by year of retirement, read from displayed answers.

A cell is a unit (one code per axis, such as a province and an occupational group) and a kind of contract. A value that is
not shown is not known here either: its cell counts as "somebody, fewer than the threshold" and widens the band upwards.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from data_access.access.result import Axis, Protected, State
from data_access.errors import InvalidQuery
from data_access.release.policy import POLICY
from data_access.words import mark as _

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

KINDS: Mapping[str, tuple[str, ...]] = {"PNS": ("PNS", "CPNS"), "PPPK": ("PPPK", "PPPK-PW")}
YEAR = "tahun_bup"
LONGEST = 20  # years of the longest horizon
SPAN = 40  # years of the base: a lower BUP brings forward who is due after the horizon
MOST_HIDDEN = POLICY.threshold - 1  # persons in a cell that is not shown
ROUNDING = POLICY.rounding**2 / 12  # variance of rounding to the nearest five
NOISE = 4.0  # variance of the noise of one cell of the lattice

Unit = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Base:
    """n cells over the years `years[0]` (that of the reference date) to `years[-1]`, 40 years later.

    `stock` (n), `leaving` (n, years) and `later` (n: those who leave after the last year, and whoever is not shown by year)
    are persons; `hidden` (n, years) marks those whose number is not shown, `unknown` (n) cells whose stock is not. `variance`
    (n) and `leaving_variance` (n, years) are those of noise and rounding, in persons squared. `left_out` are units of which
    some kind is not shown: that kind is in no sum.
    """

    day: date
    axes: tuple[Axis, ...]
    units: tuple[Unit, ...]
    kinds: tuple[str, ...]
    years: tuple[int, ...]
    stock: Floats
    leaving: Floats
    later: Floats
    hidden: Flags
    unknown: Flags
    variance: Floats
    leaving_variance: Floats
    left_out: tuple[Unit, ...]
    answers: tuple[Protected, ...]

    @property
    def rest_of_year(self) -> float:
        """The part of the reference date's year that is still to come, 0..1."""
        return (date(self.day.year, 12, 31) - self.day).days / 365

    def codes(self, level: str) -> tuple[str, ...]:
        """The code of each cell on an axis."""
        place = [axis.level for axis in self.axes].index(level)
        return tuple(unit[place] for unit in self.units)

    def rows(self, chosen: Mapping[str, Sequence[str]]) -> Flags:
        """The cells that hold one of the chosen codes on each named axis."""
        some = np.ones(len(self.units), dtype=np.bool_)
        for level, codes in chosen.items():
            some &= np.isin(self.codes(level), list(codes))
        return some


def base(stock: Mapping[str, Protected], leaving: Mapping[str, Protected], day: date) -> Base:
    """The base at `day` of one pair of answers per kind: `stock` by unit, `leaving` by unit and `tahun_bup`.

    Every unit with a shown stock of some kind has a cell of each kind, for those hired later. InvalidQuery if there is none.
    """
    axes = next(iter(stock.values())).axes
    levels = [axis.level for axis in axes]
    held = {kind: _stock(answer, levels, day) for kind, answer in stock.items()}
    units = tuple(dict.fromkeys(unit for shown, _hidden in held.values() for unit in shown))
    if not units:
        template = _("Tidak ada angka yang ditampilkan untuk pilihan ini, sehingga proyeksi tidak dapat dihitung.")
        raise InvalidQuery("projection-base", template)
    kinds = tuple(kind for kind in stock for _unit in units)
    persons = np.array([held[kind][0].get(unit, 0.0) for kind in stock for unit in units])
    by_year, hidden, noisy = (
        np.concatenate(parts)
        for parts in zip(*(_leaving(leaving[kind], levels, units, day) for kind in stock), strict=True)
    )
    # Who leaves when is only told of those whose number is told.
    counted = persons[:, None] > 0
    by_year, hidden, noisy = by_year * counted, hidden & counted, noisy * counted
    unknown = [unit in held[kind][1] for kind in stock for unit in units]
    variance = [0.0 if answer.official else NOISE * answer.cells + ROUNDING for answer in stock.values()]
    return Base(
        day=day,
        axes=axes,
        units=units * len(stock),
        kinds=kinds,
        years=tuple(range(day.year, day.year + SPAN + 1)),
        stock=persons,
        leaving=by_year,
        later=persons - by_year.sum(axis=1),
        hidden=hidden,
        unknown=np.array(unknown, dtype=np.bool_),
        variance=np.repeat(variance, len(units)) * counted[:, 0],
        leaving_variance=noisy,
        left_out=tuple(dict.fromkeys(unit for _shown, unknown in held.values() for unit in unknown)),
        answers=(*stock.values(), *leaving.values()),
    )


def _stock(answer: Protected, levels: list[str], day: date) -> tuple[dict[Unit, float], list[Unit]]:
    """The shown persons by unit, and the units whose number is not shown."""
    rows = answer.frame.filter(pl.col("periode") == day).select(*levels, "nilai", "keadaan")
    shown: dict[Unit, float] = {}
    unknown: list[Unit] = []
    for *unit, value, state in rows.iter_rows():
        if state == State.SHOWN and value:
            shown[tuple(unit)] = float(value)
        elif state == State.SUPPRESSED:
            unknown.append(tuple(unit))
    return shown, unknown


def _leaving(answer: Protected, levels: list[str], units: tuple[Unit, ...], day: date) -> tuple[Floats, Flags, Floats]:
    """Persons by unit and year due, which of these are not shown, and the variance of those that are."""
    place = {unit: number for number, unit in enumerate(units)}
    persons, noisy = np.zeros((len(units), SPAN + 1)), np.zeros((len(units), SPAN + 1))
    hidden = np.zeros((len(units), SPAN + 1), dtype=np.bool_)
    variance = 0.0 if answer.official else NOISE * answer.cells + ROUNDING
    # Who is past the retirement age leaves in the first year that is left; where their number is not shown, there are hardly any.
    first = day.year if day < date(day.year, 12, 31) else day.year + 1
    rows = answer.frame.filter(pl.col("periode") == day).select(*levels, YEAR, "nilai", "keadaan")
    for *unit, year, value, state in rows.iter_rows():
        column, number = max(int(year), first) - day.year, place.get(tuple(unit))
        if number is None or column > SPAN or state == State.UNAVAILABLE:
            continue
        if state == State.SHOWN:
            persons[number, column] += value
            noisy[number, column] += variance
        elif int(year) >= first:
            hidden[number, column] = True
    return persons, hidden, noisy
