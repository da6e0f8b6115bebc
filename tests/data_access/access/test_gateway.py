"""Every kind of question through the one door, against the slow oracle that counts the same persons one by one."""

import threading
from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl
import pytest

from data_access.access import gateway as door
from data_access.access.query import Query
from data_access.access.result import State
from data_access.errors import InvalidQuery
from tests import oracle
from tests.attacks.values import asked, shown
from tests.world import EARLY, LATE, MIDDLE, World, dataset

LARGEST_CHANGE, HALF_STEP = 5, 2

KINDS: list[tuple[tuple[str, ...], dict[str, list[str]], str]] = [
    ((), {}, "total"),
    (("status",), {}, "official national"),
    (("provinsi", "status"), {}, "official by place"),
    (("kanreg",), {}, "official, summed to a coarse level"),
    (("golongan",), {}, "official grades, summed"),
    ((), {"provinsi": ["33", "34"]}, "official, two chosen"),
    (("jenjang",), {"provinsi": ["33"]}, "one filter"),
    (("provinsi", "jenjang"), {}, "two groups"),
    (("umur_5", "jenis_kelamin", "status"), {}, "three groups"),
    (("provinsi",), {"jenjang": ["ahli_muda", "ahli_madya", "lektor"]}, "several codes"),
    (("umur_bkn", "jenis_kelamin"), {}, "a level summed from a finer one"),
    (("sifat_jabatan", "provinsi"), {}, "two levels up"),
    (("kelompok_pendidikan",), {"jenis_kelamin": ["P"]}, "a coarse level with a filter"),
    (("jenis_kelamin",), {"golongan": ["III", "IV"], "umur_5": ["41-45"]}, "a filter on a parent level"),
    (("umur_5",), {"umur_bkn": ["31-40"], "jenis_kelamin": ["L"]}, "group and filter in one dimension"),
    (("jenis_jabatan",), {"jenjang": ["jpt_madya", "pelaksana"], "jenis_kelamin": ["P"]}, "filter finer than the group"),
    (("tahun_bup_5", "status"), {}, "years in groups"),
    (("provinsi", "jenis_kelamin", "umur_5"), {"masa_kerja": ["0-5", "6-10", "11-15"]}, "four dimensions with the place"),
    (("instansi",), {"jenis_kelamin": ["P"]}, "many members"),
]  # fmt: skip


def impossible(cell: Mapping[str, str], where: Mapping[str, list[str]], day: date) -> bool:
    """Whether no person could be there, from the contract's rules, by hand."""
    late = [level for level, code in cell.items() if not dataset().levels[level].by_code[code].valid_on(day)]
    if late:
        return True

    def within(level: str, codes: tuple[str, ...]) -> bool:
        for known, chosen in (*((k, [c]) for k, c in cell.items()), *where.items()):
            if dataset().refines(known, level) and all(dataset().mapping(known, level)[c] in codes for c in chosen):
                return True
        return False

    return any(all(within(level, codes) for level, codes in rule.when.items()) for rule in dataset().impossible)


@pytest.mark.parametrize("day", [EARLY, LATE], ids=str)
@pytest.mark.parametrize(("by", "where", "kind"), KINDS, ids=[k[2] for k in KINDS])
def test_every_displayed_value_is_the_true_count_within_noise_and_rounding(
    world: World, by: tuple[str, ...], where: dict[str, list[str]], kind: str, day: date
) -> None:
    answer = asked(world, "analis", Query("pegawai", by, where, periods=(day,)))
    true = oracle.counted(world.people[day], by, where)
    reach = LARGEST_CHANGE * answer.cells + HALF_STEP
    assert answer.official == (kind.startswith("official") or kind == "total")
    seen = 0
    for row in answer.frame.iter_rows(named=True):
        cell = {level: row[level] for level in by}
        n = true.get(tuple(cell.values()), 0)
        if row["keadaan"] == State.UNAVAILABLE:
            assert n == 0
            assert impossible(cell, where, day)
        elif answer.official:
            assert row["nilai"] == n
        elif row["keadaan"] == State.SUPPRESSED:
            assert row["nilai"] is None
            assert n < 10 + LARGEST_CHANGE * answer.cells
        else:
            assert abs(row["nilai"] - n) <= reach
        if row["keadaan"] != State.UNAVAILABLE:
            assert not impossible(cell, where, day)
        seen += row["keadaan"] == State.SHOWN
    assert seen


def sums(world: World, by: tuple[str, ...], where: dict[str, list[str]]) -> dict[tuple[object, ...], int | None]:
    return shown(asked(world, "analis", Query("pegawai", by, where, periods=(LATE,))))


def test_a_coarse_value_is_the_displayed_sum_of_its_fine_cells(world: World) -> None:
    fine = oracle.perturbed(world.people[LATE], ("jenis_kelamin", "umur_5"))
    above = dataset().mapping("umur_5", "umur_bkn")
    for (_day, group, sex), value in sums(world, ("umur_bkn", "jenis_kelamin"), {}).items():
        m = sum(n for (s, age), n in fine.items() if s == sex and above[age] == group)
        assert value == (None if m < 10 else (m + 2) // 5 * 5)


def test_a_choice_of_codes_is_the_displayed_sum_of_their_cells(world: World) -> None:
    fine = oracle.perturbed(world.people[LATE], ("provinsi", "jenjang"))
    chosen = ["lektor", "asisten_ahli", "penyelia"]
    for (_day, place), value in sums(world, ("provinsi",), {"jenjang": chosen}).items():
        m = sum(fine.get((str(place), rank), 0) for rank in chosen)
        assert value == (None if m < 10 else (m + 2) // 5 * 5)


def test_a_date_whose_combination_was_refused_is_not_available_beside_one_that_has_it(world: World) -> None:
    reader = world.gateway().reader()
    early, late = (set(reader.admitted("pegawai")[day]) for day in (EARLY, LATE))
    # Sets of dimensions that one of the two dates lacks altogether.
    differing = sorted(sorted(d) for d in early ^ late)
    assert differing, "the made-up world no longer has a combination that one date lacks: make it smaller"
    dimensions = differing[0]
    day = EARLY if frozenset(dimensions) in early else LATE
    combination = reader.admitted("pegawai")[day][frozenset(dimensions)][0][1]
    by, where = (
        combination.levels[:3],
        {level: [dataset().levels[level].codes[0].code] for level in combination.levels[3:]},
    )
    answer = asked(world, "analis", Query("pegawai", by, where, periods=(EARLY, LATE)))
    other = LATE if day == EARLY else EARLY
    states = answer.frame.filter(pl.col("periode") == other)["keadaan"].unique().to_list()
    assert states == [State.UNAVAILABLE]


@pytest.mark.parametrize("by", [(), ("jenis_kelamin",)], ids=str)
def test_a_province_chosen_before_it_existed_is_not_available(world: World, by: tuple[str, ...]) -> None:
    """Grouped or chosen, the same dash; zero or "<10" would say that somebody could be there."""
    for codes, state in (
        (["93"], {State.UNAVAILABLE}),
        (["93", "96"], {State.UNAVAILABLE}),
        (["93", "91"], {State.SHOWN}),
    ):
        answer = asked(world, "analis", Query("pegawai", by, {"provinsi": codes}, periods=(EARLY,)))
        assert set(answer.frame["keadaan"]) == state


def test_a_new_province_is_available_from_its_day_on(world: World) -> None:
    answer = asked(world, "analis", Query("pegawai", ("provinsi",), periods=(EARLY, MIDDLE, LATE)))
    states = {(row[0], row[1]): row[3] for row in answer.frame.rows()}
    assert [states[day, "93"] for day in (EARLY, MIDDLE, LATE)] == [State.UNAVAILABLE, State.SHOWN, State.SHOWN]


def test_a_result_that_is_too_large_is_refused_before_it_is_made(world: World) -> None:
    query = Query("pegawai", ("provinsi", "jenis_kelamin", "umur_5"))
    with pytest.raises(InvalidQuery) as caught:
        asked(world, "analis", query, world.gateway(row_limit=39 * 2 * 11 - 1))
    assert caught.value.reason == "too-large"
    assert asked(world, "analis", query, world.gateway(row_limit=39 * 2 * 11)).frame.height == 39 * 2 * 11


def test_filters_that_exclude_each_other_leave_an_empty_answer(world: World) -> None:
    answer = asked(world, "analis", Query("pegawai", ("umur_5",), {"umur_5": ["21-25"], "umur_bkn": ["51-60"]}))
    assert answer.frame.height == 0
    total = asked(
        world,
        "analis",
        Query("pegawai", (), {"jenjang": ["lektor"], "sifat_jabatan": ["manajerial"], "jenis_kelamin": ["P"]}),
    )
    assert total.frame["nilai"].to_list() == [None]


def test_the_source_says_where_the_numbers_come_from(world: World) -> None:
    source = asked(world, "analis", Query("pegawai", periods=(EARLY, LATE))).source
    assert (source.dataset, source.owner, source.release) == ("pegawai", "kedua", "0003")
    assert (source.periods, source.example, source.contract) == ((EARLY, LATE), True, dataset().version)


def test_old_answers_leave_the_cache(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "KEPT_ANSWERS", 2)
    gateway = world.gateway()
    first = asked(world, "analis", Query("pegawai"), gateway)
    assert asked(world, "analis", Query("pegawai"), gateway) is first
    for level in ("status", "umur_5", "jenjang"):
        asked(world, "analis", Query("pegawai", (level,)), gateway)
    again = asked(world, "analis", Query("pegawai"), gateway)
    assert again is not first
    assert again.frame.equals(first.frame)


def test_many_ask_at_once_and_each_gets_its_own_answer(world: World) -> None:
    gateway, wrong = world.gateway(), list[object]()
    questions = [Query("pegawai", ("provinsi", "umur_5"), {"jenis_kelamin": [sex]}) for sex in ("L", "P")]
    expected = [shown(asked(world, "analis", query)) for query in questions]

    def ask_on(i: int) -> None:
        for _time in range(8):
            answer = shown(asked(world, "analis", questions[i % 2], gateway))
            if answer != expected[i % 2]:
                wrong.append(answer)

    threads = [threading.Thread(target=ask_on, args=(i,)) for i in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert expected[0] != expected[1]


def test_one_gateway_serves_a_process(world: World) -> None:
    made: Any = door.gateway(world.settings)
    assert door.gateway(world.settings) is made
