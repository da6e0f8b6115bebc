"""Bands and sensitivities against numbers computed by hand."""

import numpy as np
import pytest

from data_access.access.result import State
from data_access.projection.band import course, forecast
from data_access.projection.base import NOISE, ROUNDING, Base, base
from data_access.projection.scenario import Scenario, Shift
from data_access.projection.sensitivity import tornado
from tests.charts.factory import protected
from tests.data_access.projection.made import DAY, GROUPS, even, made_base, made_rates

NOBODY = Scenario(name="tanpa pengadaan")
CELL = NOISE + ROUNDING


def test_the_noise_of_cells_adds_up() -> None:
    """Four cells of stock and four of each year."""
    made = course(forecast(made_base(even), made_rates(), NOBODY, 3))
    assert made.start == 9_000
    assert made.stock.tolist() == [8_700, 8_400, 8_100]
    half = 1.96 * np.sqrt(4 * CELL * np.array([2, 3, 4]))
    np.testing.assert_allclose(made.stock_high - made.stock, half)
    np.testing.assert_allclose(made.retired - made.retired_low, 1.96 * np.sqrt(4 * CELL))


SIZES = {"guru": 3_000, "nakes": 1_500}
NINE_MORE = {(kind, group): size for kind in ("PNS", "PPPK") for group, size in SIZES.items()} | {
    ("PNS", "guru"): 2_909
}


def hidden_in(*years: int, stock: dict[tuple[str, str], int] = NINE_MORE) -> Base:
    """The even base in which some years of the teachers with PNS contracts are not shown."""

    def persons(kind: str, group: str, year: int) -> int | State:
        return State.SUPPRESSED if (kind, group) == ("PNS", "guru") and year in years else even(kind, group, year)

    return made_base(persons, stock=stock)


def test_what_is_not_shown_widens_the_band_to_one_side() -> None:
    made = course(forecast(hidden_in(2027), made_rates(), NOBODY, 3))
    known = course(forecast(made_base(even), made_rates(), NOBODY, 3))
    assert (made.retired_high - made.retired)[1] > (known.retired_high - known.retired)[1] + 7
    assert (made.retired - made.retired_low)[1] <= (known.retired - known.retired_low)[1]
    assert made.untold == 9


def test_hidden_years_hold_no_more_than_the_cell() -> None:
    """Thirty hidden years could hold 270 persons; the cell holds 20, so no stock falls below nothing."""
    start = hidden_in(*range(2026, 2056), stock=NINE_MORE | {("PNS", "guru"): 20})
    made = course(forecast(start, made_rates(), NOBODY, 20), start.rows({"kelompok_jabatan": ["guru"]}))
    assert made.untold == 20


def test_a_hidden_stock_widens_the_band_of_the_stock() -> None:
    stock = protected(
        ("kelompok_jabatan",),
        lambda _day, codes: State.SUPPRESSED if codes[0] == "nakes" else 3_000,
        periods=[DAY],
        members={"kelompok_jabatan": GROUPS},
    )
    shown = protected(("kelompok_jabatan",), lambda _d, _c: 3_000, periods=[DAY], members={"kelompok_jabatan": GROUPS})
    years = {"kelompok_jabatan": GROUPS, "tahun_bup": [str(year) for year in range(2026, 2056)]}
    leaving = protected(("kelompok_jabatan", "tahun_bup"), lambda _d, _c: 100, periods=[DAY], members=years)
    both = {"PNS": leaving, "PPPK": leaving}
    part, whole = (
        course(forecast(base({"PNS": shown, "PPPK": other}, both, DAY), made_rates(), NOBODY, 1))
        for other in (stock, shown)
    )
    made = base({"PNS": shown, "PPPK": stock}, both, DAY)
    assert made.left_out == (("nakes",),)
    assert part.stock[0] == whole.stock[0] - 2_900
    assert (part.stock_high - part.stock)[0] > (whole.stock_high - whole.stock)[0] + 7


def test_a_hidden_year_moves_with_the_shift() -> None:
    shifted = Scenario(name="+1", shifts=(Shift(years=1, since=2026),))
    made = course(forecast(hidden_in(2027), made_rates(), shifted, 3))
    extra = (made.retired_high - made.retired) - (made.retired - made.retired_low)
    assert np.round(extra).tolist() == [0, 0, 9]


def test_the_spread_of_past_attrition_widens_the_stock() -> None:
    start = made_base(even)
    still, moving = (course(forecast(start, made_rates(0.02, spread=s), NOBODY, 5)) for s in (0.0, 0.005))
    assert (moving.stock_high - moving.stock > still.stock_high - still.stock).all()
    assert np.diff(moving.stock_high - moving.stock_low).min() > 0
    faster = course(forecast(start, made_rates(0.02 + 1.96 * 0.005), NOBODY, 5))
    noise = (still.stock - still.stock_low)[-1]
    assert (moving.stock - moving.stock_low)[-1] == pytest.approx(np.hypot(noise, moving.stock[-1] - faster.stock[-1]))


def test_chosen_cells_only() -> None:
    start = made_base(even)
    made = course(forecast(start, made_rates(), NOBODY, 2), start.rows({"kelompok_jabatan": ["guru"]}))
    assert made.stock.tolist() == [5_800, 5_600]


def test_the_tornado_by_hand() -> None:
    """A year of BUP moves one year's leavers of all; ten points of replacement a tenth of all who leave."""
    scenario = Scenario(name="80 %", inflow="penggantian", replacement={"": 0.8})
    effects = {effect.what: effect for effect in tornado(made_base(even), made_rates(), scenario, 10)}
    assert effects["replacement"].high == pytest.approx(0.1 * 300 * 10)
    assert effects["replacement"].low == pytest.approx(-0.1 * 300 * 10)
    assert effects["bup"].high == pytest.approx(300 * 0.2)  # those who stay need not be replaced
    assert "attrition" not in effects, "no spread, no effect"
    assert effects["noise"].high == pytest.approx(1.96 * np.sqrt(4 * CELL * 11)), (
        "stock and the ten years of the horizon"
    )
    assert effects["contract"].low is None, "below zero"
    sizes = [effect.size for effect in tornado(made_base(even), made_rates(), scenario, 10)]
    assert sizes == sorted(sizes, reverse=True)


def test_a_full_replacement_cannot_be_raised() -> None:
    scenario = Scenario(name="1:1", inflow="penggantian", replacement={"": 1.0})
    effects = {effect.what: effect for effect in tornado(made_base(even), made_rates(), scenario, 10)}
    assert effects["replacement"].high is None
    assert effects["replacement"].low is not None
