"""Dates in Indonesian, English and ISO forms: 31 Desember 2025, 31-12-2025, 31/12/2025, 2025-12-31."""

import re
from collections.abc import Iterator
from datetime import date

MONTHS = {
    "januari": 1, "jan": 1, "january": 1,
    "februari": 2, "feb": 2, "pebruari": 2, "february": 2,
    "maret": 3, "mar": 3, "march": 3,
    "april": 4, "apr": 4,
    "mei": 5, "may": 5,
    "juni": 6, "jun": 6, "june": 6,
    "juli": 7, "jul": 7, "july": 7,
    "agustus": 8, "agu": 8, "agt": 8, "ags": 8, "aug": 8, "august": 8,
    "september": 9, "sep": 9, "sept": 9,
    "oktober": 10, "okt": 10, "oct": 10, "october": 10,
    "november": 11, "nov": 11, "nopember": 11, "nop": 11,
    "desember": 12, "des": 12, "dec": 12, "december": 12,
}  # fmt: skip
WORDED = re.compile(r"\b(\d{1,2})[\s.\-/]+([a-z]{3,9})\.?[\s.\-/]+(\d{4})\b")
DAY_FIRST = re.compile(r"\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\b")
YEAR_FIRST = re.compile(r"\b(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")


def dates_in(text: str) -> list[date]:
    """Every date that stands in the text, in no particular order; what only looks like one is left out."""
    return [day for day in _read(text.casefold()) if day is not None]


def _read(text: str) -> Iterator[date | None]:
    for day, month, year in WORDED.findall(text):
        yield _date(int(year), MONTHS.get(month, 0), int(day))
    for day, month, year in DAY_FIRST.findall(text):
        yield _date(int(year), int(month), int(day))
    for year, month, day in YEAR_FIRST.findall(text):
        yield _date(int(year), int(month), int(day))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
