"""The pages of the cooperation: for each role of both parties, empty and filled, and with words that would like to be more."""

import io
from collections.abc import Iterator

import pytest
from docx import Document
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from data_access.governance.audit import search
from data_access.governance.registers.catalogue import REGISTERS
from data_access.state import engine
from tests.cooperation import HOSTILE, opened, taken
from tests.ui_world import AGREEMENT, COOPERATION, PROFILE, REQUESTS, SUMMARY, offered, served, tab, token, words
from tests.ui_world import opened as at_page
from tests.world import World, copied
from ui.agreeing import evaluation
from ui.agreeing.places import PAGE_OF, path_of
from ui.session import Bearer

FULL = ("pimpinan", "pimpinan-bkn", "tim-teknis", "teknis-bkn")
ASKING = ("analis", "pemilik", "wilayah", "tim-data")
SEEN = [(account, name) for name in REGISTERS for account in FULL] + [
    (account, name) for name in PAGE_OF["permintaan"] for account in ASKING
]
NOT_MARKDOWN = {"html", "arrow_data_frame", "dataframe", "code", "selectbox"}
Filled = tuple[World, dict[str, int]]


@pytest.fixture(scope="module")
def filled(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    """One matter of every register, its words typed by somebody who means harm. Looked at only."""
    made = copied(world, tmp_path_factory.mktemp("filled") / "var")
    with served(made):
        matters = {name: opened(made, name, words=HOSTILE) for name in REGISTERS}
        taken(made, "teknis-bkn", matters["evaluasi"], "tanggapi", note=HOSTILE)
        yield made, matters
    engine(made.settings.state).dispose()


def look(world: World, account: str, register: str, number: int) -> AppTest:
    return at_page(tab(token(world, account), query={"perkara": [str(number)]}), path_of(register))


@pytest.mark.parametrize(("account", "register"), SEEN)
def test_a_matter_is_whole_for_each_role_that_has_its_page(filled: Filled, account: str, register: str) -> None:
    world, matters = filled
    at = look(world, account, register, matters[register])
    described, told = REGISTERS[register], words(at)
    assert not at.exception
    assert not at.error
    assert f'<h3 class="asn-title">{described.label} {matters[register]}: ' in told
    assert all(f"<dt>{info.title}</dt>" in told for info in described.opening.facts.model_fields.values())
    assert at.button_group[0].value == register
    assert f"<strong>{described.opening.label}</strong>" in told


@pytest.mark.parametrize("register", REGISTERS)
def test_typed_words_are_never_markdown(filled: Filled, register: str) -> None:
    """Neither in the matter nor in the table, the list of what waits, or any label on the page."""
    world, matters = filled
    at = look(world, "pimpinan-bkn", register, matters[register])
    carrying = {(kind, proto) for kind, proto in elements(at.main) if "jahat" in proto}
    assert {kind for kind, _proto in carrying} <= NOT_MARKDOWN
    assert carrying or register == "evaluasi"  # which is named by its half-year
    assert not [proto for kind, proto in carrying if kind == "html" and "<script" in proto]


def elements(block: Block) -> Iterator[tuple[str, str]]:
    """Every element below, and every block with a label: its kind and all that the browser gets of it."""
    for child in block.children.values():
        yield child.type, str(child.proto)
        if isinstance(child, Block):
            yield from elements(child)


@pytest.mark.parametrize("page", COOPERATION)
@pytest.mark.parametrize("account", FULL)
def test_every_tab_of_an_empty_page_says_so_and_offers_what_the_role_may_open(
    stage: World, account: str, page: str
) -> None:
    at = at_page(tab(token(stage, account)), page)
    for register in PAGE_OF[page.split("/")[1]]:
        at.query_params.update({"daftar": [register]})
        at.run()
        assert not at.exception
        if register != "tim":
            assert [told.value for told in at.info] == ["Belum ada catatan pada daftar ini."]
        described = REGISTERS[register]
        decides, party = account.startswith("pimpinan"), "kedua" if account.endswith("bkn") else "kesatu"
        may = (decides or described.opening.right != "decide") and party in described.opener
        assert (described.opening.label in [getattr(button, "label", "") for button in at.main.get("button")]) == may


def test_the_form_of_a_register_is_opened_filled_and_refused_with_its_rule(own_stage: World) -> None:
    at = at_page(tab(token(own_stage, "tim-teknis")), "kerja_sama/evaluasi")
    at.button(key="new_evaluasi").click().run()
    at.button(key="open_evaluasi_send").click().run()
    assert [told.value for told in at.warning] == ["Isi dahulu: Tahun."]
    at.number_input(key="open_evaluasi_year").set_value(2024).run()
    at.selectbox(key="open_evaluasi_half").select("1").run()
    at.button(key="open_evaluasi_send").click().run()
    assert "Laporan evaluasi" in words(at)
    assert ": <bdi>I/2024</bdi>" in words(at)
    at.button(key="new_evaluasi").click().run()
    at.number_input(key="open_evaluasi_year").set_value(2024).run()
    at.selectbox(key="open_evaluasi_half").select("1").run()
    at.button(key="open_evaluasi_send").click().run()
    assert "untuk 2024-1 sudah ada (Pasal 7)" in at.warning[0].value


def test_a_missing_document_keeps_the_form_as_it_was(own_stage: World) -> None:
    at = at_page(tab(token(own_stage, "analis")), REQUESTS)
    at.button(key="new_permintaan").click().run()
    at.text_input(key="open_permintaan_number").set_value("B/1").run()
    at.date_input(key="open_permintaan_dated").set_value(own_stage.viewer("analis").day).run()
    at.selectbox(key="open_permintaan_dataset").select("pegawai").run()
    at.multiselect(key="open_permintaan_levels").set_value(["kelompok_masa_kerja"]).run()
    at.text_area(key="open_permintaan_purpose").set_value("Kajian regenerasi jabatan.").run()
    at.button(key="open_permintaan_send").click().run()
    assert [told.value for told in at.warning] == ["Ajukan permintaan data: lampirkan dokumennya (Pasal 12 ayat (3))."]
    assert at.text_input(key="open_permintaan_number").value == "B/1"


def test_a_damaged_document_is_told_and_the_rest_of_the_matter_stays(own_stage: World) -> None:
    number = opened(own_stage, "permintaan")
    for file in own_stage.settings.documents.rglob("*"):
        if file.is_file():
            file.write_bytes(b"lain")
    at = look(own_stage, "tim-teknis", "permintaan", number)
    assert [told.value for told in at.warning] == [
        "Dokumen surat.pdf hilang atau berubah di penyimpanan, sehingga tidak ditampilkan. Hubungi pengelola."
    ]
    assert at.get("download_button") == []
    assert "Pilih baris untuk membuka perkaranya." in words(at)


# What waits -----------------------------------------------------------------------------------------------------------


def waits(at: AppTest) -> list[str]:
    return [str(getattr(link, "value", "")) for link in at.main.get("page_link")]


def test_what_waits_stands_on_the_page_of_those_who_can_do_it(own_stage: World) -> None:
    number = opened(own_stage, "perpanjangan")
    for account, told in (("pimpinan-bkn", True), ("teknis-bkn", True), ("pimpinan", False), ("tim-teknis", False)):
        at = at_page(tab(token(own_stage, account)), AGREEMENT)
        assert ("Jawab usul perpanjangan" in waits(at)) is told, account
    at = look(own_stage, "pimpinan-bkn", "perpanjangan", number)
    assert "Sepakati" in [option.content for group in at.main.get("button_group") for option in group.proto.options]


def test_what_waits_stands_folded_below_the_figures_of_the_summary(own_stage: World) -> None:
    opened(own_stage, "perpanjangan")
    at = at_page(tab(token(own_stage, "pimpinan-bkn")), SUMMARY)
    panel = next(one for one in at.main.get("expander") if str(getattr(one, "label", "")).startswith("Jatuh tempo: "))
    assert not panel.proto.expanded
    assert len(waits(at)) <= 5
    kinds = [kind for kind, _proto in elements(at.main) if kind in ("metric", "page_link", "plotly_chart")]
    assert kinds.index("metric") < kinds.index("page_link") < kinds.index("plotly_chart")


def test_an_analyst_is_told_of_what_an_analyst_can_do(own_stage: World) -> None:
    asked = opened(own_stage, "pendampingan")
    opened(own_stage, "permintaan")
    assert waits(at_page(tab(token(own_stage, "analis")), SUMMARY)) == []
    taken(own_stage, "teknis-bkn", asked, "jawab", note="Demikian jawaban kami.")
    assert waits(at_page(tab(token(own_stage, "analis")), SUMMARY)) == ["Tutup pendampingan yang sudah dijawab"]
    assert waits(at_page(tab(token(own_stage, "pemilik")), SUMMARY)) == []


def test_a_link_on_the_page_itself_turns_the_switch(own_stage: World) -> None:
    opened(own_stage, "perpanjangan")
    number = opened(own_stage, "adendum")
    at = at_page(tab(token(own_stage, "pimpinan")), AGREEMENT)
    assert f"Adendum {number}" not in words(at)
    at.query_params.update({"perkara": [str(number)]})
    at.run()
    assert f"Adendum {number}" in words(at)


# Documents ------------------------------------------------------------------------------------------------------------


def test_the_evaluation_document_holds_typed_words_as_they_were_typed(filled: Filled) -> None:
    world, matters = filled
    made = evaluation._document(Bearer(token(world, "pimpinan"), "10.0.0.7"), matters["evaluasi"], "id")
    document = Document(io.BytesIO(made))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    told = "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    assert HOSTILE in told
    assert "49" not in told.replace(HOSTILE, "").split("Tanggapan")[-1]


def test_an_account_without_data_has_no_part(stage: World) -> None:
    at = at_page(tab(token(stage, "pengelola")), PROFILE)
    assert waits(at) == []
    assert AGREEMENT not in offered(at)


def test_the_data_of_an_incident_are_looked_up_when_asked_for_and_the_look_is_recorded(filled: Filled) -> None:
    world, matters = filled
    number, state = matters["insiden"], engine(world.settings.state)
    at = look(world, "teknis-bkn", "insiden", number)
    looks = len(search(state, action="incident-look"))
    assert "PEMBERITAHUAN KEGAGALAN" not in words(at)
    at.toggle(key=f"concerned_{number}").set_value(True).run()
    assert not at.exception
    assert "PEMBERITAHUAN KEGAGALAN" in words(at)
    [newest, *earlier] = search(state, action="incident-look")
    assert (newest.event.account, newest.event.detail, len(earlier)) == ("teknis-bkn", str(number), looks)
