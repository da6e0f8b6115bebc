"""Finding a word of the data dictionary: levels and codes by name, label, definition or code, however it is spelled."""

import re
from dataclasses import dataclass
from functools import lru_cache

from data_access.contract import Code, Dataset, Level, contract
from data_access.intake.labels import normal

NOT_LETTERS = re.compile(r"[\W_]+")
EXACT, BEGINS, WITHIN = range(3)


@dataclass(frozen=True)
class Hit:
    """A code that was found; `rank` is small where the search names it rather than occurs in it."""

    level: Level
    code: Code
    rank: int


@dataclass(frozen=True)
class Found:
    """What a search found in one dataset: levels in the contract's order, codes with the closest first."""

    levels: tuple[Level, ...]
    codes: tuple[Hit, ...]


def search(dataset: str, text: str) -> Found:
    """All levels for an empty text; else those that the text names, describes, or that hold a code it names."""
    described = contract().datasets[dataset]
    wanted = normal(text)
    if not wanted:
        return Found(tuple(described.levels.values()), ())
    hits = [Hit(level, code, rank) for level, code, texts in _codes(dataset) if (rank := _rank(wanted, texts)) >= 0]
    named = {name for name, texts in _levels(dataset) if _rank(wanted, texts) >= 0}
    named |= {hit.level.name for hit in hits}
    levels = tuple(level for name, level in described.levels.items() if name in named)
    return Found(levels, tuple(sorted(hits, key=lambda hit: hit.rank)))


def _rank(wanted: str, texts: tuple[str, ...]) -> int:
    """EXACT, BEGINS or WITHIN; -1 if the text is not there. A single letter must be the whole code or label."""
    if wanted in texts:
        return EXACT
    if len(wanted) < 2:
        return -1
    if any(text.startswith(wanted) for text in texts):
        return BEGINS
    words, bare = wanted.split(), _bare(wanted)
    if any(all(word in text for word in words) or (len(bare) > 1 and bare in _bare(text)) for text in texts):
        return WITHIN
    return -1


@lru_cache(maxsize=4)
def _codes(dataset: str) -> tuple[tuple[Level, Code, tuple[str, ...]], ...]:
    """Every code with its code and labels in normal form, read once: the lists hold some 900 of them."""
    return tuple(
        (level, code, tuple({normal(text): None for text in (code.code, code.label.id, code.label.en)}))
        for level in contract().datasets[dataset].levels.values()
        for code in level.codes
    )


@lru_cache(maxsize=4)
def _levels(dataset: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Every level with its names, those of its dimension, and its definition, in normal form."""
    described = contract().datasets[dataset]
    return tuple(
        (level.name, tuple(normal(text) for text in _told(described, level))) for level in described.levels.values()
    )


def _told(dataset: Dataset, level: Level) -> tuple[str, ...]:
    dimension = next(d for d in dataset.dimensions if level in d.levels)
    names = (dimension.name, dimension.label.id, dimension.label.en, level.name, level.label.id, level.label.en)
    return (*names, level.name.replace("_", " "), level.definition.id, level.definition.en)


@lru_cache(maxsize=100_000)
def _bare(text: str) -> str:
    """Letters and digits only, so that S1 finds S-1 and IIId finds III/d."""
    return NOT_LETTERS.sub("", text)
