"""The data dictionary as each role finds it: all of it for everybody, searchable, shareable, and without a single figure."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data_access.contract import contract
from data_access.words import LANGUAGES, text
from tests.ui_world import damage, end_agreement, numbers, opened, tab, token, words
from tests.world import World, dataset

PAGE = "data/kamus"
USABLE, OUTSIDE = "Dapat Anda gunakan", "Di luar hak akses Anda"
FIGURES = ("metric", "plotly_chart")  # tables here are code lists
EVERY_ROLE = ("pimpinan", "analis", "wilayah", "tim-data", "tim-teknis", "pemilik", "pengelola")


def kamus(world: World, account: str = "analis", *, language: str = "", **params: str) -> AppTest:
    query = {name: [value] for name, value in params.items()}
    return opened(tab(token(world, account), language=language, query=query), PAGE)


def texts(at: AppTest) -> list[str]:
    """Every markdown text of the page; badges are among them."""
    return [str(getattr(one, "value", "")) for one in at.main.get("markdown")]


def badge(at: AppTest) -> str:
    """Whether the level shown is marked as within the viewer's rights."""
    found = [mark for mark in (USABLE, OUTSIDE) if any(mark in one for one in texts(at))]
    assert len(found) == 1
    return found[0]


def rows(at: AppTest, table: int) -> list[dict[str, Any]]:
    """A table of the page: FOUND (only after a search), CODES of the level shown, or ALL levels."""
    return [dict(row) for row in at.dataframe[table].value.to_dict("records")]


FOUND, CODES, ALL = 0, -2, -1


def codes(at: AppTest, table: int = CODES) -> list[str]:
    """The first column of a table of codes."""
    return [str(next(iter(row.values()))) for row in rows(at, table)]


def address(at: AppTest) -> dict[str, str]:
    return {name: value if isinstance(value, str) else value[0] for name, value in at.query_params.items()}


@pytest.mark.parametrize("account", EVERY_ROLE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_role_reads_it_in_both_languages(stage: World, account: str, language: str) -> None:
    at = kamus(stage, account, language=language)
    assert [title.value for title in at.title] == [text("Kamus data", language)]
    assert not at.exception
    assert not at.error
    assert not at.warning
    assert len(at.tabs) == 3
    assert dataset().levels["status"].definition.text(language) in words(at)
    assert dataset().active.text(language) in words(at)


MARKS = [
    ("analis", "pendidikan", USABLE, "all columns"),
    ("pimpinan", "pendidikan", OUTSIDE, "hidden from the role"),
    ("pimpinan", "umur_5", USABLE, "listed for the role"),
    ("wilayah", "kanreg", OUTSIDE, "above the own place"),
    ("pengelola", "status", OUTSIDE, "no data at all"),
    ("tanpa-wilayah", "status", OUTSIDE, "limited, and no place given yet"),
]


@pytest.mark.parametrize(("account", "level", "mark", "why"), MARKS, ids=[f"{row[0]}: {row[3]}" for row in MARKS])
def test_what_the_viewer_may_use_is_marked_and_the_rest_still_explained(
    stage: World, account: str, level: str, mark: str, why: str
) -> None:
    at = kamus(stage, account, tingkat=level)
    assert badge(at) == mark
    assert dataset().levels[level].definition.id in words(at)
    assert codes(at) == [code.code for code in dataset().levels[level].codes]


def test_the_end_of_the_agreement_changes_the_mark_and_not_the_dictionary(own_stage: World) -> None:
    end_agreement(own_stage)
    at = kamus(own_stage)
    assert badge(at) == OUTSIDE
    assert not at.warning


def test_it_needs_no_release(bare_stage: World) -> None:
    at = kamus(bare_stage)
    assert not at.warning
    assert codes(at) == ["PNS", "CPNS", "PPPK", "PPPK-PW"]


def test_it_does_not_mind_a_damaged_release(own_stage: World) -> None:
    damage(own_stage)
    assert not kamus(own_stage).warning


@pytest.mark.parametrize("level", list(dataset().levels))
def test_every_level_has_its_page_by_address(stage: World, level: str) -> None:
    at = kamus(stage, tingkat=level)
    assert dataset().levels[level].definition.id in words(at)
    assert codes(at) == [code.code for code in dataset().levels[level].codes]
    assert not set(FIGURES) & set(numbers(at))


def test_a_search_shows_the_codes_and_narrows_the_dimensions(stage: World) -> None:
    at = kamus(stage)
    at.text_input(key="kamus_cari").set_value("kab. bandung").run()
    assert codes(at, FOUND) == ["KB3204", "KB3217"]
    assert at.button_group(key="kamus_dimensi").options == ["Instansi"]
    assert len(codes(at)) == len(dataset().levels["instansi"].codes)
    assert address(at) == {"cari": "kab. bandung", "tingkat": "instansi"}


def test_a_search_without_a_hit_says_what_to_do(stage: World) -> None:
    at = kamus(stage, cari="zzzz")
    assert [info.value for info in at.info] == ["Tidak ada yang cocok. Coba kata yang lebih pendek atau kodenya."]
    at.text_input(key="kamus_cari").set_value("guru").run()
    assert not at.info
    assert codes(at, FOUND)[0] == "guru"


def test_a_link_holds_search_and_level(stage: World) -> None:
    at = kamus(stage, cari="guru", tingkat="jenjang")
    assert at.text_input(key="kamus_cari").value == "guru"
    assert codes(at) == [code.code for code in dataset().levels["jenjang"].codes]
    assert address(at) == {"cari": "guru", "tingkat": "jenjang"}


def test_choosing_another_dimension_and_level_changes_the_address(stage: World) -> None:
    at = kamus(stage)
    at.button_group(key="kamus_dimensi").set_value("umur").run()
    assert address(at) == {"tingkat": "umur_bkn"}
    at.button_group(key="kamus_tingkat").set_value("generasi").run()
    assert address(at) == {"tingkat": "generasi"}
    assert codes(at) == ["BB", "X", "Y", "Z"]


# what the address says, search and level that are shown instead
BAD_ADDRESSES: list[tuple[dict[str, str], str, str]] = [
    ({"tingkat": "gaji"}, "", "status"),
    ({"tingkat": ""}, "", "status"),
    ({"tingkat": "provinsi'; --"}, "", "status"),
    ({"cari": "x" * 500}, "x" * 80, ""),
    ({"cari": "guru", "tingkat": "provinsi"}, "guru", "kelompok_jabatan"),
    ({"lain": "1"}, "", "status"),
]


@pytest.mark.parametrize(("params", "typed", "level"), BAD_ADDRESSES, ids=[str(row[0])[:40] for row in BAD_ADDRESSES])
def test_a_bad_address_falls_back(stage: World, params: dict[str, str], typed: str, level: str) -> None:
    at = kamus(stage, **params)
    assert not at.exception
    assert not at.error
    assert at.text_input(key="kamus_cari").value == typed
    if level:
        assert codes(at) == [code.code for code in dataset().levels[level].codes]
    assert address(at).get("tingkat", "") == level
    assert "lain" not in address(at)


def test_markup_in_a_search_stays_text(stage: World) -> None:
    at = kamus(stage, cari="<b>:red[x]</b>")
    assert not any(":red[" in one for one in texts(at))


def test_an_english_reader_sees_english_labels_and_the_indonesian_beside(stage: World) -> None:
    heads = [text(head, "en") for head in ("Kode", "Arti", "Dalam bahasa Indonesia")]
    assert rows(kamus(stage, language="en", tingkat="jenis_kelamin"), CODES) == [
        dict(zip(heads, row, strict=True)) for row in (("L", "Men", "Laki-laki"), ("P", "Women", "Perempuan"))
    ]


def test_new_codes_tell_since_when(stage: World) -> None:
    shown = rows(kamus(stage, tingkat="provinsi"), CODES)
    assert {row["Kode"]: row["Berlaku sejak"] for row in shown if row["Berlaku sejak"]} == {
        "93": "25 Juli 2022",
        "94": "25 Juli 2022",
        "95": "25 Juli 2022",
        "96": "8 Desember 2022",
    }


@pytest.mark.parametrize(
    ("level", "told"),
    [
        ("umur_bkn", "resmi, tepat"),  # the sum of a printed one
        ("instansi", "resmi, tepat"),
        ("tahun_bup", "terlindung"),
        ("tahun_bup_5", "terlindung"),
    ],
)
def test_it_says_which_totals_are_exact(stage: World, level: str, told: str) -> None:
    facts = texts(kamus(stage, tingkat=level))
    assert [one.split("\n")[-1] for one in facts if "Angka nasional" in one] == [told]


def test_all_levels_stand_in_one_table(stage: World) -> None:
    table = rows(kamus(stage, "pimpinan"), ALL)
    assert [row["Nama kolom"] for row in table] == list(dataset().levels)
    listed = set(stage.viewer("pimpinan").role.datasets["pegawai"].levels)
    assert {row["Nama kolom"] for row in table if row[USABLE]} == listed


def test_the_versions_of_the_contract_are_told(stage: World) -> None:
    shown = words(kamus(stage))
    for version in contract().history("pegawai"):
        assert f"Versi {version.version}" in shown
        assert all(change.text.id in shown for change in version.changes)


def test_both_files_are_offered_to_roles_that_may_not_export_data(stage: World) -> None:
    """Code lists describe the data and hold none."""
    at = kamus(stage, "pengelola")
    assert [one.proto.label for one in at.main.get("download_button")] == [
        "Unduh kode ini (CSV)",
        "Unduh semua kode (CSV)",
    ]


def test_signs_of_the_screen_are_explained(stage: World) -> None:
    shown = kamus(stage).table[0].value
    assert list(shown["Di layar"]) == ["1.234.567", "1.235", "<10", "–"]
    assert "kelipatan 5" in " ".join(shown["Artinya"])


def test_a_search_of_one_tab_is_not_that_of_another(stage: World) -> None:
    session = token(stage, "analis")
    opened(tab(session, query={"cari": ["guru"]}), PAGE)
    assert opened(tab(session), PAGE).text_input(key="kamus_cari").value == ""
