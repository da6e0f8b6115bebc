"""docs/glossary.md names every word of the contract and the roles, in both languages, and no name that code lacks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from data_access.access.roles import roles
from data_access.contract import Label, contract

ROOT = Path(__file__).parents[1]
GLOSSARY = ROOT / "docs" / "glossary.md"
HEADINGS = ["Indonesian", "English", "in code", "meaning"]
WHERE = ("data_access/**/*.py", "data_access/**/*.yaml", "data_access/**/*.csv", "charts/*.py", "ui/*.py")


@dataclass(frozen=True)
class Entry:
    """One row of the glossary."""

    indonesian: str
    english: str
    names: tuple[str, ...]
    meaning: str


def entries() -> list[Entry]:
    lines = [line for line in GLOSSARY.read_text("utf-8").splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if not line.startswith("|---")]
    return [Entry(row[0], row[1], tuple(re.findall("`([^`]+)`", row[2])), row[3]) for row in rows if row != HEADINGS]


def words() -> Iterator[tuple[str, Label]]:
    """Name in code and label of every dataset, dimension, level and role."""
    for dataset in contract().datasets.values():
        yield dataset.name, dataset.label
        for dimension in dataset.dimensions:
            yield dimension.name, dimension.label
            yield from ((level.name, level.label) for level in dimension.levels)
    yield from ((name, role.label) for name, role in roles().roles.items())


@pytest.mark.parametrize(("name", "label"), dict.fromkeys((name, (label.id, label.en)) for name, label in words()))
def test_every_word_of_contract_and_roles_is_explained(name: str, label: tuple[str, str]) -> None:
    found = [(entry.indonesian, entry.english) for entry in entries() if name in entry.names]
    assert label in found


def test_every_entry_is_complete() -> None:
    for entry in entries():
        assert entry.indonesian and entry.english and entry.names and entry.meaning, entry


def test_every_name_is_found_in_the_code() -> None:
    code = "\n".join(file.read_text("utf-8") for pattern in WHERE for file in ROOT.glob(pattern))
    assert [name for entry in entries() for name in entry.names if name not in code] == []


def test_no_entry_stands_twice() -> None:
    keys = [(entry.indonesian, entry.english, entry.names) for entry in entries()]
    assert len(keys) == len(set(keys))
