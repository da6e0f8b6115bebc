"""The pages on movements, on leadership and on one instansi, as those find them who may open them."""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from data_access.state import engine
from tests.movements import publish_moves
from tests.ui_world import AGENCY, FLOWS, LEADERS, numbers, opened, served, tab, token, words
from tests.ui_world import sound as at
from tests.world import LATE, MIDDLE, World, copied

ANALYSTS = ("analis", "wilayah", "tim-data")
FALLBACK = "Sebagian pilihan di alamat tidak tersedia; ditampilkan pilihan terdekat."


@pytest.fixture(scope="module")
def moving_world(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The common world with the movements of its last period."""
    made = copied(world, tmp_path_factory.mktemp("moves") / "var")
    publish_moves(made, tmp_path_factory.mktemp("delivery") / "arus", MIDDLE, LATE)
    yield made
    engine(made.settings.state).dispose()


@pytest.fixture
def moving_stage(moving_world: World) -> Iterator[World]:
    with served(moving_world):
        yield moving_world


@pytest.mark.parametrize("account", ["analis", "tim-data"])
def test_movements_name_their_period_and_balance(moving_stage: World, account: str) -> None:
    page = at(moving_stage, account, FLOWS)
    assert page.title[0].value == "Siapa masuk, pindah, dan keluar?"
    assert "1 Juli 2023 – 30 Juni 2025" in words(page)
    assert [metric.label for metric in page.metric] == [
        *("Masuk ASN", "Keluar dari ASN", "Arus bersih"),
        *("Arus bersih tercatat", "Perubahan jumlah ASN", "Selisih"),
    ]
    assert len(page.subheader) == 6
    joined, left, net = (_number(page, i) for i in range(3))
    assert joined - left == net
    assert _number(page, 4) - net == _number(page, 5)


def test_leaders_find_no_page_on_movements_or_leadership(moving_stage: World) -> None:
    for page in (FLOWS, LEADERS):
        found = opened(tab(token(moving_stage, "pimpinan")), page)
        assert found.title[0].value.startswith("Ringkasan")


def test_movements_that_a_small_release_does_not_admit_leave_a_sentence_in_their_frame(moving_stage: World) -> None:
    """Of a made-up world so small, events by province have too many small cells."""
    page = at(moving_stage, "wilayah", FLOWS)
    assert len(page.subheader) == 6
    assert "Kombinasi ini tidak diterbitkan" in words(page)
    assert [metric.value for metric in page.metric[:3]] == ["–", "–", "–"]


def test_movements_of_one_province_tell_why_the_difference_is_or_is_not_known(moving_stage: World) -> None:
    page = at(moving_stage, "analis", FLOWS)
    assert "koreksi data" in words(page)
    page.selectbox(key="flows_place").set_value("33").run()
    assert not page.warning
    assert "tidak dihitung" in words(page)


@pytest.mark.parametrize("account", ANALYSTS)
def test_a_release_without_movements_says_so(stage: World, account: str) -> None:
    page = at(stage, account, FLOWS)
    assert [info.value[:25] for info in page.info] == ["Belum ada data arus pada "]
    assert numbers(page) == []


@pytest.mark.parametrize("account", ANALYSTS)
def test_leadership_beside_the_means_of_the_oecd(stage: World, account: str) -> None:
    page = at(stage, account, LEADERS)
    assert page.title[0].value == "Siapa memimpin, dan siapa berikutnya?"
    assert [caption for caption in words(page).splitlines() if caption.startswith("Rata-rata OECD")] == [
        *("Rata-rata OECD 41,1%", "Rata-rata OECD 50,3%", "Rata-rata OECD 50,3%"),
    ]
    assert len(page.metric) == 3
    assert len(page.subheader) == 6
    assert "Government at a Glance" in words(page)


@pytest.mark.parametrize("account", ["pimpinan", *ANALYSTS])
def test_profile_compares_with_peers(stage: World, account: str) -> None:
    page = at(stage, account, AGENCY, instansi="PV34")
    assert page.title[0].value == "Profil instansi: Pemprov DI Yogyakarta"
    assert page.query_params["instansi"] in ("PV34", ["PV34"])
    assert len(page.metric) == 5
    assert page.metric[0].value not in ("–", "<10")
    assert account == "wilayah" or len(page.main.get("plotly_chart")) >= 3
    assert not page.info


def test_profile_keeps_the_choice_in_the_address(stage: World) -> None:
    page = at(stage, "analis", AGENCY)
    first = page.selectbox(key="profile_agency").value
    assert page.query_params["instansi"] in (first, [first])
    page.selectbox(key="profile_agency").set_value("PV33").run()
    assert page.query_params["instansi"] in ("PV33", ["PV33"])
    assert page.title[0].value == "Profil instansi: Pemprov Jawa Tengah"


def test_an_instansi_out_of_reach_looks_like_one_that_nobody_has(stage: World) -> None:
    seen = set()
    for code in ("PV12", "XX99", "<script>", "PV12,PV34"):
        page = at(stage, "wilayah", AGENCY, instansi=code)
        assert [info.value for info in page.info] == [FALLBACK]
        seen.add((words(page), str(page.query_params)))
    assert len(seen) == 1


def test_profile_of_a_limited_analyst_offers_and_counts_own_provinces_only(stage: World) -> None:
    page = at(stage, "wilayah", AGENCY)
    names = page.selectbox(key="profile_agency").options
    assert "Pemprov DI Yogyakarta" in names
    assert not any("Papua" in name or "Aceh" in name for name in names)
    assert "Hanya pegawai yang bekerja di provinsi Anda" in words(page)


@pytest.mark.parametrize("page", [FLOWS, LEADERS, AGENCY])
def test_earlier_periods_and_english(moving_stage: World, page: str) -> None:
    found = at(moving_stage, "analis", page, language="en")
    for index in range(len(found.main.selectbox[0].options)):
        found.main.selectbox[0].select_index(index).run()
        assert not found.exception
        assert not found.error
        assert not found.warning


def _number(page: AppTest, place: int) -> int:
    return int(str(page.metric[place].value).replace(".", "").replace("−", "-").replace("+", ""))


def test_years_are_never_grouped_like_numbers(moving_stage: World) -> None:
    labels = [metric.label for metric in at(moving_stage, "pimpinan", AGENCY).metric]
    assert labels[-1] == "BUP 2026–2030"
