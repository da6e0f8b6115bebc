"""What people do, in a real browser against a really started server."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from data_access.contract import contract
from data_access.governance import audit
from data_access.state import engine
from data_access.words import text
from tests.browser.server import Visitor
from tests.world import FOREIGN, World
from ui.cookies import PLAIN

pytestmark = pytest.mark.browser
Arrive = Callable[..., Visitor]
CLICKS, SETTLED = 3, 1_500
SUMMARY = re.compile("Ringkasan ASN")
FAILED = "Nama akun atau kata sandi keliru. Periksa keduanya, lalu coba lagi."


def choose(page: Page, name: str, option: str) -> None:
    """Picks an option of a chooser by its words."""
    page.get_by_role("combobox", name=name).first.click()
    page.get_by_role("option", name=option, exact=True).click()


def add(page: Page, name: str, option: str) -> None:
    """Adds an option to a chooser of several; its list stays open, and closed too early it forgets the choice.

    A click while the browser draws the page anew can be lost before the server hears of it; a person clicks again.
    """
    chooser = page.get_by_test_id("stMultiSelect").filter(has=page.get_by_role("combobox", name=name)).first
    chosen = chooser.get_by_text(option, exact=True).first
    for _try in range(CLICKS):
        choose(page, name, option)
        page.wait_for_timeout(SETTLED)
        page.keyboard.press("Escape")
        page.wait_for_timeout(SETTLED)
        if chosen.is_visible():
            break
    expect(chosen).to_be_visible()


def address(page: Page) -> tuple[str, dict[str, list[str]]]:
    parts = urlsplit(page.url)
    return parts.path, parse_qs(parts.query)


def test_analyst_signs_in_reads_the_summary_and_shares_a_view(arrive: Arrive, served_world: World) -> None:
    me = arrive()
    page = me.page
    me.open()
    me.heading("Dasbor Kebijakan ASN")
    me.sign_in("analis", "bukan kata sandi ini")
    expect(page.get_by_test_id("stAlert")).to_have_text(re.compile(re.escape(FAILED)))
    assert page.get_by_test_id("stMetric").count() == 0

    me.sign_in("analis")
    me.heading(SUMMARY)
    expect(page.get_by_test_id("stMetric")).to_have_count(6)
    expect(page.locator(".js-plotly-plot")).to_have_count(6)
    expect(page.get_by_text("DATA CONTOH").first).to_be_visible()
    assert {cookie["name"] for cookie in page.context.cookies()} <= {"_streamlit_xsrf", PLAIN}
    assert PLAIN not in page.evaluate("() => document.cookie")
    assert page.evaluate("() => JSON.stringify({...localStorage, ...sessionStorage})").count("analis") == 0

    me.menu("Eksplorasi")
    me.heading("Eksplorasi")
    choose(page, "Kolom", "Status ASN")
    page.wait_for_url(re.compile("kolom=status"))
    me.settled()  # a click while the page is drawn anew may be lost by the browser
    add(page, "Saringan", "Jenis kelamin")
    expect(page.get_by_role("combobox", name="Jenis kelamin")).to_be_visible()
    me.settled()
    add(page, "Jenis kelamin", "Perempuan")
    page.wait_for_url(re.compile("saring=jenis_kelamin"))
    me.settled()
    path, parameters = address(page)
    assert path == "/analisis-eksplorasi"
    assert (parameters["baris"], parameters["kolom"], parameters["saring"]) == (
        ["provinsi"],
        ["status"],
        ["jenis_kelamin:P"],
    )
    shown = page.get_by_role("heading", level=3).all_inner_texts()

    other = arrive()
    other.page.goto(page.url)
    expect(other.page.get_by_label("Kata sandi")).to_be_visible()
    assert other.page.get_by_role("heading", level=1).inner_text() == "Dasbor Kebijakan ASN"
    other.sign_in("tim-data")
    other.heading("Eksplorasi")
    expect(other.page.get_by_text("Jenis kelamin: Perempuan")).to_be_visible()
    expect(other.page.get_by_role("heading", level=3)).to_have_text(shown)
    other.settled()
    assert address(other.page) == (path, parameters)

    page.get_by_role("button", name="Keluar").click()
    page.wait_for_url("**?keluar")  # the page is loaded anew
    expect(page.get_by_label("Kata sandi")).to_be_visible()
    expect(page.get_by_text("Anda telah keluar.")).to_be_visible()
    page.go_back()
    me.settled()
    assert page.get_by_test_id("stMetric").count() == 0
    recorded = {entry.event.action for entry in audit.search(engine(served_world.settings.state), account="analis")}
    assert {"sign-in", "session-open", "ask", "sign-out"} <= recorded


def test_two_people_at_once_see_each_their_own(arrive: Arrive) -> None:
    """Leadership, a regional analyst and an administrator take turns on one server: nothing is shared between them."""
    leader, regional, admin = arrive(), arrive(), arrive()
    for person, account in ((leader, "pimpinan"), (regional, "wilayah"), (admin, "pengelola")):
        person.open()
        person.sign_in(account)
    leader.heading(SUMMARY)
    regional.heading(SUMMARY)
    admin.heading("Siapa boleh melihat apa, dan mengapa?")

    totals = []
    for person in (leader, regional, leader):
        expect(person.page.get_by_test_id("stMetric")).to_have_count(6)
        totals.append(person.page.get_by_test_id("stMetricValue").first.inner_text())
    assert totals[0] == totals[2]
    assert int(totals[1].replace(".", "")) < int(totals[0].replace(".", ""))
    assert admin.page.get_by_test_id("stMetric").count() == 0
    assert not any(b"plotly" in frame for frame in admin.received)

    page = regional.page
    page.get_by_role("combobox", name="Provinsi").click()
    options = page.get_by_role("option").all_inner_texts()
    assert options[1:] == ["Jawa Tengah", "DI Yogyakarta"]
    page.keyboard.press("Escape")
    regional.menu("Eksplorasi")
    regional.heading("Eksplorasi")
    received = b"".join(regional.received)
    assert b"Jawa Tengah" in received
    agencies = contract().datasets["pegawai"].levels["instansi"].codes
    elsewhere = [agency.label.id for agency in agencies if agency.attributes.get("provinsi") == FOREIGN]
    assert elsewhere
    assert [name for name in elsewhere if name.encode() in received] == [], "the browser got members outside the scope"

    names = [link.strip().split("\n")[-1] for link in leader.page.get_by_test_id("stSidebarNavLink").all_inner_texts()]
    assert names == [
        "Ringkasan nasional",
        "Profil instansi",
        "Gelombang pensiun",
        "Formasi",
        "Profesionalitas",
        "Riwayat rilis",
        "Kamus data",
        "Perjanjian",
        "Permintaan",
        "Evaluasi dan koordinasi",
        "Korespondensi",
        "Insiden dan keadaan kahar",
        "Pemantauan penggunaan",
        "Profil dan hak akses",
    ]


def test_refused_and_unknown_addresses_look_alike_after_signing_in(arrive: Arrive) -> None:
    seen = []
    for path in ("/analisis-eksplorasi", "/data-riwayat", "/tidak-ada"):
        person = arrive()
        person.open(path)
        person.page.get_by_label("Kata sandi").wait_for()
        person.page.keyboard.press("Escape")  # Streamlit itself says of an unknown address that there is no such page
        person.sign_in("pengelola")
        person.heading("Siapa boleh melihat apa, dan mengapa?")
        person.settled()
        assert person.page.get_by_test_id("stMetric").count() == 0
        seen.append(re.sub(r"\d+", "#", person.page.get_by_test_id("stMain").inner_text()))
        person.complaints[:] = [said for said in person.complaints if "does not seem to exist" not in said]
    assert len(set(seen)) == 1


@pytest.mark.parametrize("account", ["analis"])
def test_language_switch_keeps_the_page_and_its_choices(arrive: Arrive, account: str) -> None:
    me = arrive()
    me.open()
    me.sign_in(account)
    me.heading(SUMMARY)
    choose(me.page, "Tanggal acuan", "30 Juni 2023")
    expect(me.page.get_by_test_id("stMain").get_by_text("30 Juni 2023").first).to_be_visible()
    me.settled()
    value = me.page.get_by_test_id("stMetricValue").first.inner_text()
    me.page.get_by_test_id("stSidebar").get_by_text("English").click()
    me.heading(text("Ringkasan ASN nasional", "en"))
    me.settled()
    for chooser, chosen in (("Reference date", "30 June 2023"), ("Province", "All of Indonesia")):
        expect(me.page.get_by_role("combobox", name=chooser).first).to_have_value(chosen)
    expect(me.page.get_by_test_id("stMetric")).to_have_count(6)
    assert me.page.get_by_test_id("stMetricValue").first.inner_text() == value.replace(".", ",")
    boxes = me.page.get_by_test_id("stSelectbox").locator("input")
    assert [one.input_value() for one in boxes.all()] == ["30 June 2023", text("Seluruh Indonesia", "en")]
    for name in ("Eksplorasi", "Riwayat rilis", "Profil dan hak akses"):
        me.menu(text(name, "en"))
        me.heading(text(name, "en"))


def test_a_drafter_compares_a_higher_bup_and_keeps_the_set(arrive: Arrive) -> None:
    """The common world holds no movements, so the share of PPPK is filled in; an edit is drawn at once."""
    me = arrive()
    me.open("/analisis-pensiun")
    me.sign_in("analis")
    me.heading("Siapa yang pensiun, dan kapan?")
    me.settled()
    figure = me.page.locator(".st-key-figure_scenarios")
    title = figure.locator("h3")
    before = title.inner_text()
    years = me.page.get_by_role("spinbutton", name="BUP bergeser (tahun)").first
    years.fill("2")
    years.press("Enter")
    expect(title).not_to_have_text(before)
    expect(figure.get_by_text("BUP naik 2 tahun").first).to_be_visible()
    years.fill("40")
    years.press("Enter")
    expect(me.page.get_by_text("harus 50–75 tahun").first).to_be_visible()
    years.fill("1")
    years.press("Enter")
    other = me.page.get_by_role("spinbutton", name="Keluar karena sebab lain (% per tahun)")
    other.fill("3")
    other.press("Enter")
    expect(figure.get_by_text("semua kelompok jabatan 3%").first).to_be_visible()
    other.fill("")
    other.press("Enter")
    expect(figure.get_by_text("semua kelompok jabatan 3%")).to_have_count(0)
    me.settled()
    me.page.get_by_role("button", name="Simpan", exact=True).click()
    me.page.get_by_label("Nama kumpulan skenario").fill("Bahan rapat")
    me.page.get_by_role("button", name="Simpan skenario").click()
    me.page.get_by_role("button", name="Tersimpan (1)").click()
    expect(me.page.get_by_text("Bahan rapat").first).to_be_visible()


def test_phone_never_scrolls_sideways(arrive: Arrive) -> None:
    me = arrive(width=390, height=844)
    me.open()
    me.heading("Dasbor Kebijakan ASN")
    wide = {"sign-in": me.widest()}
    for account, path, title in (
        ("analis", "/", SUMMARY),
        ("pimpinan", "/ringkasan-instansi", re.compile("Profil instansi")),
        ("wilayah", "/analisis-eksplorasi", "Eksplorasi"),
        ("pimpinan", "/analisis-pensiun", "Siapa yang pensiun, dan kapan?"),
        ("pimpinan", "/analisis-formasi", "Apakah formasi terisi?"),
        ("pimpinan", "/analisis-profesionalitas", "Seberapa profesional instansi?"),
        ("pimpinan", "/data-riwayat", "Riwayat rilis"),
        ("tim-teknis", "/akun-profil", "Profil dan hak akses"),
        ("tim-teknis", "/admin-peran", "Siapa boleh melihat apa, dan mengapa?"),
        ("pengelola", "/admin-akun", "Siapa punya akun, dan dengan hak apa?"),
        ("tim-teknis", "/kerja-sama-pemantauan", "Bagaimana pihak lain memakai data kita?"),
    ):
        person = arrive(width=390, height=844)
        person.open(path)
        person.sign_in(account)
        person.heading(title)
        person.settled()
        wide[path] = person.widest()
    assert {name: width for name, width in wide.items() if width > 390} == {}


def test_server_log_has_no_stack_trace_and_no_secret(arrive: Arrive, log: Path) -> None:
    """Runs last: what the journeys above left in the log."""
    written = log.read_text()
    assert "Traceback" not in written
    assert "tujuh gajah ungu" not in written
