"""Figures derived from displayed values: never from a hidden part, never on too small a base."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.access import measures
from data_access.access.measures import Change
from data_access.access.result import Protected, State
from data_access.contract import contract
from tests.charts.factory import DAY, YEARS, protected

SUPPRESSED, UNAVAILABLE = State.SUPPRESSED, State.UNAVAILABLE
OTHER_DAY = date(2001, 1, 1)
Cells = dict[str, int | State]


def by_status(**cells: int | State) -> Protected:
    """PNS, CPNS and PPPK as given, 100 for PPPK paruh waktu."""
    named: Cells = {"PNS": 100, "CPNS": 100, "PPPK": 100, "PPPK-PW": 100}
    named.update(cells)
    return protected(["status"], lambda _period, codes: named[codes[0]])


# cells, codes, total; every case has 100 for what is not named
SUMS: list[tuple[Cells, tuple[str, ...] | None, int | None, str]] = [
    ({}, None, 400, "all shown"),
    ({}, ("PNS", "CPNS"), 200, "some codes"),
    ({"PNS": SUPPRESSED}, None, None, "a suppressed part hides the sum"),
    ({"PNS": SUPPRESSED}, ("PNS",), None, "only a suppressed part"),
    ({"PNS": SUPPRESSED}, ("CPNS",), 100, "a suppressed cell that is not part of the sum"),
    ({"PNS": UNAVAILABLE}, None, 300, "a cell that cannot exist holds nobody"),
    ({"PNS": UNAVAILABLE, "CPNS": SUPPRESSED}, ("PNS", "CPNS"), None, "neither of both is shown"),
    ({"PNS": UNAVAILABLE}, ("PNS",), None, "nothing but a cell that is not available"),
    ({"PNS": 0}, ("PNS",), 0, "an official zero is a number"),
    ({}, ("TNI",), None, "a code that the answer does not hold"),
    ({}, (), None, "no code at all"),
]


@pytest.mark.parametrize(("cells", "codes", "total", "why"), SUMS, ids=[case[3] for case in SUMS])
def test_sums_of_displayed_values(cells: Cells, codes: tuple[str, ...] | None, total: int | None, why: str) -> None:
    result = by_status(**cells)
    chosen = None if codes is None else {"status": codes}
    assert measures.total(result, DAY, chosen) == total


def test_sums_are_of_one_date_only() -> None:
    series = protected(["status"], lambda period, _codes: period.year, periods=YEARS)
    assert measures.total(series, YEARS[0]) == 4 * 2023
    assert measures.total(series, OTHER_DAY) is None


def test_sums_over_codes_of_several_axes() -> None:
    crossed = protected(["status", "jenis_kelamin"], lambda _period, codes: 30 if codes == ("PNS", "P") else 10)
    chosen = {"status": ("PNS", "CPNS"), "jenis_kelamin": ("P",)}
    assert measures.total(crossed, DAY, chosen) == 40


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [
        (25, 100, 0.25),
        (0, 100, 0.0),
        (105, 100, 1.0),  # rounding to fives may lift a part above its whole
        (None, 100, None),
        (25, None, None),
        (None, None, None),
        (0, 0, None),
        (5, 0, None),
    ],
)
def test_share_needs_both_and_stays_within_one(part: int | None, whole: int | None, share: float | None) -> None:
    assert measures.share(part, whole) == share


@pytest.mark.parametrize(
    ("now", "before", "change"),
    [
        (60, 49, Change(11, None)),  # one below the smallest base
        (60, 50, Change(10, 0.2)),  # the smallest base
        (40, 50, Change(-10, -0.2)),
        (60, 0, Change(60, None)),
        (0, 50, Change(-50, -1.0)),
        (None, 50, None),
        (60, None, None),
    ],
)
def test_growth_rate_needs_a_base_of_fifty(now: int | None, before: int | None, change: Change | None) -> None:
    found = measures.change(now, before)
    assert (found is None) == (change is None)
    if found and change:
        assert found.persons == change.persons
        assert found.share == (None if change.share is None else pytest.approx(change.share))


@pytest.mark.parametrize(("persons", "mean"), [(29, None), (30, 23.5), (1_000, 23.5)])
def test_mean_needs_thirty_persons(persons: int, mean: float | None) -> None:
    result = protected(["umur_5"], lambda _period, codes: persons if codes[0] == "21-25" else UNAVAILABLE)
    assert measures.mean(result, "umur_5", DAY) == mean


def test_mean_weighs_midpoints_and_leaves_out_what_is_not_shown() -> None:
    cells: Cells = {"18-20": UNAVAILABLE, "21-25": 1_000, "26-30": 3_000, "31-35": SUPPRESSED}
    result = protected(["umur_5"], lambda _p, codes: cells[codes[0]], members={"umur_5": list(cells)})
    assert measures.mean(result, "umur_5", DAY) == pytest.approx((1_000 * 23.5 + 3_000 * 28.5) / 4_000)


@pytest.mark.parametrize(("persons", "is_shown"), [(890, False), (900, True)])
def test_mean_needs_that_suppressed_bands_hold_at_most_a_hundredth(persons: int, is_shown: bool) -> None:
    """One suppressed band holds up to nine persons: a hundredth of 900."""
    cells: Cells = {"21-25": persons, "31-35": SUPPRESSED}
    result = protected(["umur_5"], lambda _p, codes: cells[codes[0]], members={"umur_5": list(cells)})
    assert (measures.mean(result, "umur_5", DAY) is not None) == is_shown


@pytest.mark.parametrize(("whole", "decimals"), [(None, 0), (999, 0), (1_000, 1)])
def test_a_percentage_has_a_decimal_from_a_base_of_a_thousand_on(whole: int | None, decimals: int) -> None:
    assert measures.share_decimals(whole) == decimals


@pytest.mark.parametrize("level", ["umur_5", "masa_kerja"])
def test_every_band_that_is_averaged_has_a_midpoint(level: str) -> None:
    assert all(code.midpoint for code in contract().datasets["pegawai"].levels[level].codes)


@given(st.lists(st.one_of(st.integers(10, 10**6), st.just(SUPPRESSED), st.just(UNAVAILABLE)), min_size=4, max_size=4))
def test_a_total_is_the_sum_of_what_is_shown_or_nothing(cells: list[int | State]) -> None:
    result = by_status(**dict(zip(("PNS", "CPNS", "PPPK", "PPPK-PW"), cells, strict=True)))
    shown = [cell for cell in cells if not isinstance(cell, State)]
    whole = None if SUPPRESSED in cells or not shown else sum(shown)
    assert measures.total(result, DAY) == whole
