"""Who is limited to two provinces tries every way to a third one: filters, groups, parents, agencies, spellings, SQL."""

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.access.query import Query
from data_access.errors import AsnError, InvalidQuery, Refused
from tests.attacks.values import asked, shown
from tests.world import FOREIGN, LATE, OWN, World, dataset

ABROAD = next(code.code for code in dataset().levels["instansi"].codes if code.attributes.get("provinsi") == FOREIGN)

# (question, reason of the refusal, why it is worth a try)
ESCAPES: list[tuple[dict[str, Any], str, str]] = [
    ({"where": {"provinsi": [FOREIGN]}}, "code-unknown", "straight"),
    ({"where": {"provinsi": [*OWN, FOREIGN]}}, "code-unknown", "own and foreign in one choice"),
    ({"by": ("provinsi",), "where": {"provinsi": ["33", FOREIGN]}}, "code-unknown", "grouped and mixed"),
    ({"where": {"provinsi": list(dataset().levels["provinsi"].by_code)}}, "code-unknown", "all codes: no filter?"),
    ({"by": ("kanreg",)}, "level-unknown", "the parent level groups"),
    ({"where": {"kanreg": ["VI"]}}, "level-unknown", "the parent level filters"),
    ({"by": ("kanreg",), "where": {"provinsi": list(OWN)}}, "level-unknown", "the parent of own provinces"),
    ({"where": {"instansi": [ABROAD]}}, "code-unknown", "an agency of the other province"),
    (
        {"by": ("instansi",), "where": {"instansi": [ABROAD], "provinsi": ["33"]}},
        "code-unknown",
        "through an own place",
    ),
    ({"by": ("instansi",)}, "place-needed", "agency totals are public, but not national"),
    ({"by": ("umur_5", "jenis_kelamin")}, "place-needed", "national but not in the public books"),
    ({"by": ("umur_5",), "where": {"jenis_kelamin": ["P"]}}, "place-needed", "a filter in place of a group"),
    ({"where": {"instansi": ["KM01"]}}, "place-needed", "a central agency without a place"),
    (
        {"by": ("jenis_instansi", "status"), "where": {"jenis_instansi": ["provinsi"]}},
        "place-needed",
        "a code named as a level",
    ),
    ({"by": ("jenis_kelamin",), "where": {"umur_5": ["21-25"]}}, "place-needed", "complement of the baseline"),
]


@pytest.mark.parametrize(("question", "reason", "why"), ESCAPES, ids=[escape[2] for escape in ESCAPES])
def test_a_limited_viewer_cannot_leave_its_provinces(
    world: World, question: dict[str, Any], reason: str, why: str
) -> None:
    with pytest.raises(AsnError) as caught:
        asked(world, "wilayah", Query("pegawai", **question))
    assert caught.value.reason == reason


INSIDE = [
    ("provinsi",),
    ("provinsi", "jenis_kelamin"),
    ("provinsi", "instansi"),
    ("jenis_kelamin", "provinsi", "umur_5"),
    ("provinsi", "masa_kerja", "kelompok_jabatan"),
]


@pytest.mark.parametrize("by", INSIDE, ids="-".join)
def test_groups_by_place_hold_own_provinces_only(world: World, by: tuple[str, ...]) -> None:
    answer = asked(world, "wilayah", Query("pegawai", by=by, periods=tuple(world.people)))
    assert set(answer.frame["provinsi"]) == set(OWN)
    assert [code for axis in answer.axes if axis.level == "provinsi" for code, _label in axis.members] == list(OWN)


def test_agencies_of_other_provinces_are_not_even_listed(world: World) -> None:
    answer = asked(world, "wilayah", Query("pegawai", by=("provinsi", "instansi")))
    places = {c.code: c.attributes.get("provinsi") for c in dataset().levels["instansi"].codes}
    listed = set(answer.frame["instansi"])
    assert {places[code] for code in listed} == {*OWN, None}
    assert ABROAD not in listed


def test_the_baseline_beyond_own_provinces_is_the_public_national_one(world: World) -> None:
    for levels in dataset().public.national:
        query = Query("pegawai", by=levels, periods=(LATE,))
        answer = asked(world, "wilayah", query)
        assert answer.official
        assert shown(answer) == shown(asked(world, "analis", query))


def test_public_figures_of_other_places_are_not_in_the_baseline(world: World) -> None:
    for levels in dataset().public.by_place:
        try:
            answer = asked(world, "wilayah", Query("pegawai", by=levels))
        except InvalidQuery as refusal:
            assert refusal.reason == "place-needed"
        else:
            assert set(answer.frame["provinsi"]) <= set(OWN)


SPELLINGS = [
    "PROVINSI",
    "Provinsi",
    "provinsi ",
    " provinsi",
    "provinsi\u200b",
    "ｐｒｏｖｉｎｓｉ",
    "prov\u0131nsi",
    "pro\u00advinsi",
]
STRANGE_NAMES = [
    *SPELLINGS,
    "wilayah",
    "m",
    "kunci",
    "jumlah",
    "period",
    "combination",
    "release.cells",
    "v0",
    "",
    "*",
    "1",
    "provinsi) OR (1=1",
    'provinsi" FROM release.cells --',
    "(SELECT m FROM release.cells)",
    "__class__",
    "{level}",
    "%s",
]


@pytest.mark.parametrize("name", STRANGE_NAMES, ids=ascii)
def test_a_name_that_only_looks_like_a_level_is_unknown_in_every_clause(world: World, name: str) -> None:
    for question in (
        Query("pegawai", by=(name,)),
        Query("pegawai", where={name: ["33"]}),
        Query("pegawai", by=("status", name)),
    ):
        with pytest.raises(Refused) as caught:
            asked(world, "wilayah", question)
        assert caught.value.reason == "level-unknown"


STRANGE_CODES = [
    "３３",
    "33 ",
    " 33",
    "033",
    "33.0",
    "33\u200b",
    "33\x00",
    "",
    "%",
    "_",
    "*",
    "33' OR '1'='1",
    "33) OR (1=1",
    "33;DROP TABLE cells",
    "{code}",
    "?",
    "-1",
    "0",
]


@pytest.mark.parametrize("code", STRANGE_CODES, ids=ascii)
def test_a_code_that_only_looks_like_one_is_unknown(world: World, code: str) -> None:
    for name in ("wilayah", "analis"):
        with pytest.raises(Refused) as caught:
            asked(world, name, Query("pegawai", where={"provinsi": [code, "33"]}))
        assert caught.value.reason == "code-unknown"


@pytest.mark.parametrize(
    "name", ["Pegawai", "PEGAWAI", "pegawai ", "ｐｅｇａｗａｉ", "cells", "release.cells", "", "pegawai;--"], ids=ascii
)
def test_a_name_that_only_looks_like_a_dataset_is_unknown(world: World, name: str) -> None:
    with pytest.raises(Refused) as caught:
        asked(world, "analis", Query(name))
    assert caught.value.reason == "dataset-unknown"


@pytest.mark.parametrize("measure", ["kunci", "m", "n", "JUMLAH", "jumlah)", "*"])
def test_no_other_measure_can_be_asked(world: World, measure: str) -> None:
    with pytest.raises(Refused) as caught:
        asked(world, "analis", Query("pegawai", measure=measure))
    assert caught.value.reason == "measure-unknown"


@pytest.mark.parametrize("order", ["m", "nilai DESC", "kode; DROP TABLE cells", ""])
def test_no_other_order_can_be_asked(world: World, order: Any) -> None:
    with pytest.raises(InvalidQuery) as caught:
        asked(world, "analis", Query("pegawai", by=("status",), order=order))
    assert caught.value.reason == "order-unknown"


def test_an_answer_made_for_a_wider_scope_is_never_given_to_a_narrower_one(world: World) -> None:
    """Same process, same question, in both orders: the cache belongs to the scope."""
    question = Query("pegawai", by=("provinsi", "umur_5"))
    for names in (("analis", "wilayah"), ("wilayah", "analis")):
        gateway = world.gateway()
        found = {name: asked(world, name, question, gateway) for name in (*names, *names)}
        assert set(found["wilayah"].frame["provinsi"]) == set(OWN)
        assert found["analis"].frame["provinsi"].n_unique() == 39


def test_a_cached_answer_is_not_given_to_who_may_not_ask(world: World) -> None:
    gateway = world.gateway()
    question = Query("pegawai", by=("pendidikan",))
    asked(world, "analis", question, gateway)
    for name, reason in (
        ("pimpinan", "level-unknown"),
        ("pengelola", "dataset-unknown"),
        ("tanpa-wilayah", "rows-missing"),
    ):
        with pytest.raises(Refused) as caught:
            asked(world, name, question, gateway)
        assert caught.value.reason == reason


@pytest.mark.parametrize("name", ["tanpa-wilayah", "salah-wilayah"])
def test_a_limited_role_without_a_known_province_gets_nothing(world: World, name: str) -> None:
    for question in (Query("pegawai"), Query("pegawai", by=("status",)), Query("pegawai", by=("provinsi",))):
        with pytest.raises(Refused) as caught:
            asked(world, name, question)
        assert caught.value.reason == "rows-missing"


LEVELS = st.sampled_from([*dataset().levels])


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    by=st.lists(LEVELS, max_size=3, unique=True),
    narrowed=st.lists(LEVELS, max_size=2, unique=True),
    seed=st.integers(0, 9),
)
def test_whatever_is_asked_no_row_of_another_province_and_no_unofficial_national_figure_comes(
    world: World, by: list[str], narrowed: list[str], seed: int
) -> None:
    draw = random.Random(seed)
    where = {
        n: draw.sample(list(dataset().levels[n].by_code), k=min(3, len(dataset().levels[n].codes))) for n in narrowed
    }
    if "provinsi" in where:
        where["provinsi"] = ["33"]
    query = Query("pegawai", by=tuple(by), where=where)
    try:
        answer = asked(world, "wilayah", query)
    except AsnError:
        return
    if "provinsi" in by:
        assert set(answer.frame["provinsi"]) <= set(OWN)
    elif "provinsi" not in where:
        assert answer.official
