"""Published totals of the data owner, with their sources: what the snapshot of the same date should say too."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import Field

from data_access.contract import Dataset, Label, contract
from data_access.contract.model import Value

FILE = Path(__file__).with_name("published.yaml")
DATASET = "pegawai"


@dataclass(frozen=True)
class Published:
    """One published number of persons. `where` limits levels to codes (empty: everybody); `rounded` is the printed step."""

    day: date
    key: str
    label: Label
    where: Mapping[str, tuple[str, ...]]
    persons: int
    rounded: int
    source: str

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels that a question for this figure is crossed by."""
        return tuple(sorted(self.where))


class Group(Value):
    label: Label
    where: dict[str, tuple[str, ...]]


class Figures(Value):
    """What one source printed for one date."""

    day: date = Field(alias="date")
    source: str = Field(min_length=3)
    rounded: int = Field(default=1, ge=1)
    persons: dict[str, int] = Field(min_length=1)


class Book(Value):
    groups: dict[str, Group]
    figures: tuple[Figures, ...]


@lru_cache(maxsize=1)
def published() -> tuple[Published, ...]:
    """Every published figure, oldest first, in the order of the file beside this module; ValueError for an unknown name."""
    return read_published(FILE)


def read_published(file: Path) -> tuple[Published, ...]:
    book = Book.model_validate(yaml.safe_load(file.read_text("utf-8")))
    found = [_figure(book, one, key, persons) for one in book.figures for key, persons in one.persons.items()]
    return tuple(sorted(found, key=lambda figure: figure.day))


def _figure(book: Book, printed: Figures, key: str, persons: int) -> Published:
    groups = [_group(book, name) for name in key.split(" & ")]
    where = {level: codes for group in groups for level, codes in group.where.items()}
    label = Label(id=", ".join(g.label.id for g in groups), en=", ".join(g.label.en for g in groups))
    return Published(printed.day, key, label, where, persons, printed.rounded, printed.source)


def _group(book: Book, name: str) -> Group:
    if name in book.groups:
        group = book.groups[name]
        _check(group.where)
        return group
    level, _equals, code = name.partition("=")
    _check({level: (code,)})
    return Group(label=_dataset().levels[level].by_code[code].label, where={level: (code,)})


def _check(where: Mapping[str, tuple[str, ...]]) -> None:
    for level, codes in where.items():
        known = _dataset().levels[level].by_code if level in _dataset().levels else {}
        if not set(codes) <= set(known):
            raise ValueError(f"published.yaml: {level} has no code {', '.join(codes)}")


def _dataset() -> Dataset:
    return contract().datasets[DATASET]
