"""The dictionary finds what people mean, however they write it, the closest first."""

import time

import pytest

from tests.world import dataset
from ui.lookup import search

# what is typed, level and code that must be the first, why
FIRST = [
    ("kab. bandung", "instansi", "KB3204", "an abbreviation of the office"),
    ("KABUPATEN BANDUNG", "instansi", "KB3204", "capitals"),
    ("Pemkab  Bandung", "instansi", "KB3204", "two spaces"),
    ("bandung kab", "instansi", "KB3204", "words in another order"),
    ("guru", "kelompok_jabatan", "guru", "the code itself before those that contain it"),
    ("Teachers", "kelompok_jabatan", "guru", "the English label"),
    ("III/d", "golongan_ruang", "III/d", "a grade"),
    ("iiid", "golongan_ruang", "III/d", "without its stroke"),
    ("s1", "kelompok_pendidikan", "D4/S1", "without its dash"),
    ("05", "pendidikan", "05", "a code with a leading zero"),
    ("18 - 20", "umur_bkn", "18-20", "spaces around the dash"),
    ("18\u201320", "umur_bkn", "18-20", "another dash"),
    ("kanreg xiv", "kanreg", "XIV", "a regional office"),
    ("X", "kanreg", "X", "one letter that is a whole code"),
    ("KM21", "instansi", "KM21", "a code of an agency"),
    ("\u00a0pppk paruh waktu ", "status", "PPPK-PW", "a hard space"),
]


@pytest.mark.parametrize(("typed", "level", "code", "why"), FIRST, ids=[row[3] for row in FIRST])
def test_the_closest_code_comes_first(typed: str, level: str, code: str, why: str) -> None:
    found = search("pegawai", typed)
    assert (found.codes[0].level.name, found.codes[0].code.code) == (level, code)
    assert level in [one.name for one in found.levels]


@pytest.mark.parametrize(
    ("typed", "level"),
    [
        ("umur", "umur_5"),
        ("retirement", "tahun_bup"),
        ("tahun_bup", "tahun_bup"),
        ("tahun bup", "tahun_bup_5"),
        ("TMT", "masa_kerja"),
        ("PP 11/2017", "tahun_bup"),
        ("wilayah", "provinsi"),
    ],
    ids=["dimension", "English", "column name", "column name as words", "definition", "legal base", "its dimension"],
)
def test_levels_are_found_by_name_and_definition(typed: str, level: str) -> None:
    assert level in [one.name for one in search("pegawai", typed).levels]


@pytest.mark.parametrize("typed", ["", "  ", "\u00a0"])
def test_an_empty_search_leaves_every_level(typed: str) -> None:
    found = search("pegawai", typed)
    assert list(found.levels) == list(dataset().levels.values())
    assert found.codes == ()


@pytest.mark.parametrize("typed", ["zzzz", "q", "'; DROP TABLE", "<b>", "*", "%", "\ud800", "{zz}"])
def test_what_is_not_there_is_not_found(typed: str) -> None:
    found = search("pegawai", typed)
    assert (found.levels, found.codes) == ((), ())


def test_levels_stay_in_the_order_of_the_contract() -> None:
    order = list(dataset().levels)
    found = [level.name for level in search("pegawai", "an").levels]
    assert found == sorted(found, key=order.index)
    assert len(found) > 5


def test_a_search_takes_a_moment_at_most() -> None:
    search("pegawai", "pemanasan")
    start = time.perf_counter()
    for typed in ("kabupaten", "an", "papua barat daya", "tidak ada yang begini"):
        search("pegawai", typed)
    assert time.perf_counter() - start < 0.2
