"""Words and numbers in the two screen languages. The msgid is the Indonesian sentence; `locale/` holds the English one."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}
CATALOGUES = Path(__file__).parent.parent / "locale"
GROUPED_FROM = 1_000
JAKARTA = ZoneInfo("Asia/Jakarta")


def mark(msgid: str) -> str:
    """Names a sentence for the catalogue where it is written but not yet shown (imported as `_`)."""
    return msgid


def text(msgid: str, language: str, **facts: object) -> str:
    """The sentence in `language`, placeholders filled; a sentence that lacks a translation stays Indonesian."""
    sentence = _catalogue(language).get(msgid, msgid)
    return sentence.format(**{name: _shown(fact, language) for name, fact in facts.items()}) if facts else sentence


def _shown(fact: object, language: str) -> object:
    """Dates, large numbers and labels in the reader's language; other facts (a year, a code) as they are."""
    if isinstance(fact, date):
        return day(fact, language)
    if isinstance(fact, int) and abs(fact) >= GROUPED_FROM:
        return number(fact, language)
    if isinstance(fact, str):
        return fact.encode("utf-8", "replace").decode()  # half of a character cannot be shown anywhere
    worded = getattr(fact, "text", None)
    return worded(language) if callable(worded) else fact


def number(value: float, language: str, *, decimals: int = 0) -> str:
    """1.234.567,8 in Indonesian, 1,234,567.8 in English."""
    return _number(value or 0, language, decimals)  # no minus before a zero


@lru_cache(maxsize=65_536)
def _number(value: float, language: str, decimals: int) -> str:
    """A table of many cells holds few different numbers."""
    places = "." + "0" * decimals if decimals else ""
    return str(format_decimal(value, format=f"#,##0{places}", locale=language))


def percent(share: float, language: str, *, decimals: int = 1) -> str:
    """A share of 0..1 as per cent."""
    return number(share * 100, language, decimals=decimals) + "%"


@dataclass(frozen=True)
class FileSize:
    """A number of bytes in a sentence, in the unit that its size asks for: 900 bita, 16,8 MB, 2 GB."""

    size: int

    def text(self, language: str) -> str:
        for unit, factor in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
            if self.size >= factor:
                whole = self.size % factor == 0
                return f"{number(self.size / factor, language, decimals=0 if whole else 1)} {unit}"
        return text(mark("{count} bita"), language, count=self.size)


def inside(label: str) -> str:
    """A label within a sentence: a small first letter unless it begins with an abbreviation."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def day(value: date, language: str) -> str:
    """31 Desember 2025."""
    return str(format_date(value, "d MMMM y", locale=language))


def short_day(value: date, language: str) -> str:
    """31 Des 2025."""
    return str(format_date(value, "d MMM y", locale=language))


def span(since: date | None, last: date, language: str) -> str:
    """First and last day of the period that begins after `since`: 1 Juli 2025 – 31 Desember 2025."""
    first = f"{day(since + timedelta(days=1), language)} – " if since else ""
    return first + day(last, language)


def moment(value: datetime, language: str) -> str:
    """A time in Jakarta, marked WIB: 31 Des 2025 14.05 WIB."""
    return f"{format_datetime(value, 'd MMM y HH.mm', tzinfo=JAKARTA, locale=language)} WIB"


@lru_cache(maxsize=4)
def _catalogue(language: str) -> dict[str, str]:
    file = CATALOGUES / language / "LC_MESSAGES" / "messages.po"
    if not file.exists():
        return {}
    with file.open("rb") as handle:
        messages = read_po(handle, locale=language)
    return {str(m.id): str(m.string) for m in messages if m.id and m.string and not m.fuzzy}
