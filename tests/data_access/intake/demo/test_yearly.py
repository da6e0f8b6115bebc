"""The example posts and indices are the published figures where there are some, and never contradict themselves."""

from datetime import date
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import polars as pl
import pytest

from data_access.contract import contract
from data_access.contract.assessment import band_of
from data_access.intake.checks import check
from data_access.intake.demo import write_assessments, write_posts
from data_access.intake.demo.shares import part, shared
from data_access.intake.demo.yearly import ASSESSMENTS, POSTS
from data_access.intake.manifest import read_manifest

COUNT = pl.col("jumlah").sum()


@lru_cache(maxsize=1)
def deliveries() -> dict[str, Path]:
    folder = Path(mkdtemp())
    return {one.name: one for one in (*write_posts(folder), *write_assessments(folder))}


def rows(dataset: str, year: int) -> pl.DataFrame:
    frame = pl.read_parquet(deliveries()[f"{dataset}-{year}-12-31"] / f"{dataset}.parquet")
    kinds = contract().datasets[dataset].mapping("instansi", "kelompok_instansi")
    return frame.with_columns(pl.col("instansi").replace_strict(kinds).alias("pihak"))


def posts(year: int, **codes: str) -> int:
    return int(rows("formasi", year).filter(**codes)["jumlah"].sum())


@pytest.mark.parametrize(
    ("year", "codes", "published"),
    [
        (2023, {"tahap": "kebutuhan"}, 1_030_751),
        (2024, {"tahap": "kebutuhan"}, 2_302_543),
        (2024, {"tahap": "kebutuhan", "jenis_pengadaan": "cpns"}, 690_822),
        (2024, {"tahap": "kebutuhan", "jenis_pengadaan": "pppk"}, 1_605_694),
        (2024, {"tahap": "kebutuhan", "jenis_pengadaan": "cpns", "pihak": "pusat"}, 207_247),
        (2024, {"tahap": "kebutuhan", "jenis_pengadaan": "pppk", "pihak": "daerah"}, 1_383_758),
        *(
            (2024, {"tahap": "kebutuhan", "jenis_pengadaan": "pppk", "pihak": "daerah", "kelompok_jabatan": group}, n)
            for group, n in (("guru", 419_146), ("nakes", 417_196))
        ),
        (2024, {"tahap": "penetapan"}, 1_289_824),
        (2024, {"tahap": "penetapan", "pihak": "pusat"}, 427_650),
        (2024, {"tahap": "penetapan", "pihak": "daerah"}, 862_174),
        (2024, {"tahap": "penetapan", "jenis_pengadaan": "pppk"}, 1_031_554),
        (2024, {"tahap": "penetapan", "jenis_pengadaan": "pppk", "instansi": "KM26"}, 89_781),
        (2024, {"tahap": "penetapan", "jenis_pengadaan": "pppk", "instansi": "KM25"}, 40_573),
    ],
)
def test_posts_meet_what_was_published(year: int, codes: dict[str, str], published: int) -> None:
    assert posts(year, **codes) == published


def test_of_the_posts_for_cpns_in_2024_three_quarters_are_filled_in_the_agencies_that_got_some() -> None:
    approved, taken = (posts(2024, tahap=stage, jenis_pengadaan="cpns") for stage in ("penetapan", "terisi"))
    assert taken / approved == pytest.approx(0.74, abs=0.0005)
    approved_in = rows("formasi", 2024).filter(tahap="penetapan").select("instansi", "pihak").unique()
    assert dict(approved_in["pihak"].value_counts().iter_rows()) == {"pusat": 75, "daerah": 524}


@pytest.mark.parametrize("day", POSTS)
def test_no_stage_holds_more_than_the_one_before(day: date) -> None:
    keys = ["instansi", "provinsi", "kelompok_jabatan", "jenis_pengadaan"]
    wide = rows("formasi", day.year).pivot("tahap", index=keys, values="jumlah").fill_null(0)
    for before, after in (
        *(("kebutuhan", "usulan"), ("usulan", "penetapan")),
        *(("penetapan", "lulus"), ("lulus", "terisi")),
    ):
        assert wide.filter(pl.col(after) > pl.col(before)).is_empty()


def test_regional_posts_lie_in_their_own_province_and_none_before_its_day() -> None:
    own = {c.code: c.attributes.get("provinsi") for c in contract().datasets["formasi"].levels["instansi"].codes}
    for year in (2021, 2024):
        found = rows("formasi", year).filter(pihak="daerah").select("instansi", "provinsi").unique().rows()
        wrong = [(agency, place) for agency, place in found if own[agency] != place]
        assert all(year == 2021 and place in ("91", "92") for _agency, place in wrong)


def indices(year: int, **codes: str) -> int:
    return int(rows("indeks", year).filter(**codes)["jumlah"].sum())


def test_indices_meet_what_was_published() -> None:
    bands = {"merit_iv": 30, "merit_iii": 144, "merit_ii": 71, "merit_i": 172}
    assert {b: indices(2022, indeks="merit", ukuran="dinilai", predikat=b) for b in bands} == bands
    assert indices(2021, indeks="merit", ukuran="dinilai") == 347
    assert indices(2022, indeks="merit", ukuran="dinilai", pihak="pusat") == 93  # all K/L
    reform = {b: indices(2022, indeks="rb", ukuran="dinilai", predikat=b, pihak="pusat") for b in ("rb_bb", "rb_a")}
    assert (reform, indices(2022, indeks="rb", ukuran="dinilai", pihak="pusat")) == ({"rb_bb": 58, "rb_a": 11}, 81)
    measured, staff = (indices(2019, ukuran=one, pihak="daerah") for one in ("terukur", "sasaran"))
    assert measured / staff == pytest.approx(0.384, abs=0.001)


@pytest.mark.parametrize("day", ASSESSMENTS)
def test_every_agency_has_one_band_that_fits_its_score(day: date) -> None:
    wide = rows("indeks", day.year).pivot("ukuran", index=["indeks", "instansi", "predikat"], values="jumlah")
    assert not wide.select("indeks", "instansi").is_duplicated().any()
    assert set(wide["wajib"]) == {1}
    for index, band, assessed, score in wide.select("indeks", "predikat", "dinilai", "nilai").iter_rows():
        if assessed is None:
            assert (band, score) == ("belum", None)
        else:
            assert band_of(index, day.year, score / 100) == band
    persons = wide.filter(indeks="ip_asn")
    assert persons.filter(pl.col("terukur").fill_null(0) > pl.col("sasaran")).is_empty()
    assert (
        wide.filter(pl.col("indeks") != "ip_asn")["sasaran"].null_count()
        == wide.filter(pl.col("indeks") != "ip_asn").height
    )


def test_deliveries_are_accepted_and_the_same_each_time(tmp_path: Path) -> None:
    for again in (*write_posts(tmp_path, dates=POSTS[:1]), *write_assessments(tmp_path, dates=ASSESSMENTS[:1])):
        assert read_manifest(again) == read_manifest(deliveries()[again.name])
        report = check(again, today=date(2026, 11, 27), published={}, change_warning=0.1)
        assert not report.findings
        assert report.cube.height == report.manifest.rows
        assert not report.keys


def test_keys_that_are_sent_all_the_same_are_left_aside(tmp_path: Path) -> None:
    """An exact dataset needs none; such a column neither fails nor is kept, whatever stands in it."""
    [folder] = write_assessments(tmp_path, dates=ASSESSMENTS[:1])
    file = folder / "indeks.parquet"
    pl.read_parquet(file).with_columns(pl.lit("bukan kunci").alias("kunci")).write_parquet(file)
    from data_access.intake.manifest import sha256, write_manifest

    manifest = read_manifest(folder)
    write_manifest(folder, manifest.model_copy(update={"files": {"indeks.parquet": sha256(file)}}))
    report = check(folder, today=date(2026, 11, 27), published={}, change_warning=0.1)
    assert not report.findings
    assert not report.keys
    assert "kunci" not in report.cube.columns


def test_a_part_is_never_more_than_what_there_is() -> None:
    draws = np.random.default_rng(1)
    for _round in range(50):
        most = draws.integers(0, 40, 200)
        chance = draws.lognormal(0, 1, 200) * (draws.random(200) > 0.2)
        total = int(draws.integers(0, most[chance > 0].sum() + 1))
        found = part(total, most, chance)
        assert found.sum() == total
        assert (found <= most).all()
        assert (found >= 0).all()
    assert shared(10, np.zeros(3)).sum() == 0
    with pytest.raises(ValueError, match="do not fit"):
        part(5, np.array([3, 9]), np.array([1.0, 0.0]))
