"""The one thing that charts, tables and exports are made from.

Only `access.disclosure` constructs it, and only `access.derive` makes another of one (a test says so).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import polars as pl

from data_access.contract import Label


class State(StrEnum):
    """What a displayed cell is. The three look different everywhere."""

    SHOWN = "shown"
    SUPPRESSED = "suppressed"
    UNAVAILABLE = "unavailable"


class Kind(StrEnum):
    """What a displayed value counts, which decides how it is written."""

    PERSONS = "orang"
    SHARE = "pangsa"
    CHANGE = "selisih"
    GROWTH = "pertumbuhan"
    YEARS = "tahun"
    RATE = "per-seribu"
    SCORE = "nilai"


@dataclass(frozen=True)
class Measure:
    """The kind of the values, and the words for them at the head of a column."""

    kind: Kind
    label: Label


PERSONS = Measure(Kind.PERSONS, Label(id="Jumlah", en="Number"))


@dataclass(frozen=True)
class Axis:
    """One column of the result: the level, its label, whether it has an order of its own, and its members in that order.

    `members` are (code, label) pairs within the viewer's reach and the question's filter.
    """

    level: str
    label: Label
    ordered: bool
    members: tuple[tuple[str, Label], ...]

    def labels(self, language: str) -> dict[str, str]:
        return {code: label.text(language) for code, label in self.members}


@dataclass(frozen=True)
class Source:
    """Where the numbers come from, for the line and panel under each figure."""

    dataset: str
    label: Label
    unit: Label
    owner: str
    active: Label
    release: str
    contract: str
    periods: tuple[date, ...]
    example: bool


@dataclass(frozen=True, eq=False)
class Protected:
    """A displayed answer.

    `frame` has one row per period and combination of codes: `periode` (Date), one Utf8 column of codes per axis (named
    by its level), `nilai` (Int64 persons; null unless shown) and `keadaan` (a value of `State`). The grid is complete
    and sorted by period, then by the order of the code lists. `official` marks exact public figures. `cells` is the
    largest number of lattice cells summed into one value (1: its own cell). `query` is canonical JSON.

    Of a derived measure (see `derive`) `nilai` is Float64 (shares as 0..1) and a column `dasar` (Int64) holds the displayed
    denominator, null where there is none. Two answers are equal only if they are the same one.
    """

    frame: pl.DataFrame
    axes: tuple[Axis, ...]
    source: Source
    official: bool
    cells: int
    query: str
    query_sha256: str
    measure: Measure = PERSONS

    @property
    def margin(self) -> float:
        """Half width of the 95 % band of the noise, in persons: 2 * sqrt(4 * cells), 0 for official figures."""
        return 0.0 if self.official else 2.0 * (4.0 * self.cells) ** 0.5

    @property
    def suppressed(self) -> int:
        return int((self.frame["keadaan"] == State.SUPPRESSED).sum())
