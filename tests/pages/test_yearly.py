"""The pages on posts and on indices, and what other pages say of them, as each role finds them."""

from collections.abc import Iterator

import pytest

from data_access.state import engine
from tests.ui_world import EXPLORER, HISTORY, INDICES, POSTS, RETIRING, SUMMARY, opened, served, tab, token, words
from tests.ui_world import sound as at
from tests.world import World, copied
from tests.yearly import EARLIER, LATER, publish_yearly

READERS = ("pimpinan", "analis", "wilayah", "tim-data", "pemilik")
NOISE = ("diacak", "pengacakan", "terlindung", "dibulatkan", "ditekan", "±", "<10", "rahasia")


@pytest.fixture(scope="module")
def yearly_world(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The common world with posts and indices of two years."""
    made = copied(world, tmp_path_factory.mktemp("yearly") / "var")
    publish_yearly(made, tmp_path_factory.mktemp("deliveries"))
    yield made
    engine(made.settings.state).dispose()


@pytest.fixture
def yearly_stage(yearly_world: World) -> Iterator[World]:
    with served(yearly_world):
        yield yearly_world


@pytest.mark.parametrize("account", READERS)
def test_posts_are_told_from_need_to_filled(yearly_stage: World, account: str) -> None:
    page = at(yearly_stage, account, POSTS)
    assert [metric.label for metric in page.metric] == ["Kebutuhan", "Ditetapkan", "Keterisian", "Pelamar per formasi"]
    assert len(page.get("plotly_chart")) == 7
    if account != "wilayah":
        assert page.metric[1].value == "1.289.824"
        assert "Dari 2.302.543 kebutuhan, 1.289.824 ditetapkan dan 1.049.944 terisi" in words(page)
    assert [word for word in NOISE if word in words(page)] == []
    assert "Angka tepat" in words(page)


@pytest.mark.parametrize("account", READERS)
@pytest.mark.parametrize("index", ["ip_asn", "merit", "rb", "nspk"])
def test_indices_are_told_with_their_coverage(yearly_stage: World, account: str, index: str) -> None:
    page = at(yearly_stage, account, INDICES)
    if index != "ip_asn":
        page.button_group(key="indices_index").set_value(index).run()
    labels = ["Nilai rata-rata", "Instansi dinilai", "Predikat tertinggi"]
    assert [m.label for m in page.metric if m.label != "Pegawai terukur"] == labels
    assert ("Pegawai terukur" in [m.label for m in page.metric]) == (index == "ip_asn")
    assert "dari yang wajib" in words(page)
    assert "Bobot dan batas predikat 2024" in words(page)
    assert [word for word in NOISE if word in words(page)] == []
    moved = "Tidak dibandingkan dengan 2022" in words(page)
    assert moved == (index == "rb")


def test_the_bands_of_the_merit_system_in_2022_are_those_published(yearly_stage: World) -> None:
    page = at(yearly_stage, "analis", INDICES)
    page.selectbox(key="indices_period").set_value(EARLIER).run()
    page.button_group(key="indices_index").set_value("merit").run()
    assert "174 dari 639 instansi berpredikat Sangat Baik atau Baik" in words(page)
    assert next(m.value for m in page.metric if m.label == "Instansi dinilai") == "417 dari 639"


@pytest.mark.parametrize("page", [POSTS, INDICES])
def test_a_release_without_them_says_so(stage: World, page: str) -> None:
    found = at(stage, "analis", page)
    assert "Belum ada data" in found.info[0].value
    assert not found.metric


@pytest.mark.parametrize(("page", "account"), [(POSTS, "tim-teknis"), (INDICES, "tim-teknis"), (POSTS, "pengelola")])
def test_roles_without_the_page_do_not_find_it(yearly_stage: World, page: str, account: str) -> None:
    found = opened(tab(token(yearly_stage, account)), page)
    assert "formasi" not in found.title[0].value
    assert "profesional" not in found.title[0].value


def test_a_limited_viewer_is_told_of_own_places_only(yearly_stage: World) -> None:
    page = at(yearly_stage, "wilayah", INDICES)
    assert page.selectbox(key="indices_place").options == ["Seluruh provinsi Anda", "Jawa Tengah", "DI Yogyakarta"]
    agencies = {row for frame in page.dataframe for row in frame.value.to_numpy().ravel() if isinstance(row, str)}
    assert any("Jawa Tengah" in name for name in agencies)
    assert not any("Pemprov Sumatera Utara" in name for name in agencies)


@pytest.mark.parametrize(("account", "told"), [("analis", True), ("tim-teknis", True), ("pemilik", True)])
def test_the_summary_names_the_posts_of_the_year(yearly_stage: World, account: str, told: bool) -> None:
    page = at(yearly_stage, account, SUMMARY)
    assert (f"Formasi tahun {LATER.year}" in words(page)) == told
    assert len(page.metric) == 6 + 4 * told


def test_the_history_names_the_number_that_stands_for_each(yearly_stage: World) -> None:
    page = at(yearly_stage, "analis", HISTORY)
    totals = page.dataframe[0].value["Jumlah"].to_list()
    assert "1.289.824 (Penetapan)" in totals
    assert any(total.endswith("(IP ASN, Instansi dinilai)") for total in totals)


@pytest.mark.parametrize(("data", "measure"), [("formasi", "keterisian"), ("indeks", "nilai")])
def test_the_explorer_begins_where_the_numbers_mean_something(yearly_stage: World, data: str, measure: str) -> None:
    page = at(yearly_stage, "analis", EXPLORER, data=data)
    assert page.selectbox(key="x_measure").value == measure
    assert page.dataframe
    assert [word for word in NOISE if word in words(page)] == []


@pytest.mark.parametrize(
    ("data", "measure", "more"), [("formasi", "keterisian", {}), ("indeks", "nilai", {"saring": "indeks:merit"})]
)
def test_the_explorer_knows_rates_and_means(yearly_stage: World, data: str, measure: str, more: dict[str, str]) -> None:
    page = at(yearly_stage, "analis", EXPLORER, data=data, baris="jenis_instansi", ukuran=measure, **more)
    assert page.selectbox(key="x_measure").value == measure
    assert len(page.dataframe[0].value) == 6  # five kinds, and all of them


@pytest.mark.parametrize("account", ["pimpinan", "analis"])
def test_a_plan_is_filled_from_posts_and_says_so(yearly_stage: World, account: str) -> None:
    page = at(yearly_stage, account, RETIRING)
    way = page.selectbox(key="scenario_0_inflow")
    way.set_value("rencana").run()
    assert page.button(key="scenario_0_fill").label == "Isi dari formasi"
    page.button(key="scenario_0_fill").click().run()
    page.number_input(key="scenario_0_pppk").set_value(80.0).run()  # this world has no movements to estimate it from
    assert not page.exception
    source = "Sumber: formasi yang ditetapkan 2024 dikali keterisian 2024"
    assert source in words(page)
    fields = {one.key or "": one.value or "" for one in page.text_input if "_plan_" in (one.key or "")}
    filled = next(key for key, value in fields.items() if value)
    assert fields[filled].isdecimal()
    page.text_input(key=filled).set_value("7").run()
    assert source not in words(page)
