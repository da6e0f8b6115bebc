"""A data officer's refresh in a real browser: upload, findings, differences, publish by the worker, roll back."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from data_access.release import shelf
from data_access.state import engine
from tests.browser.server import Visitor, started, visitor
from tests.data_access.refresh.conftest import NEXT, TEAM, Office
from tests.world import LATE, World, copied, cube, moved_on

pytestmark = pytest.mark.browser
WORKED = 60_000  # the worker is a process that starts, reads and builds


@pytest.fixture(scope="module")
def office(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = copied(world, tmp_path_factory.mktemp("office") / "var")
    yield made
    engine(made.settings.state).dispose()


@pytest.fixture(scope="module")
def door(browser: Browser, office: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with started(office, tmp_path_factory.mktemp("log") / "server.log") as address:
        yield address


def write_csv(office: World, folder: Path, name: str = f"rekap-{NEXT}.csv") -> Path:
    folder.mkdir(exist_ok=True)
    cube(moved_on(office.people[LATE], day=NEXT)).write_csv(folder / name)
    return folder / name


def to_the_page(me: Visitor) -> Page:
    me.open()
    me.sign_in(TEAM)
    me.heading(re.compile("Ringkasan ASN"))
    me.menu("Penyegaran data")
    me.heading("Penyegaran data")
    me.settled()
    return me.page


def state(page: Page, words: str) -> None:
    expect(page.locator(".st-key-refresh_detail").get_by_text(words).first).to_be_visible(timeout=WORKED)


def look_at_the_second_row(page: Page, office: World) -> None:
    """A click looks at the refresh of the row, and what others bring in afterwards does not take its place."""
    detail = page.locator(".st-key-refresh_detail").get_by_role("heading", level=3)
    expect(detail).to_have_text(re.compile(r"No\. 2"))
    table = page.get_by_test_id("stDataFrame").last.bounding_box()
    assert table is not None
    page.mouse.click(table["x"] + 16, table["y"] + 34 + 33 + 16)  # head, first row, middle of the second
    expect(detail).to_have_text(re.compile(r"No\. 1"))
    Office(office).receive("dari-orang-lain")
    page.get_by_text("English").click()  # any run of the page
    expect(page.get_by_role("heading", level=1)).to_have_text("Data refresh")
    expect(detail).to_have_text(re.compile(r"No\. 1"))


def test_upload_check_publish_and_roll_back(browser: Browser, door: str, office: World, tmp_path: Path) -> None:
    with visitor(browser, door) as me:
        page = to_the_page(me)
        page.locator("input[type=file]").set_input_files(write_csv(office, tmp_path / "berkas"))
        expect(page.get_by_text(re.compile("telah diterima"))).to_have_count(1, timeout=WORKED)
        expect(page.get_by_role("group", name="Tanggal acuan")).to_have_text(re.compile("01.?/.?11.?/.?2025"))
        page.get_by_text("DATA CONTOH (angka rekaan)").first.click()
        page.get_by_role("button", name="Periksa kiriman").click()
        state(page, "siap terbit")
        expect(page.get_by_text("Tidak ada temuan.")).to_be_visible()
        assert list(office.settings.incoming.iterdir()) == []  # the worker has taken it
        page.get_by_role("tab", name="Perbedaan").click()
        expect(page.get_by_text("Jumlah ASN dalam kiriman")).to_be_visible()
        page.get_by_role("button", name="Terbitkan").click()
        state(page, "Rilis 0004 kini disajikan.")
        assert shelf.current(office.settings.releases).name == "0004"
        me.menu("Riwayat rilis")
        me.heading("Riwayat rilis")
        page.get_by_role("tab", name="Semua rilis").click()
        page.get_by_role("textbox", name=re.compile("Alasan")).fill("berkas yang terbit ternyata keliru")
        page.get_by_role("button", name=re.compile("Sajikan rilis 0003")).click()
        page.wait_for_timeout(500)
        for _second in range(60):
            if shelf.current(office.settings.releases).name == "0003":
                break
            page.wait_for_timeout(500)
        assert shelf.current(office.settings.releases).name == "0003"
        me.settled()
        me.menu("Penyegaran data")
        me.heading("Penyegaran data")
        me.settled()
        look_at_the_second_row(page, office)
        assert me.other_hosts() == []
        assert me.complaints == []
