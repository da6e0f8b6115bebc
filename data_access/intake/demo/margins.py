"""The published margins as data: `margins.yaml` names groups of persons, this module finds them in columns of codes."""

from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np
import yaml
from pydantic import Field

from data_access.contract.model import Value
from data_access.intake.demo.arrays import Columns, Flags, Floats, Ints, dataset, whole

FILE = Path(__file__).with_name("margins.yaml")
Selector = dict[str, tuple[str, ...]]


class Scale(Value):
    """The managerial keys of another margin, brought to a new sum."""

    like: str
    sum: int


class Margin(Value):
    """One published table of one date: key -> persons, in part taken from another. Only `exact` ones are met fully."""

    date: date
    name: str
    source: str
    exact: bool = True
    persons: dict[str, int] = Field(default_factory=dict)
    scale: Scale | None = None

    @property
    def targets(self) -> Floats:
        return np.array(list(self.persons.values()), dtype=np.float64)


class Margins(Value):
    groups: dict[str, Selector]
    margins: tuple[Margin, ...]


@lru_cache(maxsize=1)
def published() -> Margins:
    """All margins, with those that borrow the shape of another filled in."""
    raw = Margins.model_validate(yaml.safe_load(FILE.read_text("utf-8")))
    shapes = {margin.name: margin for margin in raw.margins if margin.scale is None}
    return raw.model_copy(update={"margins": tuple(_scaled(margin, shapes) for margin in raw.margins)})


def margins_of(day: date) -> tuple[Margin, ...]:
    return tuple(margin for margin in published().margins if margin.date == day)


def figures(day: date, name: str) -> dict[str, int]:
    """The persons of one margin by key."""
    return next(margin.persons for margin in margins_of(day) if margin.name == name)


def membership(margin: Margin, columns: Columns) -> Ints:
    """For each row the place of its key in the margin; the number of keys where it matches none."""
    rows = len(next(iter(columns.values())))
    group = np.full(rows, len(margin.persons), dtype=np.int64)
    for place, key in enumerate(margin.persons):
        group[matches(key, columns)] = place
    return group


def matches(key: str, columns: Columns) -> Flags:
    """Which rows belong to every group that the key names."""
    rows: Flags = np.ones(len(next(iter(columns.values()))), dtype=np.bool_)
    for level, codes in (pair for term in key.split(" & ") for pair in _selector(term).items()):
        carrier = dataset().carrier(level)
        above = dataset().mapping(carrier.name, level)
        allowed = np.array([above[code.code] in codes for code in carrier.codes])
        rows &= allowed[columns[carrier.name]]
    return rows


def _selector(term: str) -> Selector:
    level, _, code = term.partition("=")
    return {level: (code,)} if code else published().groups[term]


def _scaled(margin: Margin, shapes: dict[str, Margin]) -> Margin:
    """The margin with the keys that it borrows after its own; their rounded persons give the new sum exactly."""
    if margin.scale is None:
        return margin
    shape = {key: n for key, n in shapes[margin.scale.like].persons.items() if _is_managerial(key)}
    scaled = whole(np.array(list(shape.values())) * (margin.scale.sum / sum(shape.values())))
    persons = margin.persons | dict(zip(shape, scaled.tolist(), strict=True))
    return margin.model_copy(update={"persons": persons})


def _is_managerial(key: str) -> bool:
    """Keys of the leadership table name a managerial rank last."""
    ranks = dataset().mapping("jenjang", "sifat_jabatan")
    return ranks.get(key.rpartition(" & ")[2]) == "manajerial"
