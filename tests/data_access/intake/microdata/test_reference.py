"""Cells of an export as people write them -> codes of the contract."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data_access.errors import Rejected
from data_access.intake.microdata.arrays import EMPTY, OUTSIDE, UNKNOWN
from data_access.intake.microdata.codes import dataset, source_codes
from data_access.intake.microdata.lookup import MOST_KEPT, Lookup
from data_access.intake.microdata.places import read_reference
from data_access.intake.microdata.reference import JOIN, Reference, day_in, reference

DAY = date(2025, 6, 30)
SIASN_ID = "A5EB03E23CFBF6A0E040640A040252AD"
NOTHING = {EMPTY: "kosong", UNKNOWN: "tak dikenal", OUTSIDE: "di luar"}


@pytest.fixture(scope="module")
def known() -> Reference:
    return reference(DAY, source_codes().default_active, {"x-17": "KB3204", "kec-9": "35"})


def understood(lookup: Lookup, level: str, *cells: str) -> str:
    number = int(lookup.numbers(pl.Series([JOIN.join(cells)]))[0])
    return NOTHING[number] if number in NOTHING else dataset().levels[level].codes[number].code


@pytest.mark.parametrize(
    ("id_", "name", "code"),
    [
        ("", "Pemkab Bandung", "KB3204"),
        (SIASN_ID, "Pemerintah Kab. Bandung", "KB3204"),
        (SIASN_ID, "PEMERINTAH  KABUPATEN BANDUNG", "KB3204"),
        (SIASN_ID, "Kabupaten Bandung", "KB3204"),
        (SIASN_ID, "Pemerintah Kota Bandung", "KT3273"),
        (SIASN_ID, "Pemerintah Provinsi Jawa Tengah", "PV33"),
        (SIASN_ID, "Pemerintah Aceh", "PV11"),
        (SIASN_ID, "Pemerintah Daerah Istimewa Yogyakarta", "PV34"),
        ("'LB01", "", "LB01"),
        ("x-17", "nama lama", "KB3204"),  # the owner's reference goes before the name
        (SIASN_ID, "Bandung", "tak dikenal"),  # city or regency
        ("", "", "kosong"),
        ("-", "NULL", "kosong"),
        (SIASN_ID, "", "tak dikenal"),
    ],
)
def test_agencies(known: Reference, id_: str, name: str, code: str) -> None:
    assert understood(known.agency, "instansi", id_, name) == code


@pytest.mark.parametrize(
    ("id_", "name", "code"),
    [
        ("33", "", "33"),
        ("3374", "", "33"),
        ("33.74", "", "33"),
        ("33.74.01.2003", "", "33"),
        ("'9471", "", "94"),
        (SIASN_ID, "Kota Semarang", "33"),
        (SIASN_ID, "KAB. BIAK NUMFOR", "91"),
        (SIASN_ID, "Semarang", "33"),  # city and regency lie in one province
        (SIASN_ID, "Prov. Jawa Timur", "35"),
        (SIASN_ID, "D.I. Yogyakarta", "34"),
        (SIASN_ID, "Luar Negeri", "99"),
        ("kec-9", "Gubeng", "35"),  # by the owner's reference
        ("3374ABCDEF", "", "tak dikenal"),  # begins with digits by chance
        ("00", "", "tak dikenal"),
        (SIASN_ID, "Atlantis", "tak dikenal"),
        ("", "", "kosong"),
    ],
)
def test_provinces(known: Reference, id_: str, name: str, code: str) -> None:
    assert understood(known.province, "provinsi", id_, name) == code


def test_places_that_did_not_exist_yet_are_not_known() -> None:
    before = reference(date(2022, 6, 30), source_codes().default_active, {})
    assert understood(before.province, "provinsi", "93", "Papua Selatan") == "tak dikenal"
    assert understood(before.agency, "instansi", "PV93", "") == "tak dikenal"


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (("01", "PNS Daerah", "P"), "PNS"),
        (("1", "", "PNS"), "PNS"),
        (("01", "PNS Pusat", "C"), "CPNS"),
        (("71", "", ""), "PPPK"),
        (("71", "PPPK", "P"), "PPPK"),  # the legal position decides
        (("101", "PPPK", ""), "PPPK-PW"),
        (("01", "PPPK Paruh Waktu", ""), "PPPK-PW"),
        (("01", "Pegawai Pemerintah dengan Perjanjian Kerja", ""), "PPPK"),
        (("01", "", ""), "kosong"),
        (("01", "PNS", "X"), "tak dikenal"),
    ],
)
def test_status(known: Reference, cells: tuple[str, ...], code: str) -> None:
    assert understood(known.status, "status", *cells) == code


@pytest.mark.parametrize(
    ("id_", "name", "civil", "contract"),
    [
        ("11", "", "I/a", "tak dikenal"),
        ("45", "", "IV/e", "tak dikenal"),
        ("'34", "III/d", "III/d", "tak dikenal"),
        ("", "iii/d", "III/d", "tak dikenal"),
        ("", "IX", "tak dikenal", "PPPK-IX"),
        ("", "ix", "tak dikenal", "PPPK-IX"),
        ("", "Golongan IX", "tak dikenal", "PPPK-IX"),
        ("", "PPPK-XVII", "tak dikenal", "PPPK-XVII"),
        ("IX", "", "tak dikenal", "PPPK-IX"),
        ("09", "IX", "tak dikenal", "PPPK-IX"),  # the id tells nothing
        ("", "XVIII", "tak dikenal", "tak dikenal"),
        ("46", "", "tak dikenal", "tak dikenal"),
        ("", "", "kosong", "kosong"),
    ],
)
def test_grades_of_the_two_ladders(known: Reference, id_: str, name: str, civil: str, contract: str) -> None:
    assert understood(known.civil_grade, "golongan_ruang", id_, name) == civil
    assert understood(known.contract_grade, "golongan_ruang", id_, name) == contract


@pytest.mark.parametrize(
    ("id_", "name", "code"),
    [
        ("'05", "", "05"),
        ("5", "", "05"),  # a spreadsheet took the zero away
        ("40", "", "40"),
        ("", "S-1/Sarjana", "40"),
        ("", "s-2", "45"),
        ("41", "", "tak dikenal"),
        ("-", "", "kosong"),
    ],
)
def test_education(known: Reference, id_: str, name: str, code: str) -> None:
    assert understood(known.education, "pendidikan", id_, name) == code


@pytest.mark.parametrize(
    ("cell", "code"),
    [("M", "L"), ("F", "P"), ("f", "P"), ("L", "L"), ("P", "P"), ("'M", "L"), ("1", "tak dikenal"), ("", "kosong")],
)
def test_sex(known: Reference, cell: str, code: str) -> None:
    assert understood(known.sex, "jenis_kelamin", cell) == code


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("30-06-1980", 19800630),
        ("'30-06-1980", 19800630),
        ("1/2/1980", 19800201),
        ("1980-06-30", 19800630),
        ("1980-06-30 00:00:00", 19800630),
        ("29-02-1980", 19800229),
        ("29-02-1981", UNKNOWN),
        ("31-02-1980", UNKNOWN),
        ("06-30-1980", UNKNOWN),
        ("19800630", UNKNOWN),
        ("01-01-1800", OUTSIDE),
        ("00-00-0000", UNKNOWN),
        ("", EMPTY),
        ("-", EMPTY),
    ],
)
def test_days(cell: str, number: int) -> None:
    assert day_in(cell) == number


def test_the_default_active_set_is_the_one_the_contract_names() -> None:
    assert all(code in dataset().active.id for code in source_codes().default_active)
    assert dataset().active.id.count(" 71") + dataset().active.id.count("(71)") == 1
    assert len(source_codes().default_active) == 9


def test_tables_of_codes_speak_of_the_contract_only() -> None:
    codes, levels = source_codes(), dataset().levels
    assert set(codes.grades.values()) == {c for c in levels["golongan_ruang"].by_code if not c.startswith("PPPK")}
    assert set(codes.sex.values()) == set(levels["jenis_kelamin"].by_code)
    assert set(codes.agencies.values()) <= set(levels["instansi"].by_code)
    assert set(codes.provinces.values()) <= set(levels["provinsi"].by_code)
    assert {*codes.status.by_flag.values(), *codes.status.by_legal_position.values()} == set(levels["status"].by_code)


def test_a_lookup_looks_at_each_text_once_and_forgets_when_there_are_too_many() -> None:
    seen: list[str] = []
    lookup = Lookup(lambda cell: seen.append(cell) or len(cell))  # type: ignore[func-returns-value]
    assert lookup.numbers(pl.Series(["a", "bb", "a"])).tolist() == [1, 2, 1]
    assert lookup.numbers(pl.Series(["bb"])).tolist() == [2]
    assert sorted(seen) == ["a", "bb"]
    lookup.numbers(pl.Series(map(str, range(MOST_KEPT + 1))))
    lookup.numbers(pl.Series(["bb"]))
    assert seen.count("bb") == 2


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("id;kode\nx;LB01\n", "reference-columns"),
        ("nomor,kode\nx,LB01\n", "reference-columns"),
        ("", "reference-columns"),
        ("id,kode\nx,LB99\n", "reference-code"),
        ("id,kode\n,LB01\n", "reference-code"),
        ("id,kode\nx\n", "reference-code"),
    ],
)
def test_a_reference_that_cannot_be_used_is_refused(tmp_path: Path, content: str, reason: str) -> None:
    file = tmp_path / "acuan.csv"
    file.write_text(content, "utf-8")
    with pytest.raises(Rejected) as caught:
        read_reference(file)
    assert caught.value.reason == reason


def test_a_reference_names_the_rows_that_are_wrong(tmp_path: Path) -> None:
    file = tmp_path / "acuan.csv"
    file.write_text("\ufeffid,kode\nA1,LB01\nB2,salah\nC3,33\n", "utf-8")
    with pytest.raises(Rejected, match=r"pada baris 3\."):
        read_reference(file)
    file.write_text("\ufeffid,kode\nA1,LB01\nC3, 33 \n", "utf-8")
    assert read_reference(file) == {"a1": "LB01", "c3": "33"}
