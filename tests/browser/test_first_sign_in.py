"""The first sign-in of somebody whose role must have a second factor, with a phone and with a recovery code."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Browser, expect

from data_access.state import engine
from tests.browser.server import Visitor, started
from tests.ui_world import set_account
from tests.world import PASSWORD, World

pytestmark = pytest.mark.browser
NEW = "delapan kucing jingga"
TEAM = "tim-data"


@pytest.fixture(scope="module")
def base(browser: Browser, served_world: World, log: Path) -> Iterator[str]:
    """As by default: roles that must have a second factor have none yet, and this password was given out."""
    set_account(served_world, TEAM, password_changed_at=None)
    with started(served_world, log, second_factor="roles") as address:
        yield address


def test_new_password_then_second_factor_then_the_page_asked_for(
    arrive: Callable[..., Visitor], served_world: World, tmp_path: Path
) -> None:
    visitor = arrive()
    page = visitor.page
    visitor.open("/data-mutu")
    visitor.sign_in(TEAM)
    visitor.heading("Ganti kata sandi sekali pakai")
    expect(page.get_by_test_id("stSidebarNav")).to_have_count(0)
    page.get_by_label("Kata sandi sekarang").fill(PASSWORD)
    page.get_by_label("Kata sandi baru", exact=True).fill(NEW)
    page.get_by_label("Ulangi kata sandi baru").fill(NEW)
    page.get_by_role("button", name="Ganti kata sandi").click()

    visitor.heading("Siapkan faktor kedua")
    # In the page itself, never a file with an address.
    expect(page.get_by_alt_text("Kode QR untuk aplikasi autentikator")).to_have_attribute(
        "src", re.compile("^data:image/svg")
    )
    secret = page.get_by_test_id("stCode").inner_text().replace(" ", "").strip()
    page.get_by_label("3. Ketik kode").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Aktifkan faktor kedua").click()

    visitor.heading("Kode pemulihan")
    codes = page.get_by_test_id("stCode").inner_text().split()
    with page.expect_download() as got:
        page.get_by_role("button", name="Unduh sebagai teks").click()
    got.value.save_as(tmp_path / "kode.txt")
    assert set(codes) <= set((tmp_path / "kode.txt").read_text().split())
    page.get_by_role("button", name="Sudah saya simpan").click()
    visitor.heading("Mutu data: dapatkah snapshot ini diandalkan?")

    _come_back(arrive, codes[0])
    content = b"".join(file.read_bytes() for file in served_world.settings.var.glob("state.db*"))
    assert secret.encode() not in content
    assert not any(code.encode() in content for code in codes)
    engine(served_world.settings.state).dispose()


def _come_back(arrive: Callable[..., Visitor], recovery_code: str) -> None:
    """In another browser the new password alone shows nothing; a recovery code helps once."""
    other = arrive()
    other.open("/data-mutu")
    other.sign_in(TEAM, NEW)
    expect(other.page.get_by_text("Langkah kedua")).to_be_visible()
    _type(other, "000000")
    expect(other.page.get_by_text("Kode keliru atau sudah dipakai.")).to_be_visible()
    assert not any(b"Kelengkapan" in frame for frame in other.received)
    _type(other, recovery_code)
    other.heading("Mutu data: dapatkah snapshot ini diandalkan?")


def _type(visitor: Visitor, code: str) -> None:
    visitor.page.get_by_label("Kode", exact=True).fill(code)
    visitor.page.get_by_role("button", name="Lanjutkan").click()
