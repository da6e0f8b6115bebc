"""Published figures beside those of the snapshot of the same date."""

from datetime import date

import pytest

from data_access.access.query import Query
from data_access.access.reconciliation import Match, comparable, gaps, largest, matched, questions
from data_access.contract import Label
from data_access.intake.published import Published
from tests.world import EARLY, LATE, World

ELSEWHEN = date(2021, 12, 31)


def figure(day: date, persons: int, *, rounded: int = 1, **where: tuple[str, ...]) -> Published:
    return Published(day, "uji", Label(id="uji", en="test"), where, persons, rounded, "BKN")


@pytest.mark.parametrize(
    ("published", "value", "rounded", "agrees", "why"),
    [
        (1_000_000, 1_000_000, 1, True, "equal"),
        (1_000_000, 1_001_000, 1, True, "at the limit"),
        (1_000_000, 998_999, 1, False, "just beyond it"),
        (250_000, 246_700, 10_000, True, "within what was rounded away"),
        (250_000, 244_999, 10_000, False, "more than was rounded away"),
        (1_000_000, None, 1, None, "nothing to compare with"),
    ],
)
def test_agreement(published: int, value: int | None, rounded: int, agrees: bool | None, why: str) -> None:
    assert Match(figure(EARLY, published, rounded=rounded), value).agrees(0.001) is agrees


def test_only_dates_with_a_snapshot_and_levels_within_reach() -> None:
    here, there, hidden = figure(EARLY, 1), figure(ELSEWHEN, 1), figure(EARLY, 1, generasi=("X",))
    assert comparable([here, there, hidden], held=(EARLY, LATE), levels={"status"}) == [here]
    assert gaps([here, there], (EARLY, LATE)) == [ELSEWHEN]


def test_one_question_for_each_set_of_levels() -> None:
    rows = [figure(EARLY, 1), figure(LATE, 1), figure(LATE, 1, status=("PNS",)), figure(LATE, 2, status=("PPPK",))]
    assert questions(rows) == {(): (EARLY, LATE), ("status",): (LATE,)}


def test_totals_are_those_of_the_persons(world: World) -> None:
    figures = [
        figure(LATE, 10),
        figure(LATE, 10, status=("PNS", "CPNS")),
        figure(LATE, 10, jenis_kelamin=("P",), status=("PPPK", "PPPK-PW")),
    ]
    answers = {
        levels: world.gateway().ask(world.viewer("tim-data"), Query("pegawai", by=levels, periods=days))
        for levels, days in questions(figures).items()
    }
    people = world.people[LATE]
    civil = people.filter(people["status"].is_in(["PNS", "CPNS"])).height
    women = people.filter(people["status"].is_in(["PPPK", "PPPK-PW"]) & (people["jenis_kelamin"] == "P")).height
    assert [match.value for match in matched(figures, answers)] == [people.height, civil, women]


def test_a_protected_answer_is_as_none(world: World) -> None:
    one = figure(LATE, 10, tahun_bup=("2030",))
    answer = world.gateway().ask(world.viewer("tim-data"), Query("pegawai", by=("tahun_bup",), periods=(LATE,)))
    [match] = matched([one], {("tahun_bup",): answer})
    assert (match.value, match.difference, match.share) == (None, None, None)


def test_largest_is_by_share_and_skips_what_cannot_be_compared() -> None:
    small, wide = Match(figure(LATE, 10), 12), Match(figure(LATE, 1_000), 1_100)
    assert largest([Match(figure(LATE, 10), None), wide, small]) == small
    assert largest([]) is None
