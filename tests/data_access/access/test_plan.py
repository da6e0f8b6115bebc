"""Which cells answer a question depends on its levels alone; a choice of codes only says which of them are summed."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_access.access.plan import Part, nearby, plan
from data_access.access.query import Query
from data_access.access.scope import scope
from data_access.errors import InvalidQuery
from data_access.release.reader import Reader
from tests.world import EARLY, LATE, MIDDLE, OWN, World, dataset


@pytest.fixture(scope="module")
def reader(world: World) -> Reader:
    return world.gateway().reader()


def parts(world: World, reader: Reader, query: Query, account: str = "analis") -> list[Part]:
    periods = query.periods or (LATE,)
    return plan(query, scope(world.viewer(account), "pegawai"), periods, reader.admitted("pegawai"), reader.book)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_combination_does_not_depend_on_the_codes(world: World, reader: Reader, data: st.DataObject) -> None:
    level = data.draw(st.sampled_from(["provinsi", "jenjang", "umur_bkn", "golongan", "pendidikan", "kanreg"]))
    by = data.draw(st.sampled_from([(), ("jenis_kelamin",), ("status",), ("jenis_kelamin", "kelompok_jabatan")]))
    codes = list(dataset().levels[level].by_code)
    # All codes at once are no filter (asked for in the next test), so one is always left out.
    some = st.lists(st.sampled_from(codes), min_size=1, max_size=len(codes) - 1, unique=True)
    chosen = [data.draw(some) for _choice in range(2)]
    found = [
        [(p.combination, p.selection.combination) for p in parts(world, reader, Query("pegawai", by, {level: c}))]
        for c in chosen
    ]
    assert found[0] == found[1]


def test_a_choice_of_all_codes_is_no_filter(world: World, reader: Reader) -> None:
    every = {"jenjang": dataset().levels["jenjang"].by_code}
    assert parts(world, reader, Query("pegawai", ("status",), every)) == parts(
        world, reader, Query("pegawai", ("status",))
    )


def test_a_date_gets_the_same_cells_whatever_dates_are_asked_for_beside_it(world: World, reader: Reader) -> None:
    for by in (("provinsi", "jenjang"), ("instansi", "golongan"), ("provinsi", "tahun_bup_5")):
        together = parts(world, reader, Query("pegawai", by, periods=(EARLY, MIDDLE, LATE)))
        for day in (EARLY, MIDDLE, LATE):
            (alone,) = parts(world, reader, Query("pegawai", by, periods=(day,)))
            assert [p.combination for p in together if day in p.selection.periods] == [alone.combination]


SERVED = [
    ((), {}, (), "the total is a cell of its own"),
    (("umur_bkn",), {}, ("umur_5",), "a level that no release holds is summed from the finer one"),
    (("kelompok_instansi",), {}, ("kelompok_instansi",), "but a public coarse cell is read as it is"),
    (("sifat_jabatan", "jenis_kelamin"), {}, ("jenis_kelamin", "jenjang"), "two steps down"),
    (("jenis_kelamin",), {"golongan": ["III"]}, ("jenis_kelamin", "golongan_ruang"), "a filter on a parent level"),
    (("kanreg",), {}, ("provinsi",), "the coarse level of a fine public cell"),
    (("umur_5",), {"umur_bkn": ["21-30"]}, ("umur_5",), "group and filter on one dimension"),
    (("jenis_instansi", "jenis_kelamin"), {}, ("jenis_instansi", "jenis_kelamin"), "the smaller of two that fit"),
]  # fmt: skip


@pytest.mark.parametrize(("by", "where", "levels", "why"), SERVED, ids=[s[3] for s in SERVED])
def test_the_fewest_cells_that_cover_the_choice_are_read(
    world: World, reader: Reader, by: tuple[str, ...], where: dict[str, list[str]], levels: tuple[str, ...], why: str
) -> None:
    (part,) = parts(world, reader, Query("pegawai", by, where))
    assert part.combination.levels == levels


CELLS = [
    (("provinsi", "jenjang"), {}, 1, "each its own cell"),
    (("provinsi",), {"jenjang": ["lektor", "guru_besar"]}, 2, "two cells each"),
    (("sifat_jabatan", "jenis_kelamin"), {}, 13, "the thirteen non-managerial ranks"),
    (("umur_bkn", "jenis_kelamin"), {}, 2, "two five-year groups in ten years"),
    (("jenis_kelamin",), {"umur_5": ["21-25", "26-30"], "status": ["PNS", "PPPK", "CPNS"]}, 6, "two by three"),
    (("umur_bkn", "jenis_kelamin"), {"umur_5": ["21-25", "31-35", "36-40"]}, 2, "the fullest group counts"),
]  # fmt: skip


@pytest.mark.parametrize(("by", "where", "cells", "why"), CELLS, ids=[c[3] for c in CELLS])
def test_the_number_of_cells_in_a_value_sets_the_width_of_the_noise(
    world: World, reader: Reader, by: tuple[str, ...], where: dict[str, list[str]], cells: int, why: str
) -> None:
    (part,) = parts(world, reader, Query("pegawai", by, where))
    assert part.cells == cells


def test_a_row_rule_is_part_of_every_reading_beyond_the_baseline(world: World, reader: Reader) -> None:
    own = tuple(sorted(reader.book.ordinals("provinsi")[code] for code in OWN))
    (part,) = parts(world, reader, Query("pegawai", ("provinsi", "jenjang")), "wilayah")
    assert part.selection.rows == ("wilayah", own)
    (baseline,) = parts(world, reader, Query("pegawai", ("jenjang",)), "wilayah")
    assert baseline.selection.rows is None
    assert baseline.combination.public


def test_two_levels_of_one_dimension_that_do_not_follow_from_each_other_are_refused(
    world: World, reader: Reader
) -> None:
    with pytest.raises(InvalidQuery) as caught:
        parts(world, reader, Query("pegawai", ("umur_5",), {"generasi": ["X"]}))
    assert caught.value.reason == "not-admitted"


def test_the_combinations_named_as_near_can_be_asked(world: World, reader: Reader) -> None:
    query = Query("pegawai", ("instansi", "tahun_bup", "jenjang"))
    with pytest.raises(InvalidQuery):
        parts(world, reader, query)
    names = nearby(dataset(), query, scope(world.viewer("analis"), "pegawai"), reader.admitted("pegawai"), LATE)
    assert len(names) == 3
    for name in names:
        assert parts(world, reader, Query("pegawai", name))
