"""The explorer as people use it: measures, hints before a choice, the nearest view, the step back, views kept by name."""

import pytest
from streamlit.testing.v1 import AppTest

from data_access.governance import audit
from data_access.state import engine
from tests.ui_world import EXPLORER, numbers, opened, press, set_account, tab, token, words
from tests.world import World


def explorer(world: World, account: str = "analis", language: str = "", **query: list[str]) -> AppTest:
    return opened(tab(token(world, account), language=language, query=query), EXPLORER)


def options(at: AppTest, key: str) -> list[str]:
    return list(at.selectbox(key=key).options)


def test_two_levels_on_the_rows_with_totals(stage: World) -> None:
    at = explorer(stage, baris=["provinsi", "jenis_instansi"], kolom=["jenis_kelamin"], teratas=["5"])
    table = at.dataframe[0].value
    assert list(table.columns) == ["Provinsi", "Jenis instansi", "Laki-laki", "Perempuan", "Jumlah"]
    assert list(table["Provinsi"])[-1] == "Jumlah"
    assert "lainnya" in list(table["Provinsi"])[-2]
    assert (table["Jenis instansi"] == "Jumlah").sum() == 5
    assert not at.info


@pytest.mark.parametrize(
    "measure",
    ["pangsa-baris", "pangsa-kolom", "pangsa-total", "selisih", "pertumbuhan", "perempuan", "umur", "masa-kerja"],
)
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_measure_is_shown_as_chart_and_table(stage: World, measure: str, language: str) -> None:
    at = explorer(stage, language=language, baris=["provinsi"], kolom=["status"], ukuran=[measure])
    assert not at.error, words(at)
    assert not at.info
    assert numbers(at) == ["plotly_chart", "dataframe"]
    assert at.query_params["ukuran"] == measure


def test_a_level_that_would_not_be_published_says_so_before_it_is_chosen(stage: World) -> None:
    at = explorer(stage, baris=["instansi"])
    hindered = [option for option in options(at, "x_columns") if "⊘" in option]
    assert "Tahun BUP · ⊘ tidak diterbitkan bersama Instansi" in hindered
    assert options(at, "x_columns")[-len(hindered) :] == hindered


def test_a_role_of_two_dimensions_is_told_its_limit(stage: World) -> None:
    at = explorer(stage, "tim-data", baris=["status"], kolom=["golongan"])
    assert "Jenis kelamin · ⊘ melebihi batas dimensi peran Anda" in options(at, "x_rows2")


def test_the_nearest_view_is_one_click_away(stage: World) -> None:
    at = explorer(stage, baris=["instansi"], kolom=["tahun_bup"])
    assert len(at.warning) == 1
    assert numbers(at) == []
    press(at, "Tanpa Tahun BUP")
    assert at.query_params == {"baris": "instansi"}
    assert "dataframe" in numbers(at)


def test_the_last_change_is_undone(stage: World) -> None:
    at = explorer(stage)
    assert at.button(key="x_undo").disabled
    at.selectbox(key="x_rows").set_value("status").run()
    at.selectbox(key="x_columns").set_value("jenis_kelamin").run()
    press(at, "Urungkan")
    assert at.query_params == {"baris": "status"}
    press(at, "Urungkan")
    assert at.query_params == {"baris": "provinsi"}
    assert at.selectbox(key="x_rows").value == "provinsi"
    assert at.button(key="x_undo").disabled


def kept(at: AppTest, name: str, *, shared: bool = False) -> AppTest:
    at.text_input[0].set_value(name)
    if shared:
        at.checkbox[0].check()
    return press(at, "Simpan tampilan")


def test_a_view_is_kept_opened_and_deleted(own_stage: World) -> None:
    at = kept(explorer(own_stage, baris=["status"], kolom=["golongan"]), "Status & golongan")
    again = press(explorer(own_stage), "Buka")
    assert again.query_params == {"baris": "status", "kolom": "golongan"}
    assert not again.info
    press(again, "Hapus")
    assert "Status & golongan" not in words(explorer(own_stage))
    assert not at.error
    told = [entry.event.action for entry in audit.search(engine(own_stage.settings.state), account="analis")]
    assert {"view-save", "view-remove"} <= set(told)


def test_a_view_shared_with_the_role_opens_for_it_and_cannot_be_deleted_by_others(own_stage: World) -> None:
    kept(explorer(own_stage, baris=["status"]), "**Tebal** <b>", shared=True)
    other = explorer(own_stage, "pemilik")
    assert "\\*\\*Tebal\\*\\* \\<b\\>" in words(other)
    assert "Hapus" not in [button.label for button in other.button]
    assert press(other, "Buka").query_params == {"baris": "status"}
    assert "Tebal" not in words(explorer(own_stage, "tim-data"))


def test_a_kept_view_out_of_reach_falls_back_like_any_address(own_stage: World) -> None:
    """An account keeps a view, then gets a narrower role: what it kept opens no more than the address would."""

    kept(explorer(own_stage, baris=["kanreg"], saring=["provinsi:12"]), "Sumatera")
    set_account(own_stage, "analis", role="analis_wilayah", provinces=["33", "34"])
    at = press(explorer(own_stage), "Buka")
    assert len(at.info) == 1
    assert at.query_params == {"baris": "provinsi", "saring": "provinsi:33,34"}
    assert "Sumatera Utara" not in words(at)


def test_a_name_that_is_taken_is_told(own_stage: World) -> None:
    kept(explorer(own_stage), "Sama")
    at = kept(explorer(own_stage, baris=["status"]), "Sama")
    assert ["Anda sudah memiliki tampilan bernama Sama." in str(one.value) for one in at.warning] == [True]


STATUS = {"baris": ["status"]}
PLACES = STATUS | {"kolom": ["provinsi"]}
CHANGED = STATUS | {"ukuran": ["selisih"]}
FORGED: list[tuple[str, dict[str, list[str]], dict[str, list[str]]]] = [
    ("second row", {"baris": ["status", "kanreg"]}, {"baris": ["status", "rahasia"]}),
    ("order", PLACES | {"urut": ["12"]}, PLACES | {"urut": ["xx"]}),
    ("dataset", STATUS | {"data": ["formasi"]}, STATUS | {"data": ["rahasia"]}),
    ("measure", STATUS | {"ukuran": ["jumlah_mentah"]}, STATUS | {"ukuran": ["x"]}),
    ("date", CHANGED | {"banding": ["2024-12-31"]}, CHANGED | {"banding": ["x"]}),
]


@pytest.mark.parametrize(("what", "hidden", "unknown"), FORGED, ids=[one[0] for one in FORGED])
def test_a_forged_address_teaches_nothing(
    stage: World, what: str, hidden: dict[str, list[str]], unknown: dict[str, list[str]]
) -> None:
    seen = [opened(tab(token(stage, "wilayah"), query=query), EXPLORER) for query in (hidden, unknown)]
    assert [len(at.info) for at in seen] == [1, 1]
    assert words(seen[0]) == words(seen[1])
    assert seen[0].query_params == seen[1].query_params
    assert "12" not in str(seen[0].query_params.get("urut", ""))
