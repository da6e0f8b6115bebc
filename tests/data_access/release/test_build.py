"""The fast build against the slow oracle, and the rules that decide what a release may hold."""

import polars as pl
import pytest

from data_access.release.build import Built, build
from data_access.release.codebook import Codebook
from data_access.release.policy import POLICY
from data_access.release.ptable import ptable
from data_access.release.record_keys import with_keys
from tests import oracle
from tests import world as worlds
from tests.world import LATE, cube, dataset, delivered

PEOPLE = worlds.persons(8_000, day=LATE, seed=31)
BOOK = Codebook({}).extended(dataset())


def built(people: pl.DataFrame, *, keys: bool = True) -> dict[tuple[str, ...], Built]:
    frame = with_keys(cube(people, keys=keys), delivered(), b"w" * 32)
    return {b.combination.levels: b for b in build(dataset(), BOOK, frame, ptable())}


@pytest.fixture(scope="module")
def verdicts() -> dict[tuple[str, ...], Built]:
    return built(PEOPLE)


def coded(verdict: Built) -> dict[tuple[str, ...], int]:
    levels = verdict.combination.levels
    columns = [dataset().dimension_of[level] for level in levels]
    rows = verdict.cells.select(*columns, "m").iter_rows()
    return {tuple(BOOK.codes[level][o] for level, o in zip(levels, row, strict=False)): row[-1] for row in rows}


CHECKED = [
    ("provinsi", "jenis_kelamin"),
    ("status", "umur_5"),
    ("jenis_instansi", "masa_kerja"),
    ("status", "jenjang"),
    ("jenis_kelamin", "generasi"),
    ("jenis_kelamin", "pendidikan", "kelompok_jabatan"),
    ("jenis_instansi", "jenis_kelamin", "masa_kerja"),
    ("instansi", "jenis_kelamin"),
    ("jenis_kelamin", "umur_5", "masa_kerja", "jenis_instansi"),
]


@pytest.mark.parametrize("levels", CHECKED, ids="-".join)
def test_cells_are_those_of_the_oracle(verdicts: dict[tuple[str, ...], Built], levels: tuple[str, ...]) -> None:
    verdict = verdicts[tuple(sorted(levels, key=list(dataset().levels).index))]
    assert verdict.admitted
    assert coded(verdict) == oracle.perturbed(PEOPLE, verdict.combination.levels)


def test_every_admitted_coarse_stand_in_is_that_of_the_oracle(verdicts: dict[tuple[str, ...], Built]) -> None:
    coarse = [
        v for v in verdicts.values() if v.admitted and {"kanreg", "golongan", "jenis_jabatan"} & {*v.combination.levels}
    ]
    assert len(coarse) >= 10
    for verdict in coarse[:6]:
        assert coded(verdict) == oracle.perturbed(PEOPLE, verdict.combination.levels)


@pytest.mark.parametrize("levels", [(), ("status",), ("status", "provinsi"), ("instansi",)], ids=str)
def test_public_cells_are_exact(verdicts: dict[tuple[str, ...], Built], levels: tuple[str, ...]) -> None:
    verdict = verdicts[tuple(sorted(levels, key=list(dataset().levels).index))]
    assert verdict.combination.public
    assert coded(verdict) == {cell: n for cell, (n, _keys) in oracle.cells(PEOPLE, verdict.combination.levels).items()}


def test_the_same_set_of_people_has_the_same_noise_in_every_table(verdicts: dict[tuple[str, ...], Built]) -> None:
    """All lecturers of a rank are lecturers: adding the group that follows from the rank changes no cell."""
    lecturers = {cell: m for cell, m in coded(verdicts["jenjang", "kelompok_jabatan"]).items() if cell[1] == "dosen"}
    alone = oracle.perturbed(PEOPLE, ("jenjang",))
    assert len(lecturers) >= 3
    assert lecturers == {(rank, "dosen"): alone[(rank,)] for rank, _group in lecturers}
    by_age = {c: m for c, m in coded(verdicts["jenis_kelamin", "generasi"]).items() if c[1] == "BB"}
    assert by_age == {c: m for c, m in oracle.perturbed(PEOPLE, ("jenis_kelamin", "generasi")).items() if c[1] == "BB"}


def test_a_combination_is_admitted_if_half_of_its_cells_reach_the_threshold(
    verdicts: dict[tuple[str, ...], Built],
) -> None:
    refused = 0
    for levels in [
        ("instansi", "jenis_kelamin"),
        ("provinsi", "tahun_bup"),
        ("umur_5", "jenjang"),
        ("provinsi", "jenjang"),
    ]:
        cells, m = oracle.cells(PEOPLE, levels), oracle.perturbed(PEOPLE, levels)
        shown = sum(value >= POLICY.threshold for value in m.values())
        verdict = verdicts[levels]
        assert verdict.admitted == (shown >= len(cells) / 2)
        assert (verdict.held, verdict.shown) == (len(m), shown)
        refused += not verdict.admitted
    assert 0 < refused < 4


def test_refused_combinations_keep_no_cells(verdicts: dict[tuple[str, ...], Built]) -> None:
    refused = [v for v in verdicts.values() if not v.admitted]
    assert len(refused) > 50
    assert all(v.cells.is_empty() for v in refused)


def test_a_refused_combination_has_its_stand_in_counted(verdicts: dict[tuple[str, ...], Built]) -> None:
    assert not verdicts["provinsi", "golongan_ruang"].admitted
    assert ("kanreg", "golongan_ruang") in verdicts


def test_the_budget_of_combinations_and_cells_is_kept(verdicts: dict[tuple[str, ...], Built]) -> None:
    admitted = [v for v in verdicts.values() if v.admitted]
    assert len(admitted) <= 600
    assert sum(v.cells.height for v in admitted) <= 5_000_000


def test_rows_in_another_order_give_the_same_release(verdicts: dict[tuple[str, ...], Built]) -> None:
    again = built(PEOPLE.sample(fraction=1.0, shuffle=True, seed=1))
    assert {levels: v.cells.rows() for levels, v in again.items()} == {
        levels: v.cells.rows() for levels, v in verdicts.items()
    }


def test_cells_split_over_rows_are_added_up() -> None:
    """The intake refuses a cell twice, but coarse cells are always sums of rows."""
    twice = pl.concat([PEOPLE, PEOPLE.with_columns(pl.col("nomor") + 10_000)])
    assert coded(built(twice)["status", "umur_5"]) == oracle.perturbed(twice, ("status", "umur_5"))


def test_large_counts_are_exact_integers_before_noise() -> None:
    """Two thousand million persons with keys of 32 bits: float sums would lose them."""
    frame = cube(PEOPLE).with_columns(pl.col("jumlah") * 250_003, pl.col("kunci") * 250_003)
    found = {b.combination.levels: b for b in build(dataset(), BOOK, frame, ptable())}
    cells = oracle.cells(PEOPLE, ("status", "umur_5"))
    many = {cell: (n * 250_003, keys * 250_003) for cell, (n, keys) in cells.items()}
    m = coded(found["status", "umur_5"])
    assert len(many) > 10
    assert {cell: m[cell] for cell in many} == {
        c: n + oracle.changes()[6, keys % 4096] for c, (n, keys) in many.items()
    }
