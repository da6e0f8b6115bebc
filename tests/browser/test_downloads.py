"""Taking figures along, in a real browser: the file that arrives holds what the screen showed, and the record says so."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from data_access.governance import audit
from data_access.state import engine
from tests.browser.server import Visitor
from tests.exporting import PURPOSE, sheet
from tests.world import World

pytestmark = pytest.mark.browser
Arrive = Callable[..., Visitor]


def opened(page: Page, place: Locator) -> None:
    """Opens the popover of the figure."""
    place.get_by_role("button", name="Unduh").click()
    expect(page.get_by_role("textbox", name=re.compile("Tujuan unduhan"))).to_be_visible()


def prepare(page: Page, purpose: str) -> None:
    page.get_by_role("textbox", name=re.compile("Tujuan unduhan")).fill(purpose)
    page.get_by_role("button", name="Siapkan").click()


def newest(world: World) -> audit.Event:
    return audit.search(engine(world.settings.state), action="export")[0].event


def test_an_analyst_takes_the_table_along_and_finds_the_numbers_of_the_screen(
    arrive: Arrive, served_world: World, tmp_path: Path
) -> None:
    me = arrive()
    page = me.page
    me.open("/analisis-eksplorasi?baris=kelompok_jabatan&kolom=jenis_kelamin")
    me.sign_in("analis")
    me.heading("Eksplorasi")
    me.settled()
    opened(page, page.get_by_test_id("stMain"))

    prepare(page, "rapat")
    expect(page.get_by_text("Tulis tujuan unduhan, paling sedikit 10 huruf.")).to_be_visible()
    assert page.get_by_test_id("stDownloadButton").count() == 0
    assert newest(served_world).decision == "refused"

    prepare(page, PURPOSE)
    expect(page.get_by_test_id("stDownloadButton")).to_be_visible()
    event = newest(served_world)
    assert (event.decision, json.loads(event.detail or "")["purpose"]) == ("allowed", PURPOSE)
    with page.expect_download() as waiting:
        page.get_by_test_id("stDownloadButton").get_by_role("button").click()
    name = waiting.value.suggested_filename
    assert re.fullmatch(r"pegawai-asn-menurut-kelompok-jabatan-dan-jenis-kelamin_2025-06-30_rilis-\d+\.xlsx", name)
    waiting.value.save_as(tmp_path / name)

    book = (tmp_path / name).read_bytes()
    heads, *rows = [row for row in sheet(book, 1) if row[-1]]
    assert heads == ["Kelompok jabatan", "Laki-laki", "Perempuan", "Jumlah"]
    assert len(rows) > 4
    assert sum(int(cell) for row in rows for cell in row[1:3] if cell.isdigit()) > 50_000
    assert dict(row[:2] for row in sheet(book, 3))["Tujuan"] == PURPOSE

    page.keyboard.press("Escape")
    me.menu("Ringkasan nasional")
    me.heading(re.compile("Ringkasan ASN"))
    me.settled()
    opened(page, page.locator(".st-key-figure_map"))
    expect(page.get_by_role("textbox", name=re.compile("Tujuan unduhan"))).to_have_value(PURPOSE)


def test_a_leader_saves_a_picture_on_the_phone(arrive: Arrive, served_world: World, tmp_path: Path) -> None:
    me = arrive(width=390, height=844)
    page = me.page
    me.open()
    me.sign_in("pimpinan")
    me.heading(re.compile("Ringkasan ASN"))
    me.settled()
    opened(page, page.locator(".st-key-figure_map"))
    me.settled()  # its content arrives after it, and moves it once more
    left, right = page.get_by_test_id("stPopoverBody").evaluate(
        "body => [body.getBoundingClientRect().left, body.getBoundingClientRect().right]"
    )
    assert left >= 0
    assert right <= 390
    page.get_by_text("Gambar", exact=True).click()
    prepare(page, PURPOSE)
    camera = page.get_by_role("dialog").locator(".modebar-btn")
    expect(camera).to_have_count(1)
    assert json.loads(newest(served_world).detail or "") == {"form": "png", "purpose": PURPOSE}
    with page.expect_download() as waiting:
        camera.click()
    assert re.fullmatch(r"pegawai-asn-menurut-provinsi_[0-9-]+_rilis-\d+\.png", waiting.value.suggested_filename)
    waiting.value.save_as(tmp_path / "gambar.png")
    assert (tmp_path / "gambar.png").read_bytes()[:4] == b"\x89PNG"
    expect(page.get_by_text(re.compile("Gambar tersimpan"))).to_be_visible()


def test_the_data_team_finds_no_download(arrive: Arrive) -> None:
    me = arrive()
    me.open()
    me.sign_in("tim-data")
    me.heading(re.compile("Ringkasan ASN"))
    me.settled()
    assert me.page.get_by_role("button", name="Sumber").count() >= 4
    assert me.page.get_by_role("button", name="Unduh").count() == 0
