"""Derived answers: each cell from displayed values only, blank where a part is hidden or the base too small."""

from collections.abc import Mapping
from datetime import date

import pytest

from data_access.access import derive
from data_access.access.result import Kind, Protected, State
from tests.charts.factory import DAY, HIDDEN, YEARS, protected

SHOWN, SUPPRESSED, UNAVAILABLE = State.SHOWN, State.SUPPRESSED, State.UNAVAILABLE
Cells = Mapping[tuple[str, ...], int | State]


def of(levels: list[str], cells: Cells, *, members: Mapping[str, list[str]] | None = None) -> Protected:
    return protected(levels, lambda _period, codes: cells[codes], members=members)


def told(result: Protected) -> list[tuple[float | None, str, int | None]]:
    """Value (two decimals), state and base of every cell, in order."""
    rows = result.frame.select("nilai", "keadaan", "dasar").iter_rows()
    return [(None if value is None else round(value, 2), state, base) for value, state, base in rows]


def sexes(men: int | State, women: int | State) -> Protected:
    return of(["jenis_kelamin"], {("L",): men, ("P",): women})


@pytest.mark.parametrize(
    ("men", "women", "cell"),
    [
        (60, 40, (0.4, SHOWN, 100)),
        (60, SUPPRESSED, (None, SUPPRESSED, None)),
        (SUPPRESSED, 40, (None, SUPPRESSED, None)),
        (UNAVAILABLE, UNAVAILABLE, (None, UNAVAILABLE, None)),
        (UNAVAILABLE, 40, (1.0, SHOWN, 40)),  # a cell that cannot exist holds nobody
        (0, 0, (None, UNAVAILABLE, None)),
    ],
)
def test_share_of_a_part_of_an_axis(men: int | State, women: int | State, cell: tuple[object, ...]) -> None:
    result = derive.part_share(sexes(men, women), "jenis_kelamin", ["P"])
    assert told(result) == [cell]
    assert result.axes == ()
    assert result.measure.kind == Kind.SHARE


@pytest.mark.parametrize(
    ("part", "whole", "cell"),
    [
        (25, 100, (0.25, SHOWN, 100)),
        (105, 100, (1.0, SHOWN, 100)),  # rounding to fives may lift a part above its whole
        (SUPPRESSED, 100, (None, SUPPRESSED, None)),
        (25, SUPPRESSED, (None, SUPPRESSED, None)),
        (25, UNAVAILABLE, (None, UNAVAILABLE, None)),
        (0, 0, (None, UNAVAILABLE, None)),
    ],
)
def test_share_of_another_cell(part: int | State, whole: int | State, cell: tuple[object, ...]) -> None:
    parts = of(["status", "jenis_kelamin"], {("PNS", "P"): part}, members={"status": ["PNS"], "jenis_kelamin": ["P"]})
    result = derive.share_of(parts, of(["status"], {("PNS",): whole}, members={"status": ["PNS"]}))
    assert told(result) == [cell]
    assert [axis.level for axis in result.axes] == ["status", "jenis_kelamin"]


def test_share_of_the_total_takes_the_total_of_the_same_date() -> None:
    parts = protected(["jenis_kelamin"], lambda day, _codes: 50 if day == DAY else 10, periods=YEARS)
    whole = protected([], lambda day, _codes: 100 if day == DAY else 40, periods=YEARS)
    shares = derive.share_of(parts, whole).frame
    assert shares["nilai"].to_list() == [0.25, 0.25, 0.25, 0.25, 0.5, 0.5]


NOW, BEFORE = YEARS[2], YEARS[1]


def over_time(before: int | State, now: int | State) -> Protected:
    return protected([], lambda day, _codes: {BEFORE: before, NOW: now}.get(day, 1), periods=YEARS)


@pytest.mark.parametrize(
    ("before", "now", "change", "growth"),
    [
        (100, 120, 20.0, 0.2),
        (100, 80, -20.0, -0.2),
        (45, 90, 45.0, None),  # too small a base for a rate
        (50, 100, 50.0, 1.0),
        (0, 90, 90.0, None),
    ],
)
def test_changes_between_two_dates(before: int, now: int, change: float, growth: float | None) -> None:
    result = over_time(before, now)
    assert told(derive.change(result, NOW, BEFORE)) == [(change, SHOWN, before)]
    state, base = (UNAVAILABLE, None) if growth is None else (SHOWN, before)
    assert told(derive.growth(result, NOW, BEFORE)) == [(growth, state, base)]
    assert derive.change(result, NOW, BEFORE).frame["periode"].to_list() == [NOW]


@pytest.mark.parametrize(
    ("before", "now", "state"),
    [
        (SUPPRESSED, 100, SUPPRESSED),
        (100, SUPPRESSED, SUPPRESSED),
        (UNAVAILABLE, 100, UNAVAILABLE),
        (UNAVAILABLE, SUPPRESSED, SUPPRESSED),
    ],
)
def test_a_change_needs_both_values(before: int | State, now: int | State, state: State) -> None:
    for made in (derive.change, derive.growth):
        assert told(made(over_time(before, now), NOW, BEFORE)) == [(None, state, None)]


def test_a_date_that_the_answer_does_not_hold_gives_nothing_to_compare() -> None:
    assert told(derive.change(over_time(100, 120), NOW, date(2001, 1, 1))) == [(None, UNAVAILABLE, None)]


def bands(young: int | State, old: int | State) -> Protected:
    return of(["umur_5"], {("21-25",): young, ("31-35",): old}, members={"umur_5": ["21-25", "31-35"]})


@pytest.mark.parametrize(
    ("young", "old", "cell"),
    [
        (100, 100, (28.5, SHOWN, 200)),
        (10, 15, (None, UNAVAILABLE, None)),  # fewer than 30 persons
        (SUPPRESSED, 100, (None, SUPPRESSED, None)),  # could hold more than a hundredth
        (SUPPRESSED, 1_000, (33.5, SHOWN, 1_000)),
    ],
)
def test_means_by_mid_points(young: int | State, old: int | State, cell: tuple[object, ...]) -> None:
    assert told(derive.mean(bands(young, old), "umur_5")) == [cell]


@pytest.mark.parametrize(
    ("joined", "left", "moved", "cell"),
    [
        (60, 40, SUPPRESSED, (20.0, SHOWN, None)),  # what is no part of the difference may be hidden
        (40, 60, 10, (-20.0, SHOWN, None)),
        (60, SUPPRESSED, 10, (None, SUPPRESSED, None)),
        (SUPPRESSED, 40, 10, (None, SUPPRESSED, None)),
        (UNAVAILABLE, 40, 10, (-40.0, SHOWN, None)),  # a cell that cannot exist holds nobody
        (UNAVAILABLE, UNAVAILABLE, 10, (None, UNAVAILABLE, None)),
    ],
)
def test_what_came_in_less_what_went_out(
    joined: int | State, left: int | State, moved: int | State, cell: tuple[object, ...]
) -> None:
    moves = of(["arah"], {("masuk",): joined, ("keluar",): left, ("pindah",): moved})
    result = derive.net(moves, "arah", ["masuk"], ["keluar"])
    assert told(result) == [cell]
    assert result.axes == ()
    assert result.measure.kind == Kind.CHANGE
    assert result.cells == 2


def test_a_difference_keeps_the_other_axes_and_dates() -> None:
    moves = protected(["arah", "status"], lambda _day, codes: 50 if codes[0] == "masuk" else 20, periods=YEARS)
    result = derive.net(moves, "arah", ["masuk"], ["keluar"])
    assert [axis.level for axis in result.axes] == ["status"]
    assert result.frame["nilai"].to_list() == [30.0] * len(YEARS) * 4


def test_a_part_of_an_answer_keeps_its_cells_and_members() -> None:
    cells: Cells = {("L", "PNS"): 60, ("L", "CPNS"): 15, ("P", "PNS"): SUPPRESSED, ("P", "CPNS"): 40}
    whole = of(["jenis_kelamin", "status"], cells, members={"status": ["PNS", "CPNS"]})
    part = derive.only(whole, "status", ["CPNS"])
    assert part.frame["nilai"].to_list() == [15, 40]
    assert [[code for code, _label in axis.members] for axis in part.axes] == [["L", "P"], ["CPNS"]]


def test_rates_need_a_known_population() -> None:
    places = of(["provinsi"], {("33",): 500, ("34",): 100}, members={"provinsi": ["33", "34"]})
    assert told(derive.per_thousand(places, {"33": 50_000}, "provinsi")) == [
        (10.0, SHOWN, 50_000),
        (None, UNAVAILABLE, None),
    ]


def test_what_lies_behind_a_hidden_cell_never_gets_through() -> None:
    results = [
        derive.part_share(sexes(60, SUPPRESSED), "jenis_kelamin", ["L"]),
        derive.change(over_time(SUPPRESSED, 100), NOW, BEFORE),
        derive.mean(bands(SUPPRESSED, 1_000), "umur_5"),
    ]
    for result in results:
        values = [v for v in (*result.frame["nilai"], *result.frame["dasar"]) if v is not None]
        assert all(abs(value) < HIDDEN / 100 for value in values)
