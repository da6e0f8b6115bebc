"""A level is offered exactly where asking with it would be answered; where not, the reason is the one that asking gives."""

import pytest

from data_access.access.offered import Hindrance, hindrance, offered
from data_access.access.query import Query
from data_access.access.scope import Scope, scope
from data_access.errors import AsnError
from data_access.release.reader import Reader
from tests.world import LATE, OWN, World

HOME = {"provinsi": OWN}


@pytest.fixture(scope="module")
def reader(world: World) -> Reader:
    return world.gateway().reader()


def reach(world: World, account: str) -> Scope:
    return scope(world.viewer(account), "pegawai")


def outcome(world: World, account: str, query: Query) -> str:
    try:
        world.gateway().ask(world.viewer(account), query)
    except AsnError as error:
        return error.reason
    return ""


@pytest.mark.parametrize(
    ("account", "query"),
    [
        ("analis", Query("pegawai", ("instansi",))),
        ("analis", Query("pegawai", ("instansi", "jenis_kelamin"))),
        ("analis", Query("pegawai", ("golongan_ruang", "pendidikan"))),
        ("wilayah", Query("pegawai", ("status",), HOME)),
        ("wilayah", Query("pegawai", ("status",))),
        ("tim-data", Query("pegawai", ("status", "jenis_kelamin"))),
    ],
    ids=str,
)
@pytest.mark.parametrize("as_filter", [False, True])
def test_what_is_offered_is_answered_and_nothing_else(
    world: World, reader: Reader, account: str, query: Query, as_filter: bool
) -> None:
    seen = reach(world, account)
    found = offered(seen, query, (LATE,), reader.admitted("pegawai"), as_filter=as_filter)
    assert set(found) == seen.levels
    for level, against in found.items():
        grown = (
            Query("pegawai", query.by, query.filters | {level: seen.members(level)[:1]})
            if as_filter
            else Query("pegawai", (*query.by, level), query.filters)
        )
        reason = outcome(world, account, grown)
        if reason != "too-large":  # the size of an answer is no matter of the lattice
            assert (against.reason if against else "") == reason, level


def test_the_level_that_stands_against_another_is_named(world: World, reader: Reader) -> None:
    """Leaving out a level that is named gives an answer."""
    query = Query("pegawai", ("instansi", "golongan_ruang"))
    seen = reach(world, "analis")
    found = offered(seen, query, (LATE,), reader.admitted("pegawai"))
    against = {level: one for level, one in found.items() if one and one.reason == "not-admitted"}
    assert against
    for level, one in against.items():
        for other in one.beside:
            rest = tuple(name for name in (*query.by, level) if name != other)
            assert hindrance(Query("pegawai", rest), seen, (LATE,), reader.admitted("pegawai")) == ""


def test_one_dimension_twice_names_the_level_that_is_there(world: World, reader: Reader) -> None:
    found = offered(reach(world, "analis"), Query("pegawai", ("umur_5",)), (LATE,), reader.admitted("pegawai"))
    assert found["umur_bkn"] == Hindrance("dimension-twice", ("umur_5",))


def test_a_hidden_level_is_not_even_named(world: World, reader: Reader) -> None:
    found = offered(reach(world, "wilayah"), Query("pegawai", ("status",), HOME), (LATE,), reader.admitted("pegawai"))
    assert "kanreg" not in found
    assert hindrance(
        Query("pegawai", ("kanreg",)), reach(world, "wilayah"), (LATE,), reader.admitted("pegawai")
    ) == hindrance(Query("pegawai", ("rahasia",)), reach(world, "wilayah"), (LATE,), reader.admitted("pegawai"))
