"""Dates as they stand in titles and columns."""

from datetime import date

import pytest

from data_access.intake.readers.dates import dates_in

DAY = date(2025, 12, 31)

TEXTS = [
    ("31 Desember 2025", [DAY], "Indonesian"),
    ("Keadaan 31 Des. 2025 (sementara)", [DAY], "shortened, in a sentence"),
    ("31 December 2025", [DAY], "English"),
    ("31-12-2025", [DAY], "day first"),
    ("31/12/2025", [DAY], "with slashes"),
    ("31.12.2025", [DAY], "with points"),
    ("2025-12-31", [DAY], "ISO"),
    ("2025-12-31 00:00:00", [DAY], "a date cell"),
    ("PER 31 DESEMBER 2025", [DAY], "in capitals"),
    ("30 Juni 2025 s.d. 31 Desember 2025", [date(2025, 6, 30), DAY], "two"),
    ("31 Nopember 2025", [], "a day that does not exist"),
    ("12/31/2025", [], "month first is not read as something else"),
    ("Desember 2025", [], "no day"),
    ("197001012000011001", [], "a number of a person"),
    ("", [], "nothing"),
]


@pytest.mark.parametrize(("text", "found", "why"), TEXTS, ids=[case[2] for case in TEXTS])
def test_dates_are_found_in_texts(text: str, found: list[date], why: str) -> None:
    assert dates_in(text) == found
