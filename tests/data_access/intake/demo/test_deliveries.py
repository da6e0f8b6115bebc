"""The files themselves: canonical form, valid codes, nothing impossible, the same bytes each time."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data_access.contract import Code
from data_access.contract.model import ImpossibleRule
from data_access.intake.demo import DATES, write_deliveries
from data_access.intake.manifest import read_manifest, sha256
from tests.data_access.intake.demo.written import DATASET, FILE, Written, persons

PAPUA_BEFORE = {"93": "91", "94": "91", "95": "91", "96": "92"}

each_date = pytest.mark.parametrize("day", DATES, ids=str)


@each_date
def test_manifest_describes_the_file(written: Written, day: date) -> None:
    folder, frame = written.folders[day], written.frames[day]
    manifest = read_manifest(folder)
    assert folder.name == f"pegawai-{day}"
    assert (manifest.dataset, manifest.reference_date, manifest.owner) == ("pegawai", day, "kedua")
    assert (manifest.contract, manifest.example, manifest.active) == ("1.1", True, DATASET.active.id)
    assert (manifest.rows, manifest.total) == (frame.height, frame["jumlah"].sum())
    assert manifest.files == {FILE: sha256(folder / FILE)}


@each_date
def test_columns_are_the_delivered_levels_the_measure_and_the_key_sum(written: Written, day: date) -> None:
    frame = pl.read_parquet(written.folders[day] / FILE)
    texts = {level.name: pl.String for level in DATASET.delivered}
    assert dict(frame.schema) == texts | {"jumlah": pl.Int64, "kunci": pl.Int64}
    assert frame.null_count().sum_horizontal().item() == 0
    assert frame.select([level.name for level in DATASET.delivered]).is_unique().all()


@each_date
def test_size_is_realistic(written: Written, day: date) -> None:
    frame = written.frames[day]
    assert 120_000 <= frame.height <= 250_000
    assert frame["jumlah"].min() == 1
    assert frame.filter(pl.col("jumlah") < 5).height > frame.height * 0.1, "small cells give disclosure control work"


@each_date
@pytest.mark.parametrize("rule", DATASET.impossible, ids=lambda rule: rule.reason.en)
def test_nothing_impossible_is_delivered(written: Written, day: date, rule: ImpossibleRule) -> None:
    rows = [pl.col(level).is_in(codes) for level, codes in rule.when.items()]
    assert written.frames[day].filter(rows).height == 0


@each_date
def test_codes_exist_on_the_date(written: Written, day: date) -> None:
    for level in DATASET.delivered:
        valid = {code.code for code in level.codes if code.valid_on(day)}
        assert set(written.frames[day][level.name].unique()) <= valid, level.name


def test_later_papua_appears_with_its_law(written: Written) -> None:
    before, after = written.frames[date(2022, 6, 30)], written.frames[date(2022, 12, 31)]
    assert before.filter(pl.col("provinsi").is_in(list(PAPUA_BEFORE))).height == 0
    assert after.filter(pl.col("instansi").is_in(["PV93", "PV94", "PV95", "PV96"]))["instansi"].n_unique() == 4


@each_date
def test_every_agency_of_the_date_has_staff(written: Written, day: date) -> None:
    expected = {code.code for code in DATASET.levels["instansi"].codes if code.valid_on(day)}
    assert set(written.frames[day]["instansi"].unique()) == expected


@each_date
def test_regional_staff_work_in_their_own_province(written: Written, day: date) -> None:
    regional = [code for code in DATASET.levels["instansi"].codes if "provinsi" in code.attributes]
    home = {code.code: province_on(code, day) for code in regional}
    places = written.frames[day].filter(pl.col("kelompok_instansi") == "daerah").select("instansi", "provinsi").unique()
    assert [(a, p) for a, p in places.iter_rows() if home[a] != p] == []


def province_on(agency: Code, day: date) -> str:
    province = agency.attributes["provinsi"]
    exists = DATASET.levels["provinsi"].by_code[province].valid_on(day)
    return province if exists else PAPUA_BEFORE[province]


@pytest.mark.parametrize(
    ("kind", "least", "middle", "most", "reason"),
    [
        ("kabupaten", 1_000, (3_000, 9_000), 18_000, "3-15k; regencies of the later Papua provinces are smaller"),
        ("kota", 1_500, (2_000, 9_000), 15_000, "2-15k"),
        ("provinsi", 4_000, (6_000, 20_000), 75_000, "5-60k; Jakarta has no regencies and is larger"),
        ("kementerian", 500, (1_500, 6_000), 360_000, "from a coordinating ministry to Kemenag"),
        ("lembaga", 100, (500, 5_000), 45_000, "from Komisi Yudisial to the police's civilians"),
    ],
)
def test_sizes_of_agencies_are_plausible(
    written: Written, kind: str, least: int, middle: tuple[int, int], most: int, reason: str
) -> None:
    for frame in written.frames.values():
        sizes = (
            frame.filter(pl.col("jenis_instansi") == kind).group_by("instansi").agg(pl.col("jumlah").sum())["jumlah"]
        )
        smallest, median, largest = sizes.sort()[0], sizes.sort()[sizes.len() // 2], sizes.sort()[-1]
        assert least <= smallest, reason
        assert middle[0] <= median <= middle[1], reason
        assert largest <= most, reason


def test_central_share_is_high_in_jakarta_only(written: Written) -> None:
    frame = written.frames[date(2023, 6, 30)].filter(pl.col("sisi") == "pns", pl.col("provinsi") != "99")
    central = (pl.col("jumlah") * (pl.col("kelompok_instansi") == "pusat")).sum() / pl.col("jumlah").sum()
    shares = dict(frame.group_by("provinsi").agg(central).iter_rows())
    assert shares.pop("31") == pytest.approx(0.78, abs=0.02)
    assert all(0.12 < share < 0.28 for share in shares.values()), shares


def test_part_time_pppk_are_in_the_last_delivery_only(written: Written) -> None:
    dates = [day for day, frame in written.frames.items() if (frame["status"] == "PPPK-PW").any()]
    assert dates == [date(2025, 11, 1)]


@each_date
def test_cpns_are_few(written: Written, day: date) -> None:
    assert persons(written.frames[day], status="CPNS") < 0.05 * persons(written.frames[day])


def test_progress_rises_to_the_end(written: Written) -> None:
    shares = [share for _, share in written.progress]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert [name for name, _ in written.progress[:-1]] == [f"pegawai-{day}" for day in DATES]


def test_a_date_alone_gives_the_same_bytes(written: Written, tmp_path: Path) -> None:
    day = DATES[2]
    (folder,) = write_deliveries(tmp_path, dates=[day])
    assert (folder / FILE).read_bytes() == (written.folders[day] / FILE).read_bytes()
    assert read_manifest(folder) == read_manifest(written.folders[day])


def test_unpublished_date_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="2024-03-31"):
        write_deliveries(tmp_path, dates=[date(2024, 3, 31)])
    assert list(tmp_path.iterdir()) == []
