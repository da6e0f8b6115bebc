"""Words and numbers read as each language writes them; a missing translation falls back to Indonesian."""

from datetime import UTC, date, datetime

import pytest

from data_access import words
from data_access.contract import Label

DAY = date(2025, 5, 1)


def test_numbers_are_written_as_the_language_does() -> None:
    assert words.number(1234567, "id") == "1.234.567"
    assert words.number(1234567, "en") == "1,234,567"
    assert words.number(-0.5, "id", decimals=2) == "-0,50"
    assert words.percent(0.1234, "id") == "12,3%"
    assert words.percent(1, "en", decimals=0) == "100%"


def test_days_and_moments() -> None:
    assert words.day(DAY, "id") == "1 Mei 2025"
    assert words.day(DAY, "en") == "1 May 2025"
    assert words.short_day(date(2025, 12, 31), "id") == "31 Des 2025"
    assert words.moment(datetime(2025, 5, 1, 17, 30, tzinfo=UTC), "id") == "2 Mei 2025 00.30 WIB"


def test_facts_are_put_in_the_readers_language() -> None:
    label = Label(id="Provinsi", en="Province")
    assert words.text("{day}: {level}", "id", day=DAY, level=label) == "1 Mei 2025: Provinsi"
    assert words.text("{day}: {level}", "en", day=DAY, level=label) == "1 May 2025: Province"


def test_a_sentence_without_a_translation_stays_indonesian() -> None:
    assert words.text("Kalimat yang tidak ada di katalog.", "en") == "Kalimat yang tidak ada di katalog."


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_sentence_without_facts_keeps_its_braces(language: str) -> None:
    assert words.text("{apa adanya}", language) == "{apa adanya}"


def test_mark_changes_nothing() -> None:
    assert words.mark("Kode {code}") == "Kode {code}"


@pytest.mark.parametrize(
    ("size", "shown"),
    [(0, "0 bita"), (999, "999 bita"), (1_500, "1,5 kB"), (16_838_172, "16,8 MB"), (2_000_000_000, "2 GB")],
)
def test_the_size_of_a_file_is_told_in_its_unit(size: int, shown: str) -> None:
    assert words.text("({size})", "id", size=words.FileSize(size)) == f"({shown})"


@pytest.mark.parametrize("zero", [0, 0.0, -0.0])
def test_zero_has_no_sign(zero: float) -> None:
    assert words.number(zero, "id", decimals=1) == "0,0"
