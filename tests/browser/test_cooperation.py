"""A whole year of the agreement, walked by people of both parties in real browsers (Pasal 6, 7, 8, 9, 12)."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from data_access.governance import agreement, audit
from data_access.governance.agreement import today
from data_access.state import engine
from data_access.words import day as in_words
from tests.browser.cooperating import Party
from tests.browser.server import started, visitor
from tests.cooperation import HOSTILE, half_year_over, opened
from tests.ui_world import served
from tests.world import World, copied

pytestmark = pytest.mark.browser
COLUMN = "Kelompok masa kerja"
ACCOUNTS = ("pimpinan", "pimpinan-bkn", "tim-teknis", "teknis-bkn", "analis")


@pytest.fixture(scope="module")
def office(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = copied(world, tmp_path_factory.mktemp("cooperation") / "var")
    yield made
    engine(made.settings.state).dispose()


@pytest.fixture(scope="module")
def people(browser: Browser, office: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Party]]:
    with ExitStack() as stack:
        base = stack.enter_context(started(office, tmp_path_factory.mktemp("log") / "server.log"))
        made = {name: Party(stack.enter_context(visitor(browser, base)), name) for name in ACCOUNTS}
        yield made
        for person in made.values():
            assert person.me.other_hosts() == []
            assert person.me.complaints == []


def test_both_parties_prolong_the_agreement(people: dict[str, Party], office: World) -> None:
    lead, other = people["pimpinan"], people["pimpinan-bkn"]
    viewer = office.viewer("pimpinan")
    first = agreement.unbroken_until(viewer.standing, viewer.day) + timedelta(days=1)
    last = date(first.year + 2, 2, 8)
    lead.to("Perjanjian")
    lead.form("Usulkan perpanjangan")
    lead.write(Nomor_dokumen_perpanjangan="15/KS.00/2027")
    lead.day("Berlaku mulai", first)
    lead.day("Berlaku sampai", last)
    lead.attach("perpanjangan.pdf")
    lead.done("diusulkan, menunggu pihak lain")
    other.waits("Jawab usul perpanjangan")
    other.step("Sepakati")
    other.done("disepakati")
    expect(other.page.get_by_text(f"Berlaku sampai {in_words(last, 'id')}")).to_be_visible()


def test_a_request_becomes_an_addendum_that_shows_its_column(people: dict[str, Party]) -> None:
    analyst, lead, other = people["analis"], people["pimpinan"], people["pimpinan-bkn"]
    assert not offered(analyst)
    analyst.to("Permintaan")
    analyst.form("Ajukan permintaan data")
    analyst.write(Nomor_surat_permintaan="B/12/SM.02/2027")
    analyst.day("Tanggal surat", today())
    analyst.choose("Himpunan data", "Pegawai ASN")
    analyst.add("Kolom yang diminta", COLUMN)
    analyst.write(Keperluan="Kajian regenerasi jabatan fungsional.")
    analyst.attach("permintaan.pdf")
    analyst.done("diajukan, menunggu telaah")

    team = people["teknis-bkn"]
    team.waits("Telaah permintaan data")
    team.step("Telaah")
    team.choose("Saran tim teknis", "Dapat dipenuhi")
    team.write(Hasil_telaah="Kolom turunan, risikonya rendah.")
    team.done("ditelaah, menunggu keputusan pemilik")

    other.waits("Putuskan permintaan data")
    other.step("Setujui")
    other.done("disetujui, menunggu adendum")
    other.to("Perjanjian")
    other.register("Adendum")
    other.form("Usulkan adendum")
    other.write(Nomor_adendum="ADD-1/2027")
    other.choose("Himpunan data", "Pegawai ASN")
    other.add("Kolom yang dibuka", COLUMN)
    other.choose("Versi kontrak data", "1.1")
    other.choose("Dibuka bagi", "PIHAK KESATU (KemenPANRB)")
    other.day("Berlaku mulai", today())
    other.choose("Lahir dari permintaan (boleh kosong)", "B/12/SM.02/2027")
    other.attach("adendum.pdf")
    other.done("diusulkan, menunggu pihak lain")
    assert not offered(analyst)

    lead.waits("Jawab usul adendum")
    lead.step("Sepakati")
    lead.done("disepakati")
    own = people["tim-teknis"]
    own.waits("Tuangkan permintaan dalam adendum")
    own.step("Catat adendumnya")
    own.choose("Adendum", "ADD-1/2027")
    own.done("dituangkan dalam adendum")
    assert offered(analyst)
    rows = analyst.page.get_by_role("combobox", name="Baris").first
    rows.click()
    rows.fill(COLUMN)
    analyst.page.get_by_role("option", name=COLUMN, exact=True).click()
    analyst.page.wait_for_url("**baris=kelompok_masa_kerja**")
    expect(analyst.page.locator(".js-plotly-plot").first).to_be_visible()


def offered(analyst: Party) -> bool:
    """Whether the explorer lists the column among its rows."""
    analyst.to("Eksplorasi")
    rows = analyst.page.get_by_role("combobox", name="Baris").first
    rows.click()
    rows.fill("masa kerja")  # a long list draws only its beginning
    expect(analyst.page.get_by_role("option", name="Masa kerja", exact=True)).to_be_visible()
    found = analyst.page.get_by_role("option", name=COLUMN, exact=True).count() > 0
    analyst.page.keyboard.press("Escape")
    analyst.me.settled()
    return found


def test_both_parties_evaluate_a_half_year(people: dict[str, Party], tmp_path: Path) -> None:
    team, lead, other = people["tim-teknis"], people["pimpinan"], people["pimpinan-bkn"]
    period = half_year_over(today())
    half = "I" * int(period["half"])
    team.waits(f"Susun laporan evaluasi semester {half}/{period['year']}")
    team.form("Susun laporan evaluasi")
    team.write(Tahun=str(period["year"]))
    team.choose("Semester", f"Semester {half}")
    team.done("disusun, menunggu kedua pihak")
    guest = people["teknis-bkn"]
    guest.waits("Tanggapi dan tutup laporan evaluasi")
    guest.step("Tanggapi")
    guest.write(Keterangan="Kiriman Juni terlambat karena rekonsiliasi.")
    guest.done("disusun, menunggu kedua pihak")
    lead.waits("Tanggapi dan tutup laporan evaluasi")
    lead.step("Tutup laporan")
    lead.done("disusun, menunggu kedua pihak")
    other.waits("Tanggapi dan tutup laporan evaluasi")
    other.step("Tutup laporan")
    other.done("ditutup kedua pihak")
    with other.page.expect_download() as download:
        other.page.get_by_role("button", name="Unduh laporan (DOCX)").click()
    download.value.save_as(tmp_path / "evaluasi.docx")
    assert download.value.suggested_filename == f"evaluasi-{period['year']}-{period['half']}.docx"
    assert (tmp_path / "evaluasi.docx").read_bytes()[:2] == b"PK"


def test_an_incident_is_contained_and_told_in_time(people: dict[str, Party]) -> None:
    team = people["tim-teknis"]
    found = datetime.combine(today() - timedelta(days=1), time(12))
    team.to("Insiden dan keadaan kahar")
    team.form("Laporkan insiden")
    team.write(Perihal="Berkas terkirim ke alamat keliru")
    team.moment("Ditemukan pada", found)
    team.moment("Diduga mulai pada", found - timedelta(hours=2), 1)
    team.write(Apa_yang_terjadi_dan_bagaimana_ditemukan="Alamat surel salah ketik, penerima memberi tahu.")
    team.done("ditemukan")
    expect(team.page.get_by_text("Pemberitahuan tertulis 3 × 24 jam: sisa").first).to_be_visible()
    team.step("Catat penghentian")
    team.moment("Dihentikan pada", found + timedelta(hours=1))
    team.write(Tindakan="Penerima menghapus berkasnya.")
    team.done("dihentikan, belum diberitahukan")
    team.step("Catat pemberitahuan")
    team.moment("Diberitahukan pada", found + timedelta(hours=2))
    team.write(Kepada="Pimpinan BKN", Isi_pemberitahuan="Satu berkas agregat terkirim keliru dan telah dihapus.")
    team.done("dihentikan dan diberitahukan")


def test_a_notice_that_is_agreed_to_ends_the_agreement_early(people: dict[str, Party], office: World) -> None:
    lead, team, other = people["pimpinan"], people["teknis-bkn"], people["pimpinan-bkn"]
    wished = today() + timedelta(days=100)
    lead.to("Perjanjian")
    lead.register("Penghentian")
    lead.form("Beritahukan penghentian")
    lead.write(Nomor_surat_pemberitahuan="7/PANRB/2027")
    lead.day("Tanggal surat", today())
    lead.day("Tanggal penghentian yang dikehendaki", wished)
    lead.attach("pemberitahuan.pdf")
    lead.done("dikirim, menunggu konfirmasi")
    team.waits("Konfirmasi penerimaan surat penghentian")
    team.step("Konfirmasi penerimaan")
    team.day("Diterima pada", today())
    team.write(Diterima_oleh="Sekretariat")
    team.choose("Cara konfirmasi", "Tertulis")
    team.done("diterima, menunggu jawaban")
    other.waits("Jawab surat penghentian")
    other.step("Setujui penghentian")
    other.done("disepakati")
    expect(other.page.get_by_text(f"Berlaku sampai {in_words(wished, 'id')}")).to_be_visible()
    assert office.viewer("analis").standing.agreement.ended_early == wished
    steps = audit.search(engine(office.settings.state), action="register-step")
    assert {entry.event.party for entry in steps} == {"kesatu", "kedua"}


def test_typed_words_do_nothing_in_the_browser(people: dict[str, Party], office: World) -> None:
    """Runs last: no link, no picture, no script, no mark, in the matter, the lists to choose from and what waits."""
    person = people["tim-teknis"]
    with served(office):
        opened(office, "koordinasi", words=HOSTILE)
        opened(office, "insiden", words=HOSTILE)
    person.to("Evaluasi dan koordinasi")
    person.register("Keputusan dan tindak lanjut")
    person.form("Catat keputusan")
    expect(person.look("Dari risalah", "jahat.example")).to_be_visible()
    harmless(person)
    person.page.keyboard.press("Escape")
    person.waits("Beritahukan insiden secara tertulis")
    expect(person.page.locator(".asn-title").get_by_text("<script>alert(1)</script>")).to_be_visible()
    harmless(person)


def harmless(person: Party) -> None:
    assert person.page.locator("a[href*='jahat']").count() == 0
    assert person.page.get_by_text(":material/verified:").count() > 0
    assert person.page.locator("strong", has_text="jahat").count() == 0
    assert person.page.evaluate("() => [...document.scripts].every(one => !one.text.includes('alert(1)'))")
