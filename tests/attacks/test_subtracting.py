"""A2 and A3: subtracting displayed answers, directly or through trackers, proves nothing about the persons between them."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator

import polars as pl
import pytest

from data_access.access.gateway import Gateway
from data_access.access.query import Query
from tests.attacks.values import asked, by_code
from tests.world import LATE, World, dataset

PER_RESIDUAL = 40


def truth(people: pl.DataFrame, level: str, code: str) -> Counter[str]:
    """Persons per province who have the code."""
    return Counter(people.filter(pl.col(level) == code)["provinsi"].to_list())


def displayed(world: World, gateway: Gateway, level: str, codes: list[str]) -> dict[str, int | None]:
    query = Query("pegawai", by=("provinsi",), where={level: codes}, periods=(LATE,))
    return by_code(asked(world, "analis", query, gateway))


def differences(world: World, level: str) -> Iterator[tuple[int, int]]:
    """(true residual, displayed difference) of pairs of answers that differ by one code of `level`, per province."""
    gateway, draw = world.gateway(), random.Random(level)
    codes = list(dataset().levels[level].by_code)
    for code in codes:
        residual = truth(world.people[LATE], level, code)
        for _pair in range(4 if len(codes) < 30 else 1):
            without = draw.sample([c for c in codes if c != code], draw.randint(2, len(codes) - 2))
            less, more = (displayed(world, gateway, level, c) for c in (without, [*without, code]))
            for place, value in more.items():
                lower = less[place]
                if value is not None and lower is not None:
                    yield residual[place], value - lower


@pytest.mark.parametrize("level", ["jenjang", "pendidikan", "tahun_bup"])
def test_subtracting_a_pair_that_differs_by_one_code_proves_no_residual(world: World, level: str) -> None:
    by_residual: dict[int, list[int]] = defaultdict(list)
    for residual, difference in differences(world, level):
        if residual <= 5 and len(by_residual[residual]) < PER_RESIDUAL:
            by_residual[residual].append(difference)
    assert [len(by_residual[r]) for r in range(6)] == [PER_RESIDUAL] * 6  # every residual equally likely beforehand
    behind: dict[int, Counter[int]] = defaultdict(Counter)
    for residual, found in by_residual.items():
        for difference in found:
            behind[difference][residual] += 1
    often = [counts for counts in behind.values() if counts.total() >= 10]
    assert all(len(counts) >= 2 for counts in often)
    right = sum(max(counts.values()) for counts in behind.values())
    assert right / (6 * PER_RESIDUAL) <= 0.55


TRACKERS = [
    ("jenis_kelamin", {}, "the whole is an exact official figure, the rest a single cell"),
    ("status", {"kelompok_jabatan": ["guru"]}, "the whole is a protected cell, the rest a sum of three cells"),
    ("jenjang", {}, "the whole is an exact official figure, the rest a sum of many cells"),
    ("jenis_kelamin", {"status": ["PNS"]}, "the whole is official in two dimensions"),
    ("pendidikan", {"jenis_kelamin": ["P"]}, "the whole is a protected cell with noise of its own"),
    ("umur_5", {"kelompok_jabatan": ["guru", "dosen"]}, "the whole is itself a sum of cells"),
]


@pytest.mark.parametrize(("level", "group", "why"), TRACKERS, ids=[f"{t[0]}-{i}" for i, t in enumerate(TRACKERS)])
def test_a_tracker_is_wrong_more_often_than_right(
    world: World, level: str, group: dict[str, list[str]], why: str
) -> None:
    gateway = world.gateway()
    people = world.people[LATE]
    for name, codes in group.items():
        people = people.filter(pl.col(name).is_in(codes))
    whole = by_code(asked(world, "analis", Query("pegawai", by=("provinsi",), where=group, periods=(LATE,)), gateway))
    guesses: list[tuple[int, int]] = []
    for code in dataset().levels[level].by_code:
        others = [other for other in dataset().levels[level].by_code if other != code]
        query = Query("pegawai", by=("provinsi",), where={level: others, **group}, periods=(LATE,))
        rest = by_code(asked(world, "analis", query, gateway))
        residual = truth(people, level, code)
        for place, value in whole.items():
            other_value = rest[place]
            if value is not None and other_value is not None and residual[place]:
                guesses.append((value - other_value, residual[place]))
    assert len(guesses) >= 30
    wrong = sum(guess != residual for guess, residual in guesses)
    assert wrong / len(guesses) >= 0.5
    assert_never_certain(guesses)


def assert_never_certain(guesses: list[tuple[int, int]]) -> None:
    """Every difference that was seen several times stood for several residuals."""
    behind: dict[int, set[int]] = defaultdict(set)
    seen = Counter(guess for guess, _residual in guesses)
    for guess, residual in guesses:
        behind[guess].add(residual)
    assert all(len(behind[guess]) >= 2 for guess, count in seen.items() if count >= 8)


def test_adding_two_groups_tells_nothing_about_both_together(world: World) -> None:
    """A or B on one level is the sum of the same two cells, so A + B - (A or B) is rounding only, never an overlap."""
    gateway = world.gateway()
    for first, second in (("PNS", "PPPK"), ("PNS", "CPNS"), ("PPPK", "PPPK-PW")):
        answers = []
        for codes in ([first], [second], [first, second]):
            query = Query("pegawai", by=("umur_5", "jenis_kelamin"), where={"status": codes}, periods=(LATE,))
            answers.append(asked(world, "analis", query, gateway).frame["nilai"].to_list())
        sums = [(a + b - both) for a, b, both in zip(*answers, strict=True) if None not in (a, b, both)]
        assert sums
        assert set(sums) <= {-5, 0, 5}
