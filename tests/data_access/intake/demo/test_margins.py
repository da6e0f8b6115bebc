"""Every published figure is met to the person: as printed (written down here by hand) and as `margins.yaml` has it."""

from datetime import date

import polars as pl
import pytest

from data_access.intake.demo.arrays import ordinal
from data_access.intake.demo.margins import Margin, membership, published
from tests.data_access.intake.demo.written import DATASET, Written, persons

MID_2022, END_2022 = date(2022, 6, 30), date(2022, 12, 31)
MID_2023, END_2023 = date(2023, 6, 30), date(2023, 12, 31)
MID_2024, END_2024 = date(2024, 7, 1), date(2024, 12, 31)
MID_2025, NOV_2025 = date(2025, 6, 30), date(2025, 11, 1)

DIPLOMA_AND_D4 = ["20", "25", "35"]
STRUCTURAL = ["jpt", "administrator", "pengawas", "eselon_v"]

# Date, groups (level or side -> codes), persons, section of docs/domain.md.
PRINTED: list[tuple[date, dict[str, list[str]], int, str]] = [
    (MID_2022, {"sisi": ["pns"]}, 3992766, "2.1"),
    (MID_2022, {"sisi": ["pppk"]}, 351786, "2.1"),
    (MID_2022, {"kelompok_instansi": ["pusat"]}, 978652, "2.1"),
    (MID_2022, {"kelompok_instansi": ["daerah"]}, 3365900, "2.1"),
    (MID_2022, {"jenis_kelamin": ["L"]}, 1991079, "2.1"),
    (MID_2022, {"jenis_kelamin": ["P"]}, 2353473, "2.1"),
    (END_2022, {"sisi": ["pns"], "jenis_kelamin": ["L"]}, 1813447, "2.1"),
    (END_2022, {"sisi": ["pns"], "jenis_kelamin": ["P"]}, 2077132, "2.1"),
    (END_2022, {"sisi": ["pppk"], "jenis_kelamin": ["L"]}, 125778, "2.1"),
    (END_2022, {"sisi": ["pppk"], "jenis_kelamin": ["P"]}, 238156, "2.1"),
    (END_2022, {"jenjang": ["jpt_utama"], "jenis_kelamin": ["P"]}, 2, "2.9"),
    (END_2022, {"jenjang": ["jpt_madya"], "jenis_kelamin": ["P"]}, 87, "2.9"),
    (END_2022, {"jenjang": ["jpt_pratama"], "jenis_kelamin": ["L"]}, 17637, "2.9"),
    (END_2022, {"jenjang": ["administrator"], "jenis_kelamin": ["L"]}, 70193, "2.9"),
    (END_2022, {"jenjang": ["pengawas"], "jenis_kelamin": ["P"]}, 82867, "2.9"),
    (END_2022, {"jenjang": ["eselon_v"], "jenis_kelamin": ["L"]}, 6280, "2.9"),
    (MID_2023, {"sisi": ["pns"]}, 3795302, "2.1"),
    (MID_2023, {"sisi": ["pns"], "kelompok_instansi": ["pusat"]}, 932048, "2.1"),
    (MID_2023, {"sisi": ["pns"], "jenis_jabatan": ["fungsional"]}, 2114411, "2.5"),
    (MID_2023, {"sisi": ["pns"], "jenis_jabatan": ["pelaksana"]}, 1343873, "2.5"),
    (MID_2023, {"umur_bkn": ["41-50"]}, 1370377, "2.5"),
    (MID_2023, {"umur_bkn": ["51-60"]}, 1327552, "2.5"),
    (MID_2023, {"umur_bkn": [">60"]}, 21412, "2.5"),
    (MID_2023, {"generasi": ["BB"]}, 183721, "2.5"),
    (MID_2023, {"generasi": ["X"]}, 1730658, "2.5"),
    (MID_2023, {"generasi": ["Y"]}, 2135541, "2.5"),
    (MID_2023, {"generasi": ["Z"]}, 232508 + 1, "2.5: the printed generations sum to one less than the printed total"),
    (END_2023, {"sisi": ["pns"]}, 3732428, "2.1"),
    (END_2023, {"sisi": ["pns"], "provinsi": ["35"]}, 363512, "2.12"),
    (END_2023, {"sisi": ["pns"], "provinsi": ["93"]}, 16335, "2.12: Papua Selatan, Kemendagri code"),
    (END_2023, {"sisi": ["pns"], "provinsi": ["99"]}, 13, "2.12: abroad"),
    (END_2023, {"sisi": ["pns"], "pendidikan": ["05"]}, 13158, "2.4"),
    (END_2023, {"sisi": ["pns"], "pendidikan": ["15", "17", "18"]}, 516611, "2.4"),
    (END_2023, {"sisi": ["pns"], "pendidikan": DIPLOMA_AND_D4}, 159729, "2.4"),
    (END_2023, {"sisi": ["pns"], "pendidikan": ["50"]}, 34732, "2.4"),
    (MID_2024, {"sisi": ["pppk"]}, 1103045, "2.1"),
    (MID_2024, {"kelompok_instansi": ["pusat"]}, 1033000, "2.1"),
    (MID_2024, {"jenis_kelamin": ["P"]}, 2709074, "2.1"),
    (MID_2024, {"jenis_jabatan": ["fungsional"]}, 3330060, "2.3"),
    (MID_2024, {"jenis_jabatan": STRUCTURAL}, 331754, "2.3"),
    (MID_2024, {"jenis_jabatan": ["pelaksana"]}, 1096916, "2.3"),
    (MID_2024, {"kelompok_jabatan": ["guru"]}, 2026704, "2.3"),
    (MID_2024, {"kelompok_jabatan": ["nakes"]}, 646733, "2.3"),
    (MID_2024, {"kelompok_jabatan": ["dosen"]}, 100675, "2.3"),
    (MID_2024, {"sisi": ["pppk"], "kelompok_jabatan": ["guru"]}, 770134, "2.3"),
    (MID_2024, {"sisi": ["pppk"], "kelompok_jabatan": ["teknis"]}, 130383, "2.3"),
    (MID_2024, {"sisi": ["pppk"], "kelompok_jabatan": ["penyuluh"]}, 11912, "2.3"),
    (MID_2024, {"kelompok_pendidikan": ["SD-SMA"]}, 556464, "2.3"),
    (MID_2024, {"kelompok_pendidikan": ["D1-D3"]}, 618801, "2.3: residual"),
    (END_2024, {"sisi": ["pns"]}, 3566141, "2.1"),
    (END_2024, {"sisi": ["pppk"]}, 1167900, "2.1"),
    (MID_2025, {"sisi": ["pns"]}, 3670000, "2.1: rounded in print"),
    (MID_2025, {"sisi": ["pppk"]}, 1550000, "2.1: rounded in print"),
    (NOV_2025, {}, 5588245, "2.1"),
    (NOV_2025, {"sisi": ["pns"]}, 3599590, "2.1"),
    (NOV_2025, {"status": ["PPPK-PW"]}, 186000, "2.1: about 186k by 10 Nov 2025"),
    (NOV_2025, {"kelompok_instansi": ["pusat"]}, 1348170, "2.1"),
    (NOV_2025, {"jenis_kelamin": ["P"]}, 3140460, "2.1"),
    (NOV_2025, {"kelompok_pendidikan": ["D4/S1"]}, 3473254, "2.2"),
    (NOV_2025, {"kelompok_pendidikan": ["S3"]}, 51384, "2.2"),
    (NOV_2025, {"jenis_jabatan": ["fungsional"]}, 3555977, "2.2"),
    (NOV_2025, {"jenis_jabatan": STRUCTURAL}, 317805, "2.2"),
    (NOV_2025, {"masa_kerja": ["0-5"]}, 2686439, "2.2"),
    (NOV_2025, {"masa_kerja": [">30"]}, 57547, "2.2"),
]


@pytest.mark.parametrize(("day", "groups", "printed", "source"), PRINTED)
def test_printed_figure_is_met(
    written: Written, day: date, groups: dict[str, list[str]], printed: int, source: str
) -> None:
    assert persons(written.frames[day], **groups) == printed, source


def margin_name(margin: Margin) -> str:
    return f"{margin.date} {margin.name}"


@pytest.mark.parametrize("margin", [m for m in published().margins if m.exact], ids=margin_name)
def test_every_exact_margin_of_the_file_is_met(written: Written, margin: Margin) -> None:
    assert figures_of(written.frames[margin.date], margin) == margin.persons, margin.source


@pytest.mark.parametrize("margin", [m for m in published().margins if not m.exact], ids=margin_name)
def test_soft_margins_are_met_within_one_per_cent(written: Written, margin: Margin) -> None:
    assert figures_of(written.frames[margin.date], margin) == pytest.approx(margin.persons, rel=0.01), margin.source


def test_every_date_starts_with_an_exact_margin_of_all_persons() -> None:
    first: dict[date, Margin] = {}
    for margin in published().margins:
        first.setdefault(margin.date, margin)
    partial = [margin_name(m) for m in first.values() if not m.exact or sum(m.persons.values()) < 4_000_000]
    assert partial == []


def figures_of(frame: pl.DataFrame, margin: Margin) -> dict[str, int]:
    delivered = [level.name for level in DATASET.delivered]
    columns = {c: frame[c].replace_strict(ordinal(c), return_dtype=pl.Int64).to_numpy() for c in delivered}
    groups = pl.DataFrame({"group": membership(margin, columns), "jumlah": frame["jumlah"]})
    sums = dict(groups.group_by("group").agg(pl.col("jumlah").sum()).iter_rows())
    return {key: sums.get(place, 0) for place, key in enumerate(margin.persons)}
