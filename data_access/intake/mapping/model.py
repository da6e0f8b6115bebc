"""A mapping: source column -> level or measure, label -> code, and how a wide or untidy table is to be read."""

from collections.abc import Iterator
from collections.abc import Mapping as Dict
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from data_access.contract import Dataset, contract
from data_access.intake.labels import normal

IGNORED = "abaikan"  # a column that is known and not wanted
DATE = "tanggal_acuan"  # a column that repeats the reference date
KEYS = "kunci"
NAME = r"[a-z0-9][a-z0-9.-]{1,59}"

Codes = dict[str, str]


class Mapping(BaseModel):
    """`columns`: heading -> level, `jumlah`, `kunci`, `tanggal_acuan` or `abaikan`. Headings meet under their normal form.

    `unpivot`: heading of a wide column -> the codes its numbers belong to, by level ("PNS | L" below merged cells); an empty
    cell or "-" there is nobody. `totals`: heading of a column that adds wide ones up -> the codes that these have in common
    (none: all); it is held against them and not loaded. `constants`: codes of levels that the file does not carry. `labels`:
    by level, label -> code.
    `fill_down`: headings of merged row labels, whose empty cells take the value above. `sum_duplicates`: rows that fall into
    one cell are added instead of refused. `sheets`: those of a workbook to read (none: all that have the headings).
    `proposal` marks a mapping that nobody has confirmed yet, `missing` the levels that it could not find.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=rf"^{NAME}$")
    dataset: str
    sheets: tuple[str, ...] = ()
    columns: dict[str, str] = Field(default_factory=dict)
    unpivot: dict[str, Codes] = Field(default_factory=dict)
    totals: dict[str, Codes] = Field(default_factory=dict)
    constants: Codes = Field(default_factory=dict)
    labels: dict[str, Codes] = Field(default_factory=dict)
    fill_down: tuple[str, ...] = ()
    sum_duplicates: bool = False
    proposal: bool = False
    missing: tuple[str, ...] = ()

    @property
    def described(self) -> Dataset:
        return contract().datasets[self.dataset]

    @property
    def headings(self) -> tuple[str, ...]:
        """The source columns it speaks of."""
        return (*self.columns, *self.unpivot, *self.totals)

    @property
    def levels(self) -> set[str]:
        """The levels that a delivery gets by it."""
        wide = {level for codes in self.unpivot.values() for level in codes}
        return (
            wide | set(self.constants) | {target for target in self.columns.values() if target in self.described.levels}
        )

    @property
    def lacking(self) -> tuple[str, ...]:
        """The delivered levels, and the measure, that come from nowhere yet."""
        measure = self.described.measure
        counted = bool(self.unpivot) or bool(self.heading(measure))
        levels = [level.name for level in self.described.delivered if level.name not in self.levels]
        return (*levels, *(() if counted else (measure,)))

    def heading(self, target: str) -> str:
        """The source column of a level or measure; "" if it comes from another place."""
        return next((name for name, found in self.columns.items() if found == target), "")

    @model_validator(mode="after")
    def _fits_the_contract(self) -> Self:
        if self.dataset not in contract().datasets:
            raise ValueError(f"dataset: {self.dataset}")
        for problem in (*_targets(self), *_codes(self), *_headings(self)):
            raise ValueError(problem)
        return self


def _targets(mapping: Mapping) -> Iterator[str]:
    """Each level and measure has one source."""
    measure = mapping.described.measure
    known = {*mapping.described.levels, measure, KEYS, DATE, IGNORED}
    yield from (f"columns: {name} -> {target}" for name, target in mapping.columns.items() if target not in known)
    wide = {level for codes in mapping.unpivot.values() for level in codes}
    targets = [target for target in mapping.columns.values() if target != IGNORED] + [*mapping.constants, *wide]
    targets += [measure, KEYS] if mapping.unpivot else []
    yield from (
        f"columns: {target} x{targets.count(target)}" for target in sorted(set(targets)) if targets.count(target) > 1
    )
    yield from (f"totals: {name}" for name, codes in mapping.totals.items() if codes.keys() - wide)
    yield from (
        f"unpivot: {name} ({', '.join(wide - codes.keys())})"
        for name, codes in mapping.unpivot.items()
        if wide - codes.keys()
    )


def _codes(mapping: Mapping) -> Iterator[str]:
    """Levels and codes are those of the contract."""
    levels = mapping.described.levels

    def unknown(place: str, codes: Dict[str, str]) -> Iterator[str]:
        for level, code in codes.items():
            if level not in levels or code not in levels[level].by_code:
                yield f"{place}: {level} = {code}"

    yield from unknown("constants", mapping.constants)
    for name, codes in mapping.unpivot.items():
        yield from unknown(f"unpivot: {name}", codes)
    for name, codes in mapping.totals.items():
        yield from unknown(f"totals: {name}", codes)
    for level, labels in mapping.labels.items():
        for label, code in labels.items():
            yield from unknown(f"labels: {label}", {level: code})


def _headings(mapping: Mapping) -> Iterator[str]:
    """A heading is spoken of once, and what is filled down is a column that is read."""
    forms = [normal(name) for name in mapping.headings]
    yield from (f"columns: {name}" for name in mapping.headings if forms.count(normal(name)) > 1)
    yield from (f"fill_down: {name}" for name in mapping.fill_down if normal(name) not in forms)
