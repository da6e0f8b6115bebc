"""A4 and A5: splitting a group in thousands of ways, or waiting for many snapshots, gives one estimate and never the truth."""

import random
from collections import Counter, defaultdict
from statistics import fmean

import numpy as np
import polars as pl
import pytest

from data_access.access.gateway import Gateway
from data_access.access.plan import plan
from data_access.access.query import Query
from data_access.access.scope import scope
from data_access.contract import Dataset
from data_access.contract.model import LatticeLimits, PublicCells
from data_access.release.build import Built, build
from data_access.release.codebook import Codebook
from data_access.release.ptable import ptable
from data_access.release.record_keys import with_keys
from tests import world as worlds
from tests.attacks.values import asked, by_code
from tests.world import LATE, World, cube, dataset, delivered

SPLIT = [
    ("tahun_bup", {"jenis_kelamin": ["P"]}, "sixty codes, most sums of many cells"),
    ("masa_kerja", {"status": ["PNS"], "jenis_kelamin": ["L"]}, "four dimensions with the province"),
    ("jenjang", {}, "the parts are protected, the whole is official"),
]
WAYS = 30


def behind(world: World, gateway: Gateway, level: str, codes: list[str], group: dict[str, list[str]]) -> dict[int, int]:
    """Province -> the sum of protected cells that a multi-select reads, before any display rule."""
    query = Query("pegawai", by=("provinsi",), where={level: codes, **group}, periods=(LATE,))
    reader = gateway.reader()
    reach = scope(world.viewer("analis"), "pegawai")
    (part,) = plan(query, reach, (LATE,), reader.admitted("pegawai"), reader.book)
    columns = reader.read(dataset(), part.selection)
    return dict(zip(columns["wilayah"].tolist(), columns["m"].tolist(), strict=True))


def split(level: str, draw: random.Random) -> tuple[list[str], list[str]]:
    """The codes of a level in two random groups; neither is empty."""
    codes = draw.sample(list(dataset().levels[level].by_code), len(dataset().levels[level].codes))
    cut = draw.randint(1, len(codes) - 1)
    return codes[:cut], codes[cut:]


@pytest.mark.parametrize(("level", "group", "why"), SPLIT, ids=[s[0] for s in SPLIT])
def test_a_thousand_random_partitions_have_one_sum_per_target(
    world: World, level: str, group: dict[str, list[str]], why: str
) -> None:
    """39 provinces are 39 targets: 30 ways to split a level are 1,170 partitions for each kind of question."""
    draw, gateway = random.Random(4), world.gateway()
    sums: dict[int, set[int]] = defaultdict(set)
    for _way in range(WAYS):
        one, other = (behind(world, gateway, level, part, group) for part in split(level, draw))
        for place in set(one) | set(other):
            sums[place].add(one.get(place, 0) + other.get(place, 0))
    assert len(sums) >= 30
    assert {len(found) for found in sums.values()} == {1}


def test_every_way_to_single_out_a_code_gives_its_one_estimate(world: World) -> None:
    draw, gateway = random.Random(5), world.gateway()
    for target in ("pelaksana", "ahli_utama"):
        alone = behind(world, gateway, "jenjang", [target], {})
        for _way in range(15):
            codes = [code for code in dataset().levels["jenjang"].by_code if code != target]
            others = draw.sample(codes, draw.randint(1, len(codes) - 1))
            more, less = (behind(world, gateway, "jenjang", c, {}) for c in ([*others, target], others))
            assert {place: m - less.get(place, 0) for place, m in more.items() if m != less.get(place, 0)} == alone


def test_the_average_over_displayed_partitions_is_the_perturbed_sum_and_not_the_truth(world: World) -> None:
    """Rounding differs from split to split and averages out; the noise does not, so the truth stays out of reach."""
    draw, gateway = random.Random(6), world.gateway()
    true = Counter(world.people[LATE]["provinsi"].to_list())
    codes = gateway.reader().book.codes["provinsi"]
    one, other = (behind(world, gateway, "masa_kerja", part, {}) for part in split("masa_kerja", draw))
    perturbed = {codes[place]: m + other.get(place, 0) for place, m in one.items()}
    totals: dict[str, list[int]] = defaultdict(list)
    for _way in range(120):
        values = [
            by_code(asked(world, "analis", Query("pegawai", by=("provinsi",), where={"masa_kerja": part}), gateway))
            for part in split("masa_kerja", draw)
        ]
        for place in perturbed:
            both = [value[place] for value in values]
            if None not in both:
                totals[place].append(sum(v for v in both if v is not None))
    telling = [place for place, found in totals.items() if len(found) > 60 and abs(perturbed[place] - true[place]) >= 3]
    assert len(telling) >= 5
    for place in telling:
        assert abs(fmean(totals[place]) - perturbed[place]) < abs(fmean(totals[place]) - true[place])


def small_lattice(dims: int = 2) -> Dataset:
    """The contract with a lattice of few dimensions and nothing public, so that many builds stay cheap."""
    limits = LatticeLimits(max_dims=dims, scoping=("provinsi",), max_dims_scoped=dims)
    return dataset().model_copy(update={"lattice": limits, "public": PublicCells()})


def built(people: pl.DataFrame, *, keys: bool = True, dims: int = 2) -> list[Built]:
    described = small_lattice(dims)
    frame = with_keys(cube(people, keys=keys), delivered(), b"r" * 32)
    return build(described, Codebook({}).extended(described), frame, ptable())


def cells(verdicts: list[Built], levels: tuple[str, ...]) -> dict[tuple[int, ...], int]:
    """Ordinals of `levels` -> m for one combination, whether admitted or not is up to the caller."""
    found = next(b for b in verdicts if b.combination.levels == levels)
    dimensions = [dataset().dimension_of[level] for level in levels]
    return {row[:-1]: row[-1] for row in found.cells.select(*dimensions, "m").iter_rows()}


@pytest.mark.parametrize("keys", [True, False], ids=["delivered-keys", "pseudo-keys"])
def test_a_cell_without_a_change_has_one_value_over_24_snapshots(keys: bool) -> None:
    stable = worlds.persons(3_000, day=LATE, seed=3).with_columns(provinsi=pl.lit("33"))
    values: dict[tuple[str, int], set[int]] = defaultdict(set)
    for number in range(24):
        others = worlds.persons(2_000 + 10 * number, day=LATE, seed=3, first=10_000 * (number + 1))
        others = others.with_columns(provinsi=pl.lit("35"))
        verdicts = built(pl.concat([stable, others]), keys=keys)
        place = Codebook({}).extended(dataset()).ordinals("provinsi")["33"]
        for level in ("jenjang", "umur_5", "pendidikan", "masa_kerja"):
            for (where, other), m in cells(verdicts, ("provinsi", level)).items():
                if where == place:
                    values[level, other].add(m)
    assert len(values) > 30
    assert {len(found) for found in values.values()} == {1}


@pytest.mark.parametrize("change", [1, -1], ids=["joiner", "leaver"])
@pytest.mark.parametrize("keys", [True, False], ids=["delivered-keys", "pseudo-keys"])
def test_a_joiner_or_leaver_changes_the_perturbed_value(change: int, keys: bool) -> None:
    people = worlds.persons(30_000, day=LATE, seed=5)
    pair = ["provinsi", "jenjang"]
    crowd = people.filter(pl.len().over(pair) >= 3)
    one_each = crowd.unique(pair, keep="first", maintain_order=True)["nomor"]
    fewer = crowd.filter(~pl.col("nomor").is_in(one_each.implode()))
    smaller, larger = (cells(built(p, keys=keys), ("provinsi", "jenjang")) for p in (fewer, crowd))
    before, after = (smaller, larger) if change > 0 else (larger, smaller)
    both = set(before) | set(after)
    changed = sum(before.get(cell, 0) != after.get(cell, 0) for cell in both)
    assert len(both) > 150
    assert changed / len(both) >= 0.8


def test_a_different_person_in_a_cell_of_the_same_size_changes_its_noise() -> None:
    """One leaves and one joins: the count is the same, the set of persons is not."""
    people = worlds.persons(30_000, day=LATE, seed=8)
    other_keys = people.with_columns(kunci=pl.Series(worlds.record_keys(people.height, seed=9)))
    one, two = (cells(built(p, dims=1), ("tahun_bup",)) for p in (people, other_keys))
    assert np.mean([one[cell] != two.get(cell, 0) for cell in one]) >= 0.6
