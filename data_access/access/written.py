"""Displayed values as text: one way of writing for charts, tables, cards and files."""

from data_access.access.measures import share_decimals
from data_access.access.result import PERSONS, Kind, Measure, State
from data_access.words import mark as _
from data_access.words import number, percent, text

SUPPRESSED, UNAVAILABLE = "<10", "–"
# Of a derived value: "<10" would read as its own size.
HIDDEN_BASE = "n<10"
MILLION_FROM, THOUSAND_FROM, WHOLE_FROM = 999_500, 1_000, 9_950
WHOLE_RATE = 1_000


def written(
    value: float | None,
    state: State,
    measure: Measure,
    language: str,
    *,
    base: int | None = None,
    compact: bool = False,
) -> str:
    """1.234, 12,3%, +1,2%, 41,3 tahun, <10 or –. The state decides, not the value.

    `base` is the denominator: a share has a decimal from 1,000 on. `compact` writes at most five letters.
    """
    if state == State.SUPPRESSED:
        return SUPPRESSED if measure == PERSONS else HIDDEN_BASE
    if value is None or state == State.UNAVAILABLE:
        return UNAVAILABLE
    return WAYS[measure.kind](value, language, base, compact=compact)


def _share(value: float, language: str, base: int | None, *, compact: bool) -> str:
    return percent(value, language, decimals=0 if compact else share_decimals(base))


def _growth(value: float, language: str, base: int | None, *, compact: bool) -> str:
    return _signed(_share(abs(value), language, base, compact=compact), value)


def _change(value: float, language: str, _base: int | None, *, compact: bool) -> str:
    return _signed(_count(abs(value), language, None, compact=compact), value)


def _years(value: float, language: str, _base: int | None, *, compact: bool) -> str:
    years = number(value, language, decimals=1)
    return years if compact else text(_("{years} tahun"), language, years=years)


def _rate(value: float, language: str, _base: int | None, *, compact: bool) -> str:
    return number(value, language, decimals=0 if compact and value >= WHOLE_RATE else 1)


def _score(value: float, language: str, _base: int | None, *, compact: bool) -> str:
    """72,35, and 72 where there is little room."""
    return number(value, language, decimals=0 if compact else 2)


def _count(value: float, language: str, _base: int | None, *, compact: bool) -> str:
    """995, 9,9rb, 345rb, 1,2jt where compact; all digits otherwise."""
    if not compact or value < THOUSAND_FROM:
        return number(value, language)
    if value >= MILLION_FROM:
        return text(_("{n}jt"), language, n=number(value / 1_000_000, language, decimals=1))
    return text(_("{n}rb"), language, n=number(value / 1_000, language, decimals=0 if value >= WHOLE_FROM else 1))


def _signed(words: str, value: float) -> str:
    """The sign before the number; nothing before what is written as zero."""
    if not any(letter in "123456789" for letter in words):
        return words
    return f"−{words}" if value < 0 else f"+{words}"


WAYS = {
    Kind.PERSONS: _count,
    Kind.SHARE: _share,
    Kind.CHANGE: _change,
    Kind.GROWTH: _growth,
    Kind.YEARS: _years,
    Kind.RATE: _rate,
    Kind.SCORE: _score,
}
