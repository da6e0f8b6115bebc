"""Results of every derived measure, made by the functions of the product from a grid of persons."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from data_access.access import derive
from data_access.access.result import Protected
from tests.charts.factory import DAY, YEARS, Value, protected

Members = Mapping[str, Sequence[str]] | None
Way = Callable[[Sequence[str], Value, Sequence[date], Members], Protected]
AGE = "umur_5"
INHABITANTS = 100_000


def share(levels: Sequence[str], value: Value, periods: Sequence[date], members: Members) -> Protected:
    """Each cell of a whole of 1,000,000."""
    parts = protected(levels, value, periods=periods, members=members)
    return derive.share_of(parts, protected((), lambda _period, _codes: 1_000_000, periods=periods))


def change(levels: Sequence[str], value: Value, _periods: Sequence[date], members: Members) -> Protected:
    """From the first of three years to the last."""
    return derive.change(protected(levels, value, periods=YEARS, members=members), DAY, YEARS[0])


def growth(levels: Sequence[str], value: Value, _periods: Sequence[date], members: Members) -> Protected:
    return derive.growth(protected(levels, value, periods=YEARS, members=members), DAY, YEARS[0])


def mean(levels: Sequence[str], value: Value, periods: Sequence[date], members: Members) -> Protected:
    """Of the age; the bands of each cell hold the same."""
    result = protected([*levels, AGE], lambda day, codes: value(day, codes[:-1]), periods=periods, members=members)
    return derive.mean(result, AGE)


def rate(levels: Sequence[str], value: Value, periods: Sequence[date], members: Members) -> Protected:
    """Per 1,000 inhabitants; every member of the first axis has 100,000."""
    result = protected(levels, value, periods=periods, members=members)
    people = {code: INHABITANTS for code, _label in result.axes[0].members}
    return derive.per_thousand(result, people, levels[0])


MEASURES: dict[str, Way] = {"share": share, "change": change, "growth": growth, "mean": mean, "rate": rate}
