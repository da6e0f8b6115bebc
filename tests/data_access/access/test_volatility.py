"""Moves between two snapshots, from official answers only, against the persons behind them."""

from datetime import date

import pytest

from data_access.access.query import Query
from data_access.access.volatility import GONE, NEW, Move, by_weight, missing, moves, valid
from data_access.contract import Label
from data_access.errors import InvalidQuery
from tests.world import EARLY, LATE, World, dataset

NAME = Label(id="a", en="a")


@pytest.mark.parametrize(
    ("before", "now", "share", "kind", "beyond"),
    [
        (1_000, 1_250, 0.25, "", False),  # at the limit
        (1_000, 1_251, 0.251, "", True),
        (1_000, 749, -0.251, "", True),
        (49, 98, None, "", False),  # too few before for a rate
        (0, 5, None, NEW, True),
        (5, 0, None, GONE, True),
        (100, 0, -1.0, GONE, True),
        (100, 100, 0.0, "", False),
    ],
)
def test_what_deserves_a_look(before: int, now: int, share: float | None, kind: str, beyond: bool) -> None:
    move = Move("KM01", NAME, before, now)
    assert move.share == (None if share is None else pytest.approx(share))
    assert (move.kind, move.beyond(0.25)) == (kind, beyond)


def test_new_and_gone_come_first_then_the_largest_beyond_the_limit() -> None:
    rows = [
        Move("calm", NAME, 100, 101),
        Move("up", NAME, 100, 140),
        Move("down", NAME, 100, 50),
        Move("gone", NAME, 100, 0),
    ]
    assert [move.code for move in sorted(rows, key=by_weight(0.25))] == ["gone", "down", "up", "calm"]


def test_agencies_move_as_their_persons_did(world: World) -> None:
    result = world.gateway().ask(world.viewer("tim-data"), Query("pegawai", by=("instansi",), periods=(EARLY, LATE)))
    found = {move.code: (move.before, move.now) for move in moves(result, EARLY, LATE)}

    def counted(day: date) -> dict[str, int]:
        return dict(world.people[day]["instansi"].value_counts().iter_rows())

    was, is_now = counted(EARLY), counted(LATE)
    assert found == {code: (was.get(code, 0), is_now.get(code, 0)) for code in {*was, *is_now}}


@pytest.mark.parametrize("day", [EARLY, LATE])
def test_missing_are_those_known_on_the_day_without_a_person(world: World, day: date) -> None:
    result = world.gateway().ask(world.viewer("tim-data"), Query("pegawai", by=("instansi",), periods=(EARLY, LATE)))
    known = {c.code: c.label for c in dataset().levels["instansi"].codes if c.valid_on(day)}
    absent = [label for code, label in known.items() if code not in set(world.people[day]["instansi"])]
    assert missing(result, day) == absent
    assert valid(result, day) == len(known)


def test_protected_answers_are_refused(world: World) -> None:
    """The difference of two protected values could tell about single persons."""
    result = world.gateway().ask(world.viewer("tim-data"), Query("pegawai", by=("tahun_bup",), periods=(EARLY, LATE)))
    for compare in (lambda: moves(result, EARLY, LATE), lambda: missing(result, LATE)):
        with pytest.raises(InvalidQuery) as caught:
            compare()
        assert caught.value.reason == "not-comparable"
