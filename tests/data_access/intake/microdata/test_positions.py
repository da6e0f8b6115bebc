"""Names of positions as exports write them -> jenjang, group and retirement age."""

from datetime import date

import pytest

from data_access.intake.labels import normal
from data_access.intake.microdata.codes import dataset
from data_access.intake.microdata.positions import position, rules

DAY = date(2025, 12, 31)
FUNCTIONAL = [
    ("Guru Ahli Pertama", "ahli_pertama", "guru", 60),
    ("GURU MADYA", "ahli_madya", "guru", 60),
    ("Kepala Sekolah Ahli Madya", "ahli_madya", "guru", 60),
    ("Guru Ahli Utama", "ahli_utama", "guru", 60),  # the law on teachers goes before the rank
    ("Guru Besar", "guru_besar", "dosen", 70),  # no teacher
    ("Profesor", "guru_besar", "dosen", 70),
    ("Asisten Ahli", "asisten_ahli", "dosen", 65),
    ("Lektor Kepala - Dosen", "lektor_kepala", "dosen", 65),
    ("Dosen Lektor", "lektor", "dosen", 65),
    ("Dokter  Ahli Utama", "ahli_utama", "nakes", 65),
    ("Dokter Hewan Ahli Muda", "ahli_muda", "teknis", 58),  # not for people
    ("Asisten Apoteker Terampil", "terampil", "nakes", 58),
    ("Perawat Pelaksana", "terampil", "nakes", 58),  # names of before 2018
    ("Perawat Pelaksana Lanjutan", "mahir", "nakes", 58),
    ("Perawat Pelaksana Pemula", "pemula", "nakes", 58),
    ("Penyuluh Kesehatan Masyarakat Ahli Muda", "ahli_muda", "nakes", 58),
    ("Penyuluh Pertanian Penyelia", "penyelia", "penyuluh", 58),
    ("Epidemiolog Kesehatan Ahli Madya", "ahli_madya", "nakes", 60),
    ("Pranata Laboratorium Kesehatan Mahir", "mahir", "nakes", 58),
    ("Ahli Pertama - Perencana", "ahli_pertama", "teknis", 58),
    ("Perekayasa Ahli Utama", "ahli_utama", "teknis", 70),
    ("Peneliti Ahli Utama", "ahli_utama", "teknis", 70),
    ("Peneliti Ahli Madya", "ahli_madya", "teknis", 65),
    ("Perekayasa Ahli Madya", "ahli_madya", "teknis", 60),
    ("Widyaiswara Ahli Utama", "ahli_utama", "teknis", 65),
]
MANAGERS = [
    ("41", "Kepala Seksi", "pengawas", 58),
    ("iv.b", "Lurah", "pengawas", 58),
    ("31", "Camat", "administrator", 58),
    ("22", "Kepala Dinas", "jpt_pratama", 60),
    ("12", "Deputi", "jpt_madya", 60),
    ("11", "Sekretaris Jenderal", "jpt_madya", 60),
    ("11", "Kepala Badan Kepegawaian Negara", "jpt_utama", 60),
    ("22", "Kepala Badan Pendapatan Daerah", "jpt_pratama", 60),  # a regional head is none of an agency
    ("52", "Kepala Urusan", "eselon_v", 58),
    ("99", "Kepala Sub Bagian Umum", "pengawas", 58),  # no echelon told: by name
    ("", "Kepala Subbagian Umum", "pengawas", 58),
    ("", "Kepala Bagian Hukum", "administrator", 58),
    ("", "Sekretaris Dinas Pertanian", "administrator", 58),
    ("", "Sekretaris Camat", "pengawas", 58),
    ("", "Inspektur Pembantu Wilayah I", "administrator", 58),
    ("", "Inspektur", "jpt_pratama", 60),
    ("", "Sekretaris Direktorat Jenderal", "jpt_pratama", 60),
    ("", "Direktur Jenderal Pajak", "jpt_madya", 60),
]


@pytest.mark.parametrize(("name", "jenjang", "group", "age"), FUNCTIONAL)
def test_functional_positions(name: str, jenjang: str, group: str, age: int) -> None:
    found = position(kind="2", kind_name="", echelon="99", name=normal(name), on=DAY)
    assert found is not None
    assert (found.jenjang, found.group, found.age) == (jenjang, group, age)


@pytest.mark.parametrize(("echelon", "name", "jenjang", "age"), MANAGERS)
def test_managers(echelon: str, name: str, jenjang: str, age: int) -> None:
    found = position(kind="1", kind_name="", echelon=echelon, name=normal(name), on=DAY)
    assert found is not None
    assert (found.jenjang, found.group, found.age) == (jenjang, "lainnya", age)


@pytest.mark.parametrize(
    ("kind", "kind_name", "name"),
    [
        ("2", "", "Guru Kelas"),  # no rank
        ("2", "", "Dosen Ahli Pertama"),  # not a rank of lecturers
        ("2", "", ""),
        ("1", "", "Penjaga"),
        ("", "", "Guru Ahli Muda"),  # no kind
        ("7", "", "Guru Ahli Muda"),
    ],
)
def test_what_no_rule_knows_is_not_guessed(kind: str, kind_name: str, name: str) -> None:
    assert position(kind=kind, kind_name=kind_name, echelon="", name=normal(name), on=DAY) is None


@pytest.mark.parametrize(
    ("kind_name", "name", "jenjang"),
    [
        ("jabatan pelaksana", "Pengemudi", "pelaksana"),
        ("jabatan fungsional umum", "Pengemudi", "pelaksana"),
        ("jabatan fungsional tertentu", "Bidan Mahir", "mahir"),
        ("jabatan struktural", "Camat", "administrator"),
    ],
)
def test_the_kind_is_read_from_its_name_where_the_id_is_missing(kind_name: str, name: str, jenjang: str) -> None:
    found = position(kind="", kind_name=kind_name, echelon="", name=normal(name), on=DAY)
    assert found is not None
    assert found.jenjang == jenjang


def test_the_table_speaks_of_codes_of_the_contract_only() -> None:
    table, ranks = rules(), dataset().levels["jenjang"].by_code
    named = [*table.echelons.values(), table.heads.jenjang, *(r.jenjang for r in (*table.managers, *table.ranks))]
    assert set(named) | {"pelaksana"} == set(ranks), "every rank can be reached"
    groups = {line.group for line in table.groups} | {table.default_group, "lainnya"}
    assert groups == set(dataset().levels["kelompok_jabatan"].by_code)
