"""The same question has one canonical text and one hash, however it is worded; another question has another."""

import json
from dataclasses import FrozenInstanceError
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.access.query import Query
from tests.world import EARLY, LATE, dataset

LEVELS = st.sampled_from([*dataset().levels])
CODES = st.lists(st.text(max_size=6), min_size=1, max_size=5)
FILTERS = st.dictionaries(LEVELS, CODES, max_size=4)
DATES = st.lists(st.dates(date(2000, 1, 1), date(2100, 1, 1)), max_size=4)


@settings(derandomize=True)
@given(where=FILTERS, periods=DATES, draw=st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_change_a_question(
    where: dict[str, list[str]], periods: list[date], draw: object
) -> None:
    import random

    assert isinstance(draw, random.Random)
    names = list(where)
    draw.shuffle(names)
    other = {name: draw.sample(where[name] * 2, len(where[name]) * 2) for name in names}
    one = Query("pegawai", where=where, periods=tuple(periods))
    two = Query("pegawai", where=other, periods=tuple(draw.sample(periods * 2, len(periods) * 2)))
    assert one == two
    assert hash(one) == hash(two)
    assert one.canonical == two.canonical


@settings(derandomize=True)
@given(where=FILTERS, by=st.lists(LEVELS, max_size=3))
def test_the_canonical_text_tells_the_whole_question(where: dict[str, list[str]], by: list[str]) -> None:
    query = Query("pegawai", by=tuple(by), where=where, periods=(LATE, EARLY))
    told = json.loads(query.canonical)
    again = Query(told["dataset"], tuple(told["by"]), told["where"], tuple(map(date.fromisoformat, told["periods"])))
    assert again == query


DIFFERENT = [
    Query("pegawai"),
    Query("arus"),
    Query("pegawai", by=("status",)),
    Query("pegawai", by=("status", "umur_5")),
    Query("pegawai", by=("umur_5", "status")),
    Query("pegawai", where={"status": ["PNS"]}),
    Query("pegawai", where={"status": ["PNS", "PPPK"]}),
    Query("pegawai", where={"status": ['PNS","PPPK']}),
    Query("pegawai", where={"jenjang": ["PNS"]}),
    Query("pegawai", periods=(LATE,)),
    Query("pegawai", periods=(EARLY, LATE)),
    Query("pegawai", measure="kunci"),
    Query("pegawai", order="nilai"),
]


def test_different_questions_have_different_texts() -> None:
    assert len({query.canonical for query in DIFFERENT}) == len(set(DIFFERENT)) == len(DIFFERENT)


def test_a_question_cannot_be_changed_once_asked() -> None:
    codes = ["33"]
    query = Query("pegawai", where={"provinsi": codes})
    before = query.canonical
    codes.append("12")
    with pytest.raises(TypeError):
        query.where["provinsi"] = ("12",)  # type: ignore[index]
    with pytest.raises(FrozenInstanceError):
        query.dataset = "arus"  # type: ignore[misc]
    assert Query("pegawai", where=query.where).canonical == before
