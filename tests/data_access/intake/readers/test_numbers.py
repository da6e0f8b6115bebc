"""Whole numbers as people write them: read as what was meant, or not at all."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.intake.readers.numbers import styles, whole, with_fractions_marked

READ = [
    ("0", 0, "zero"),
    ("007", 7, "leading zeros"),
    ("1234", 1234, "plain"),
    ("1.234", 1234, "a point of thousands"),
    ("1,234", 1234, "a comma of thousands"),
    ("1 234", 1234, "a space of thousands"),
    ("1\u00a0234", 1234, "a hard space of thousands"),
    ("12.345.678", 12_345_678, "two points"),
    ("1.234,00", 1234, "decimals of zero after points"),
    ("1,234.0", 1234, "decimals of zero after a comma"),
    ("12.0", 12, "a float of a program"),
    ("12,00", 12, "decimals of zero alone"),
    (" 12 ", 12, "blanks around"),
    ("'12", 12, "behind an apostrophe"),
    ("+12", 12, "with a sign"),
    ("-1.234", -1234, "negative"),
    ("1.5", None, "a fraction"),
    ("1,5", None, "a fraction with comma"),
    ("0.123", None, "a fraction below one is no group"),
    ("12.34", None, "two decimals"),
    ("1.2345", None, "a group of four"),
    ("1234.567", None, "a first group of four"),
    ("1.234,567", None, "points and commas in one number"),
    ("1.234.56", None, "a last group of two"),
    ("1.23E+05", None, "rounded by a spreadsheet"),
    ("(12)", None, "in brackets"),
    ("12 orang", None, "with a unit"),
    ("9" * 30, None, "more than a number can hold"),
    ("", None, "nothing"),
    (None, None, "empty"),
]


@pytest.mark.parametrize(("text", "number", "why"), READ, ids=[case[2] for case in READ])
def test_a_number_is_read_as_what_was_meant(text: str | None, number: int | None, why: str) -> None:
    # Beside a text, so that no column takes the short way of plain numbers.
    assert whole(pl.Series([text, "x"], dtype=pl.String)).to_list() == [number, None]


@given(st.integers(-(10**15), 10**15), st.sampled_from([".", ",", " ", "\u00a0", "\u202f", ""]))
def test_every_whole_number_survives_its_thousands(number: int, mark: str) -> None:
    text = f"{number:,}".replace(",", mark)
    assert whole(pl.Series([text, "x"])).to_list() == [number, None]


@given(st.floats(0.001, 999, allow_nan=False))
def test_no_fraction_is_taken_for_a_whole_number_unless_it_is_written_as_thousands(number: float) -> None:
    text = f"{number:.2f}"
    wanted = int(number) if text.endswith(".00") else None
    assert whole(pl.Series([text, "x"])).to_list() in (
        [wanted, None],
        [round(number), None] if wanted is not None else [],
    )


def test_the_way_of_grouping_is_told() -> None:
    texts = pl.Series(["1.234", "1,234", "1 234", "1234", "12", "1.5", None])
    assert styles(texts).to_list() == ["1.234", "1,234", "1 234", "1234", None, None, None]


def test_a_number_cell_with_three_decimals_is_no_thousand() -> None:
    cells = pl.DataFrame({"0": ["1.234", "1.234", "5"], "1": ["a", "b", "c"]})
    marked = with_fractions_marked(cells, lambda _name: pl.Series([True, False, True]))
    assert marked["0"].to_list() == ["1.234 (pecahan)", "1.234", "5"]
    assert whole(marked["0"]).to_list() == [None, 1234, 5]
