"""Quality figures against a slow count of the same persons, and the rule that no small count leads out of the process."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from data_access.errors import Damaged
from data_access.intake.manifest import sha256
from data_access.release import quality, quality_cube, quality_file
from data_access.release.indicators import indicators
from data_access.release.ptable import DESIGN
from data_access.release.quality_cube import COUNTED, KEYED
from tests import world as worlds
from tests.quality_world import NONE_DELIVERED, SECRET, figures, found
from tests.world import EARLY, LATE, dataset

DAY = date(2025, 6, 30)


@pytest.fixture(scope="module")
def people() -> pl.DataFrame:
    return worlds.persons(8_000, day=EARLY)


def youngest_and_oldest(band: str) -> tuple[int, int]:
    if band == ">65":
        return 66, 130
    low, high = band.split("-")
    return int(low), int(high)


def years_of(generation: str) -> tuple[int, int]:
    return {"BB": (0, 1964), "X": (1965, 1976), "Y": (1977, 1994), "Z": (1995, 9999)}[generation]


def fails(person: dict[str, str], day: date) -> set[str]:
    """The checks that one person fails, written out once more in plain words."""
    found = set()
    if int(person["tahun_bup"]) < day.year:
        found.add("bup_lampau")
    youngest, oldest = youngest_and_oldest(person["umur_5"])
    born = range(day.year - oldest - 1, day.year - youngest + 1)
    if (day.month, day.day) == (12, 31):
        born = range(day.year - oldest, day.year - youngest + 1)
    first, last = years_of(person["generasi"])
    if not any(first <= year <= last for year in born):
        found.add("generasi_umur")
    served = int(person["masa_kerja"].lstrip(">").split("-")[0]) + person["masa_kerja"].startswith(">")
    if served > oldest - 15:
        found.add("masa_kerja_umur")
    return found


@pytest.mark.parametrize("day", [date(2022, 6, 30), date(2022, 12, 31), date(2025, 11, 1), date(2030, 12, 31)])
def test_every_count_is_that_of_a_slow_look_at_each_person(people: pl.DataFrame, day: date) -> None:
    failing: Counter[tuple[str, str]] = Counter()
    bases: Counter[str] = Counter()
    for person in people.iter_rows(named=True):
        bases[person["instansi"]] += 1
        failing.update((person["instansi"], check) for check in fails(person, day))
    counted = quality_cube.counted(dataset(), worlds.cube(people), day)
    found_now = list(counted.select(*COUNTED).iter_rows())
    assert {(a, k): n for a, k, n, _b in found_now if n} == dict(failing)
    assert all(base == bases[agency] for agency, _key, _n, base in found_now)
    assert counted.height == 3 * len(bases)
    assert failing, "the made-up persons contradict themselves often enough to be counted"


# failing, examined, is the base official, share, base, state; and why
CELLS = [
    (0, 1_000, False, None, 1_000, "suppressed", "zero looks like a few"),
    (9, 1_000, False, None, 1_000, "suppressed", "below the threshold"),
    (10, 1_000, False, 0.010, 1_000, "shown", "at the threshold"),
    (12, 1_000, False, 0.010, 1_000, "shown", "rounded down before it is divided"),
    (13, 1_000, False, 0.015, 1_000, "shown", "rounded up before it is divided"),
    (13, 1_003, False, 15 / 1_005, 1_005, "shown", "a base that is not official is rounded too"),
    (13, 1_003, True, 15 / 1_003, 1_003, "shown", "an official base is exact"),
    (3, 9, False, None, None, "suppressed", "a base below the threshold is not told"),
    (3, 9, True, None, 9, "suppressed", "unless it is printed anyway"),
    (12, 9, True, None, 9, "suppressed", "what noise alone lifts over a small base stays hidden"),
    (990, 1_000, False, 0.99, 1_000, "shown", "ten that pass may be told"),
    (991, 1_000, False, 1.0, 1_000, "shown", "nine that pass look like none"),
    (1_000, 1_000, False, 1.0, 1_000, "shown", "none that passes"),
    (12, 13, True, 1.0, 13, "shown", "never above one"),
]


@pytest.mark.parametrize(
    ("failing", "base", "exact", "share", "shown", "state", "why"), CELLS, ids=[c[-1] for c in CELLS]
)
def test_what_may_be_stored_of_a_count(
    failing: int, base: int, exact: bool, share: float | None, shown: int | None, state: str, why: str
) -> None:
    counts = pl.DataFrame({"instansi": ["KM01"], "indikator": ["ganda"], "jumlah": [failing], "dasar": [base]}, COUNTED)
    [row] = quality.protected(counts.with_columns(exact=pl.lit(exact)), DAY).rows(named=True)
    assert (row["nilai"], row["dasar"], row["keadaan"]) == (share, shown, state)


def test_the_nation_is_counted_before_it_is_protected(people: pl.DataFrame) -> None:
    """Many agencies with a few failing records each are suppressed; together they are not."""
    few = found(people, share=0.0).with_columns(jumlah=pl.min_horizontal(pl.lit(2), "dasar"))
    made_of = figures(worlds.cube(people), few, DAY).filter(pl.col("indikator") == "ganda")
    nation, agencies = made_of.filter(pl.col("instansi") == ""), made_of.filter(pl.col("instansi") != "")
    assert set(agencies["keadaan"]) == {"suppressed"}
    assert nation["keadaan"].item() == "shown"
    assert nation["nilai"].item() == pytest.approx(2 * agencies.height / people.height, rel=0.05)


def counts_of(values: Sequence[int], *, exact: bool = False, first: int = 0) -> pl.DataFrame:
    """One row per count among 5,000 examined, each with a key as the keys of so many persons would give it."""
    draw = np.random.default_rng(8)
    keys = draw.integers(0, 2**32, (2, len(values)))
    rows = {"instansi": "KM01", "indikator": "ganda", "jumlah": values, "dasar": 5_000 + first}
    return pl.DataFrame(rows | {"kunci": keys[0], "kunci_dasar": keys[1]}, KEYED).with_columns(exact=pl.lit(exact))


@pytest.mark.parametrize("count", [1, 3, 5, 6, 40, 3_000])
def test_the_noise_of_a_count_is_unbiased_and_as_wide_as_that_of_all_cells(count: int) -> None:
    made = quality.noisy(counts_of([count] * 8_000))
    for errors in (made["jumlah"].to_numpy() - count, made["dasar"].to_numpy() - 5_000):
        assert abs(errors.mean()) <= 3 * errors.std() / np.sqrt(len(errors))
        assert errors.std() == pytest.approx(2.0, abs=0.08)
        assert np.abs(errors).max() == DESIGN.largest


def test_an_official_base_and_a_small_one_have_no_noise() -> None:
    assert set(quality.noisy(counts_of([40] * 50, exact=True))["dasar"]) == {5_000}
    small = quality.noisy(counts_of([3] * 50, first=9 - 5_000))
    assert set(small["dasar"]) == {9}
    assert set(quality.protected(small, DAY)["keadaan"]) == {"suppressed"}


def test_no_failing_record_stays_none() -> None:
    assert set(quality.noisy(counts_of([0] * 50))["jumlah"]) == {0}


def noise_of(agency: str, indicator: str, failing: int, base: int, secret: bytes = SECRET) -> tuple[int, int]:
    found = pl.DataFrame([(agency, indicator, failing, base)], COUNTED, orient="row")
    [row] = quality.noisy(quality.keyed(found, secret).with_columns(exact=pl.lit(value=False))).rows(named=True)
    return row["jumlah"] - failing, row["dasar"] - base


def test_a_delivered_count_that_is_published_again_has_the_same_noise() -> None:
    """So two publications cannot be averaged; every other count, agency, indicator and secret has its own."""
    assert noise_of("KM01", "ganda", 40, 900) == noise_of("KM01", "ganda", 40, 900)
    others = [noise_of("KM01", "ganda", n, 900)[0] for n in range(20, 60)]
    assert len(set(others)) > 5
    for agency, indicator, secret in (
        ("KM02", "ganda", SECRET),
        ("KM01", "lewat_bup", SECRET),
        ("KM01", "ganda", b"r" * 32),
    ):
        alike = (noise_of("KM01", "ganda", n, 900) == noise_of(agency, indicator, n, 900, secret) for n in range(60))
        assert sum(alike) < 40


def test_the_same_records_examined_for_several_indicators_have_one_noise() -> None:
    """Twelve draws of it could be averaged."""
    bases = {noise_of("KM01", name, 40, 900)[1] for name in indicators().keys("kiriman")}
    assert len(bases) == 1


def test_the_nation_has_noise_of_its_own(people: pl.DataFrame) -> None:
    """It is no sum of agencies: with a hundred of them a sum would be off by far more than one cell is."""
    errors = []
    for seed in range(20):
        counts = found(people, share=0.3, seed=seed).filter(indikator="ganda")
        nation = figures(worlds.cube(people).clear(), counts, DAY).filter(instansi="").row(0, named=True)
        errors.append(abs(round(nation["nilai"] * nation["dasar"]) - int(counts["jumlah"].sum())))
    assert max(errors) <= DESIGN.largest + 2
    assert max(errors) > 2, "rounding alone is off by two at most"


def test_every_agency_of_the_cube_has_a_row_for_every_check_of_it(people: pl.DataFrame) -> None:
    every = figures(worlds.cube(people), NONE_DELIVERED, DAY)
    assert every.schema == quality_file.SCHEMA
    assert every.height == 3 * (people["instansi"].n_unique() + 1)
    assert not every.select("periode", "instansi", "indikator").is_duplicated().any()


def test_where_nothing_was_examined_there_is_no_row(people: pl.DataFrame) -> None:
    delivered = found(people).with_columns(jumlah=pl.lit(0, pl.Int64), dasar=pl.lit(0, pl.Int64))
    assert figures(worlds.cube(people), delivered, DAY).height == 3 * (people["instansi"].n_unique() + 1)


def made(day: date, share: float = 0.5) -> pl.DataFrame:
    row = {"periode": [day], "instansi": ["KM01"], "indikator": ["ganda"], "nilai": [share], "dasar": [100]}
    return pl.DataFrame(row | {"keadaan": ["shown"]}, quality_file.SCHEMA)


def test_earlier_dates_are_kept_and_republished_ones_replaced() -> None:
    earlier = quality_file.carried(quality_file.nothing(), [made(EARLY, 0.1), made(DAY, 0.2)], [EARLY, DAY])
    later = quality_file.carried(earlier, [made(DAY, 0.9)], [DAY])
    assert dict(later.select("periode", "nilai").iter_rows()) == {EARLY: 0.1, DAY: 0.9}


def test_of_two_deliveries_for_one_date_the_later_one_counts() -> None:
    figures = quality_file.carried(quality_file.nothing(), [made(DAY, 0.1), made(DAY, 0.9)], [DAY, DAY])
    assert figures["nilai"].to_list() == [0.9]


def test_a_republished_date_whose_delivery_brings_nothing_loses_its_old_figures() -> None:
    assert quality_file.carried(made(LATE), [quality_file.nothing()], [LATE]).is_empty()


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    digest = quality_file.write(tmp_path, made(DAY))
    assert quality_file.read(tmp_path, digest).equals(made(DAY))


def test_an_older_release_names_no_file_and_has_no_figures(tmp_path: Path) -> None:
    assert quality_file.read(tmp_path, "").is_empty()


def change_a_byte(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def other_shape(file: Path) -> None:
    pl.DataFrame({"jumlah": [3]}).write_parquet(file)


@pytest.mark.parametrize("harm", [change_a_byte, other_shape, Path.unlink, lambda file: file.write_bytes(b"")])
def test_a_damaged_file_is_never_read(tmp_path: Path, harm) -> None:  # type: ignore[no-untyped-def]
    digest = quality_file.write(tmp_path, made(DAY))
    harm(tmp_path / quality_file.NAME)
    with pytest.raises(Damaged) as caught:
        quality_file.read(tmp_path, digest)
    assert caught.value.reason == "quality-damaged"


def test_a_file_of_another_shape_is_refused_even_if_its_hash_is_signed(tmp_path: Path) -> None:
    other_shape(tmp_path / quality_file.NAME)
    with pytest.raises(Damaged):
        quality_file.read(tmp_path, sha256(tmp_path / quality_file.NAME))
