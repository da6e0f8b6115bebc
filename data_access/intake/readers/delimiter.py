"""Which character separates the fields of a text file: the one that finds the wanted headings, or splits most evenly."""

import csv
from collections import Counter
from collections.abc import Collection

from data_access.intake.labels import normal

DELIMITERS = (",", ";", "\t", "|")
HINT = "sep="  # the line by which a spreadsheet is told
LINES = 200


def rows_of(start: str, delimiter: str) -> list[list[str]]:
    """The first rows of a text, quoted fields respected; what cannot be split any further is left out."""
    found: list[list[str]] = []
    try:
        for row in csv.reader(start.splitlines(keepends=True)[:LINES], delimiter=delimiter):
            found.append(row)
    except csv.Error:
        pass
    return found


def delimiter_of(start: str, wanted: Collection[str] = ()) -> str:
    """The separator of a text whose beginning is `start`; `wanted` are normal forms of headings that should appear."""
    hint = start.lstrip("\ufeff")[: len(HINT) + 1]
    if hint.lower().startswith(HINT) and hint[-1] in DELIMITERS:
        return hint[-1]
    return max(DELIMITERS, key=lambda one: _score(rows_of(start, one), wanted))


def _score(rows: list[list[str]], wanted: Collection[str]) -> tuple[int, float, int]:
    """Headings found, share of rows of the usual width (1 field is no width), and that width."""
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    if not filled:
        return 0, 0.0, 0
    named = max(sum(normal(cell) in wanted for cell in row) for row in filled) if wanted else 0
    (width, times), *_rest = Counter(len(row) for row in filled).most_common(1)
    return named, times / len(filled) if width > 1 else 0.0, width
