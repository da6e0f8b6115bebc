"""A1 and A8: who asks again, in other words, as somebody else or after a restart, learns nothing new."""

import random

import pytest

from data_access.access.query import Query
from tests.attacks.values import Row, asked, shown
from tests.world import LATE, NATIONWIDE, OWN, World

CODES = ["31", "32", "33", "34", "35", "51"]
STATUS = ["PNS", "PPPK", "PPPK-PW"]


def reworded(draw: random.Random) -> Query:
    """The same question: filters and codes in another order, codes named twice, the date named or left out."""
    places, status = draw.sample(CODES, len(CODES)), draw.sample(STATUS, len(STATUS))
    filters = [("provinsi", [*places, places[0]]), ("status", status)]
    draw.shuffle(filters)
    return Query("pegawai", by=("umur_5",), where=dict(filters), periods=draw.choice([(), (LATE,), (LATE, LATE)]))


@pytest.mark.parametrize("name", [*NATIONWIDE])
def test_the_same_question_a_hundred_times_has_one_answer(world: World, name: str) -> None:
    draw = random.Random(name)
    found: set[tuple[tuple[Row, int | None], ...]] = set()
    for restart in range(10):
        gateway = world.gateway(threads=1 + restart % 2)
        for _again in range(10):
            found.add(tuple(shown(asked(world, name, reworded(draw), gateway)).items()))
    assert len(found) == 1
    assert any(value for _row, value in next(iter(found)))


def test_all_roles_see_the_same_value_of_a_cell(world: World) -> None:
    question = Query("pegawai", by=("provinsi", "tahun_bup"), periods=(LATE,))
    answers = [shown(asked(world, name, question)) for name in NATIONWIDE]
    assert all(answer == answers[0] for answer in answers)
    assert None in answers[0].values()  # suppressed for one is suppressed for all


def test_a_limited_viewer_sees_its_cells_as_everybody_does(world: World) -> None:
    question = Query("pegawai", by=("provinsi", "golongan_ruang"), periods=(LATE,))
    everywhere = shown(asked(world, "analis", question))
    limited = shown(asked(world, "wilayah", question))
    assert limited == {row: value for row, value in everywhere.items() if row[1] in OWN}


def test_other_dates_in_the_question_do_not_change_a_value(world: World) -> None:
    one = shown(asked(world, "analis", Query("pegawai", by=("provinsi", "umur_5"), periods=(LATE,))))
    all_dates = Query("pegawai", by=("provinsi", "umur_5"), periods=tuple(world.people))
    several = shown(asked(world, "analis", all_dates))
    assert one == {row: value for row, value in several.items() if row[0] == LATE}
