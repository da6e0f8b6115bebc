"""Numbers of a projection as they stand in a figure: rounded like the displayed numbers that they are made of."""

from math import floor

from data_access.release.policy import POLICY
from data_access.words import mark as _
from data_access.words import number, text


def near(value: float) -> int:
    """The nearest multiple of the base of rounding, halves upwards."""
    return floor(value / POLICY.rounding + 0.5) * POLICY.rounding


def held(value: float) -> int:
    """The same of a number of persons, which noise may have brought below zero but which is none."""
    return max(near(value), 0)


def told(value: float, language: str) -> str:
    """1.235 or −1.235."""
    return number(near(value), language).replace("-", "−")


def signed(value: float, language: str) -> str:
    """+1.235 or −1.235; 0 without a sign."""
    return f"+{told(value, language)}" if near(value) > 0 else told(value, language)


def persons(words: str, language: str) -> str:
    """A written number with its unit: 1.235 orang."""
    return text(_("{number} orang"), language, number=words)


def between(low: float, high: float, language: str) -> str:
    """The two ends of a band: 1.200–1.270."""
    return f"{number(held(low), language)}–{number(held(high), language)}"
