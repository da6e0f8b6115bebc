"""Persons persist: they age, serve and retire from one delivery to the next, and nobody stays past retirement."""

from datetime import date, timedelta
from itertools import pairwise

import polars as pl
import pytest

from data_access.intake.demo import DATES
from tests.data_access.intake.demo.written import Written, persons

END_2022 = date(2022, 12, 31)


def retiring(frame: pl.DataFrame, *years: int, **groups: list[str]) -> int:
    """The PNS whose retirement falls into one of the years."""
    return persons(frame, sisi="pns", tahun_bup=[str(year) for year in years], **groups)


@pytest.mark.parametrize(
    ("years", "groups", "announced", "tolerance"),
    [
        ([2023], {}, 177_767, 0.01),
        ([2023], {"kelompok_instansi": ["daerah"]}, 147_191, 0.01),
        ([2023, 2024, 2025, 2026, 2027], {}, 851_498, 0.01),
        ([2024], {"jenis_jabatan": ["fungsional"]}, 105_000, 0.02),
        ([2024], {"jenis_jabatan": ["pelaksana"]}, 44_000, 0.02),
        ([2024], {"sifat_jabatan": ["manajerial"]}, 18_000, 0.02),
    ],
)
def test_retirement_is_as_bkn_announced(
    written: Written, years: list[int], groups: dict[str, list[str]], announced: int, tolerance: float
) -> None:
    found = retiring(written.frames[END_2022], *years, **groups)
    assert found == pytest.approx(announced, rel=tolerance), "domain 2.14"


@pytest.mark.parametrize("day", DATES, ids=str)
def test_nobody_is_overdue(written: Written, day: date) -> None:
    tomorrow = day + timedelta(days=1)
    assert written.frames[day]["tahun_bup"].cast(pl.Int32).min() == tomorrow.year, "who is due leaves on a first day"


def test_the_year_of_a_date_runs_out(written: Written) -> None:
    """Those due in 2025 are in office until then, and few are left in November."""
    left = [retiring(frame, 2025) for frame in written.frames.values()]
    assert left[-1] < 0.25 * left[0]


@pytest.mark.parametrize("year", range(2026, 2036))
def test_those_due_later_change_smoothly(written: Written, year: int) -> None:
    series = [retiring(frame, year) for frame in written.frames.values()]
    steps = [after / before - 1 for before, after in pairwise(series)]
    assert all(abs(step) < 0.03 for step in steps), series


def test_generations_have_the_ages_of_their_birth_years(written: Written) -> None:
    for day, frame in written.frames.items():
        oldest_z = day.year - 1995
        old_z = frame.filter(pl.col("generasi") == "Z", pl.col("umur_5").is_in(["36-40", "41-45"]))
        young_boomers = frame.filter(pl.col("generasi") == "BB", pl.col("umur_bkn").is_in(["18-20", "21-30", "31-40"]))
        assert oldest_z < 36
        assert (old_z.height, young_boomers.height) == (0, 0)


@pytest.mark.parametrize(
    ("group", "rank", "age"),
    [
        ("guru", "ahli_pertama", 60),
        ("nakes", "terampil", 58),
        ("nakes", "ahli_muda", 58),
        ("teknis", "ahli_madya", 60),
        ("teknis", "ahli_utama", 65),
        ("dosen", "lektor", 65),
        ("dosen", "guru_besar", 70),
        ("lainnya", "pelaksana", 58),
        ("lainnya", "pengawas", 58),
        ("lainnya", "jpt_pratama", 60),
    ],
)
def test_retirement_year_follows_the_rank(written: Written, group: str, rank: str, age: int) -> None:
    """Generation X was born in 1965 to 1976: its retirement years are those plus the age of the rank (domain 3.1).

    Who was born in a December leaves in the January after.
    """
    rows = (pl.col("generasi") == "X") & (pl.col("kelompok_jabatan") == group) & (pl.col("jenjang") == rank)
    years = pl.concat([frame.filter(rows)["tahun_bup"].cast(pl.Int32) for frame in written.frames.values()])
    assert years.len() > 0
    assert set(years.unique()) <= set(range(1965 + age, 1976 + age + 2))


def test_pppk_have_served_at_most_five_years(written: Written) -> None:
    for frame in written.frames.values():
        assert set(frame.filter(pl.col("sisi") == "pppk")["masa_kerja"].unique()) == {"0-5"}


@pytest.mark.parametrize("level", ["instansi", "provinsi", "kelompok_jabatan"])
def test_large_groups_of_pns_change_smoothly(written: Written, level: str) -> None:
    """From end of 2022 on; conversions of 2023-24 move pelaksana to teknis by a third in half a year."""
    for before, after in pairwise([frame for day, frame in written.frames.items() if day >= END_2022]):
        sizes = [
            frame.filter(pl.col("sisi") == "pns").group_by(level).agg(pl.col("jumlah").sum())
            for frame in (before, after)
        ]
        both = sizes[0].join(sizes[1], on=level, suffix="_after").filter(pl.col("jumlah") > 20_000)
        steps = both["jumlah_after"] / both["jumlah"] - 1
        assert steps.is_between(-0.35, 0.35).all(), both.with_columns(step=steps)


@pytest.mark.parametrize(
    ("groups", "low", "high", "reason"),
    [
        ({"kelompok_jabatan": "guru"}, 0.60, 0.78, "teachers are mostly women"),
        ({"kelompok_jabatan": "nakes"}, 0.68, 0.85, "health workers are mostly women"),
        ({"jenis_jabatan": "jpt"}, 0.12, 0.20, "15.5 per cent in 2022 (domain 2.9)"),
    ],
)
def test_shares_of_women(written: Written, groups: dict[str, str], low: float, high: float, reason: str) -> None:
    for frame in written.frames.values():
        assert low <= persons(frame, jenis_kelamin="P", **groups) / persons(frame, **groups) <= high, reason


def test_grades_are_mostly_iii_and_iv(written: Written) -> None:
    """2021: I 1, II 16, III and IV 83 per cent (domain 2.8); most PPPK are IX."""
    frame = written.frames[END_2022]
    shares = {g: persons(frame, golongan=g) / persons(frame, sisi="pns") for g in ("I", "II", "III", "IV")}
    assert shares["I"] < 0.02
    assert 0.08 < shares["II"] < 0.18
    assert 0.5 < shares["III"] < 0.7
    pppk = frame.filter(pl.col("sisi") == "pppk").group_by("golongan_ruang").agg(pl.col("jumlah").sum())
    assert pppk.sort("jumlah")["golongan_ruang"][-1] == "PPPK-IX"
