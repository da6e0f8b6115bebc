"""From m to the screen: threshold, rounding, exact official cells, what cannot exist, and nothing else to be seen."""

from datetime import date

import numpy as np
import pytest

from data_access.access.disclosure import protect
from data_access.access.plan import Part
from data_access.access.query import Query
from data_access.access.result import Protected, State
from data_access.access.scope import scope
from data_access.release.lattice import Combination
from data_access.release.reader import Selection
from tests.world import EARLY, LATE, World, dataset


def displayed(world: World, m: dict[str, int], query: Query, *, public: bool = False, day: date = LATE) -> Protected:
    """What `protect` makes of the sums m by code of the first group (or the total, code "")."""
    reader = world.gateway().reader()
    held = query.by
    ordinals = [reader.book.ordinals(held[0])[code] for code in m] if held else []
    arrays = {
        "period": np.array([day] * len(m), dtype="datetime64[D]"),
        "m": np.array(list(m.values()), dtype=np.int64),
    }
    arrays |= {dataset().dimension_of[held[0]]: np.array(ordinals, dtype=np.int64)} if held else {}
    selection = Selection(1, (day,), (), tuple(dataset().dimension_of[level] for level in held), None)
    part = Part(selection, Combination(held, public), {level: level for level in held}, 1)
    reach = scope(world.viewer("analis"), "pegawai")
    return protect(
        query, reach, [(part, arrays)], periods=(day,), book=reader.book, release=reader.manifest, row_limit=1000
    )


BOUNDARIES = [
    (0, None, "nobody, or noise down to nobody"),
    (1, None, "one"),
    (9, None, "the last that is hidden"),
    (10, 10, "the first that is shown"),
    (11, 10, "rounds down"),
    (12, 10, "rounds down"),
    (13, 15, "rounds up"),
    (14, 15, "rounds up"),
    (15, 15, "stays"),
    (17, 15, "rounds down"),
    (18, 20, "rounds up"),
    (99_997, 99_995, "rounding ends at no size"),
    (99_998, 100_000, "rounding ends at no size"),
]


@pytest.mark.parametrize(("m", "value", "why"), BOUNDARIES, ids=[f"{b[0]}" for b in BOUNDARIES])
def test_a_protected_cell_is_hidden_below_ten_and_else_rounded_to_five(
    world: World, m: int, value: int | None, why: str
) -> None:
    answer = displayed(world, {"": m}, Query("pegawai"))
    state = State.SUPPRESSED if value is None else State.SHOWN
    assert answer.frame.select("nilai", "keadaan").row(0) == (value, state)
    assert answer.suppressed == (value is None)
    assert not answer.official


@pytest.mark.parametrize("m", [0, 1, 9, 10, 11, 12, 13, 4_321_987])
def test_an_official_cell_is_shown_to_the_person(world: World, m: int) -> None:
    answer = displayed(world, {"": m}, Query("pegawai"), public=True)
    assert answer.frame.select("nilai", "keadaan").row(0) == (m, State.SHOWN)
    assert answer.official
    assert answer.margin == 0


def test_an_empty_cell_and_a_small_one_look_the_same(world: World) -> None:
    """CPNS is not in the arrays at all, PPPK is there with 3."""
    answer = displayed(world, {"PNS": 500, "PPPK": 3}, Query("pegawai", by=("status",)))
    rows = {row[1]: row[2:] for row in answer.frame.rows()}
    assert rows["CPNS"] == rows["PPPK"] == rows["PPPK-PW"] == (None, State.SUPPRESSED)


def test_the_grid_is_complete_and_in_the_order_of_the_code_list(world: World) -> None:
    answer = displayed(world, {"34": 50, "11": 60}, Query("pegawai", by=("provinsi",)))
    assert answer.frame["provinsi"].to_list() == list(dataset().levels["provinsi"].by_code)


def test_order_by_value_puts_the_largest_displayed_first_and_the_hidden_last_by_code(world: World) -> None:
    m = {"31": 22, "33": 18, "34": 9, "51": 2, "11": 21, "12": 100}
    answer = displayed(world, m, Query("pegawai", by=("provinsi",), order="nilai"))
    rows = [(row[1], row[2]) for row in answer.frame.rows()]
    assert rows[:4] == [("12", 100), ("11", 20), ("31", 20), ("33", 20)]  # ties by code, not by m
    assert [code for code, value in rows[4:]] == sorted(
        set(dataset().levels["provinsi"].by_code) - {"12", "11", "31", "33"}
    )


def test_a_code_that_was_not_yet_valid_is_not_available(world: World) -> None:
    answer = displayed(world, {"91": 70}, Query("pegawai", by=("provinsi",)), day=EARLY)
    states = {row[1]: row[3] for row in answer.frame.rows()}
    assert [code for code, state in states.items() if state == State.UNAVAILABLE] == ["93", "94", "95", "96"]
    assert states["91"] == State.SHOWN


def test_a_combination_that_cannot_exist_is_not_available_even_if_it_is_official(world: World) -> None:
    query = Query("pegawai", by=("status",), where={"golongan": ["PPPK"]})
    for public in (False, True):
        states = {row[1]: row[3] for row in displayed(world, {"PPPK": 70}, query, public=public).frame.rows()}
        assert [code for code, state in states.items() if state == State.UNAVAILABLE] == ["PNS", "CPNS"]


@pytest.mark.parametrize(("cells", "margin"), [(1, 4.0), (4, 8.0), (100, 40.0)])
def test_the_margin_is_twice_the_root_of_four_per_cell(world: World, cells: int, margin: float) -> None:
    answer = displayed(world, {"": 50}, Query("pegawai"))
    object.__setattr__(answer, "cells", cells)
    assert answer.margin == margin
