"""What is estimated from the past: attrition, the kinds of the hired and their years until BUP, ages of cohorts."""

from collections.abc import Mapping
from datetime import date

import numpy as np
import pytest

from data_access.access.result import Protected, State
from data_access.projection import rates as module
from data_access.projection.rates import Rate, Rates
from tests.charts.factory import protected

START, MIDDLE, END = date(2023, 12, 31), date(2024, 12, 31), date(2025, 12, 31)
SINCE = {MIDDLE: START, END: MIDDLE}
GROUPS = ("guru", "nakes")


def by_group(value: Mapping[tuple[str, date], int | State]) -> Protected:
    return protected(
        ("kelompok_jabatan",),
        lambda day, codes: value.get((codes[0], day), State.SUPPRESSED),
        periods=(START, MIDDLE, END),
        members={"kelompok_jabatan": GROUPS},
    )


def of_all(value: Mapping[date, int | State]) -> Protected:
    return protected((), lambda day, _codes: value.get(day, State.SUPPRESSED), periods=(START, MIDDLE, END))


STOCK = by_group({("guru", START): 1_000, ("guru", MIDDLE): 1_000, ("nakes", START): 500, ("nakes", MIDDLE): 500})
EVERYBODY = of_all({START: 1_500, MIDDLE: 1_500})


def found(
    events: Mapping[tuple[str, date], int | State], everywhere: Mapping[date, int | State], stock: Protected = STOCK
) -> dict[tuple[str, str], Rate]:
    sources = [({"PNS": by_group(events)}, {"PNS": stock}), ({"PNS": of_all(everywhere)}, {"PNS": EVERYBODY})]
    return module.attrition(sources, SINCE)


def test_the_rate_is_events_over_persons_and_years() -> None:
    """Leap year: 366 days. 20 of 1,000 and 40 of 1,000 are 3 % with a spread of about 1.4 points."""
    told = {("guru", MIDDLE): 20, ("guru", END): 40, ("nakes", MIDDLE): 10, ("nakes", END): 10}
    rates = found(told, {MIDDLE: 30, END: 50})
    assert rates["PNS", "guru"].yearly == pytest.approx(60 / (1_000 * (366 / 365 + 1)))
    assert rates["PNS", "guru"].spread == pytest.approx(np.std([20 / (1_000 * 366 / 365), 0.04], ddof=1))
    assert rates["PNS", ""].yearly == pytest.approx(80 / (1_500 * (366 / 365 + 1)))
    assert not any(rate.borrowed for rate in rates.values())


def test_a_period_that_is_not_shown_is_left_out() -> None:
    rate = found({("guru", END): 40}, {})["PNS", "guru"]
    assert (round(rate.yearly, 6), rate.spread, rate.periods) == (0.04, 0.0, 1)


def test_a_group_without_a_shown_period_borrows_the_rate_of_all() -> None:
    rates = Rates(found({("nakes", END): 10}, {END: 30}), None, {}, {}, None, None)
    assert rates.of("PNS", "guru") == Rate(30 / 1_500, 0.0, 1, borrowed=True)
    assert not rates.of("PNS", "nakes").borrowed
    assert rates.of("PPPK", "guru") == Rate(0.0, 0.0, 0, borrowed=True)


def test_a_later_source_stands_in_for_an_earlier_one() -> None:
    near, far = ({"PNS": of_all(told)} for told in ({}, {END: 15}))
    rates = module.attrition([None, (near, {"PNS": EVERYBODY}), (far, {"PNS": EVERYBODY})], SINCE)
    assert rates["PNS", ""].yearly == pytest.approx(0.01)
    assert rates["PNS", ""].national


def test_a_stock_that_is_not_shown_gives_no_rate() -> None:
    assert ("PNS", "guru") not in found({("guru", END): 40}, {}, stock=by_group({}))


def test_the_share_of_pppk_among_the_appointed() -> None:
    def value(_day: date, codes: tuple[str, ...]) -> int:
        return {"cpns": 100, "pppk": 300}[codes[0]]

    joined = protected(("peristiwa",), value, periods=(MIDDLE, END), members={"peristiwa": ("cpns", "pppk")})
    assert module.pppk_share(joined) == 0.75
    nobody = protected(("peristiwa",), lambda _d, _c: State.SUPPRESSED, members={"peristiwa": ("cpns", "pppk")})
    assert module.pppk_share(nobody) is None


def test_years_until_bup_of_the_newest() -> None:
    def value(_day: date, codes: tuple[str, ...]) -> int | State:
        return {"2030": 100, "2050": 300}.get(codes[0], State.SUPPRESSED)

    years = [str(year) for year in range(2021, 2081)]
    found = module.entry(protected(("tahun_bup",), value, periods=(END,), members={"tahun_bup": years}), END)
    assert (found[5], found[25], found.sum()) == (0.25, 0.75, 1.0)


def test_bands_of_age_and_who_is_of_an_age_later() -> None:
    assert module.age_bands()[:2] == [(18, 21), (21, 26)]
    assert module.age_bands()[-1] == (66, 71)
    answer = protected(
        ("tahun_bup", "umur_5"),
        lambda _day, codes: {("2030", "51-55"): 300, ("2030", "56-60"): 100}.get((codes[0], codes[1]), 0),
        periods=(END,),
        members={"tahun_bup": ("2030", "2031"), "umur_5": ("51-55", "56-60")},
    )
    known = Rates({}, None, {}, module.ages(answer, END), None, None)
    assert known.aged("guru", (51, 60), 0)[5] == 1.0
    assert known.aged("guru", (56, 60), 0)[5] == 0.25
    # A year later a fifth of the younger band has turned 56, and a fifth of the older one 61.
    assert known.aged("guru", (56, 60), 1)[5] == pytest.approx(0.75 * 0.2 + 0.25 * 0.8)
    assert known.aged("guru", (51, 60), 0)[6] == 0.0
