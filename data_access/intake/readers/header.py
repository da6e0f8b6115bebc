"""Finds the header of a table: below titles, in one row or in two (merged cells above, their parts below)."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from data_access.intake.labels import clean, normal
from data_access.intake.readers.numbers import POINTS

BETWEEN = " | "  # the name of a column under a merged cell: "PNS | L"
DEPTHS = (1, 2)
NUMBER = re.compile(rf"[+-]?\d+([.,]\d+)?|{POINTS}")
PLACE = re.compile(r"[(\[]?\s*(\d+)\s*[)\]]?(\s*=.*)?")
Head = Sequence[Sequence[str | None]]


@dataclass(frozen=True)
class Header:
    """`first` row (from 0) and number of rows of a header, its names ("" where there is none), wanted names found."""

    first: int
    depth: int
    names: tuple[str, ...]
    matches: int

    @property
    def last(self) -> int:
        return self.first + self.depth - 1


def header_of(head: Head, wanted: Collection[str]) -> Header:
    """The header in the first rows: the one with most of the `wanted` names (normal forms), else the likeliest."""
    best = max(_candidates(head, wanted), key=lambda one: (one.matches, -one.depth, -one.first))
    return best if best.matches else _likeliest(head)


def column_numbers_follow(head: Head, header: Header) -> bool:
    """Whether the row below numbers the columns: (1) (2) (3), as official tables have it."""
    if header.last + 1 >= len(head):
        return False
    cells = [clean(cell or "") for cell, name in zip(head[header.last + 1], header.names, strict=True) if name]
    found = [PLACE.fullmatch(cell) for cell in cells]
    return len(cells) >= 3 and all(one and int(one[1]) == place for place, one in enumerate(found, start=1))


def _candidates(head: Head, wanted: Collection[str]) -> Iterator[Header]:
    for first in range(len(head)):
        for depth in DEPTHS:
            if first + depth <= len(head):
                yield _header(head, first, depth, wanted)


def _header(head: Head, first: int, depth: int, wanted: Collection[str] = ()) -> Header:
    names = _names([[clean(cell or "") for cell in row] for row in head[first : first + depth]])
    return Header(first, depth, names, len({normal(name) for name in names} & set(wanted)))


def _names(rows: list[list[str]]) -> tuple[str, ...]:
    """An upper cell holds for the columns to its right as long as they have a name of their own below and none above."""
    if len(rows) == 1:
        return tuple(rows[0])
    upper, lower = rows
    names, above = [], ""
    for over, under in zip(upper, lower, strict=True):
        above = over or (above if under else "")
        names.append(BETWEEN.join(part for part in (above, under) if part))
    return tuple(names)


def _likeliest(head: Head) -> Header:
    """The row (or two) right above the first row that has both words and a number, or the first row with two cells."""
    filled = [sum(bool(clean(cell or "")) for cell in row) for row in head]
    wide = [i for i, count in enumerate(filled) if count >= min(2, max(filled, default=0))]
    data = next((i for i in wide[1:] if _has_number(head[i])), None)
    above = [i for i in wide if data is not None and i < data and not _has_number(head[i])]
    if not above:
        return _header(head, wide[0] if wide else 0, 1)
    last = above[-1]
    two = last - 1 in above and any(_joined(head[last - 1], head[last]))
    return _header(head, last - 1 if two else last, 2 if two else 1)


def _joined(upper: Sequence[str | None], lower: Sequence[str | None]) -> Iterator[bool]:
    """Columns that have a name in the lower row only: parts of a merged cell."""
    yield from (not clean(over or "") and bool(clean(under or "")) for over, under in zip(upper, lower, strict=True))


def _has_number(row: Sequence[str | None]) -> bool:
    return any(NUMBER.fullmatch(clean(cell or "")) for cell in row)
