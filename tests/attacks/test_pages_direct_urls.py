"""Who types addresses instead of signing in finds the form on a fresh server, and no source, data or file anywhere."""

import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from data_access.state import engine
from tests.browser.server import chromium, started, visitor
from tests.world import World, copied
from ui.navigation import PAGES

pytestmark = pytest.mark.browser
# what only the source, the state or the data would contain
SECRETS = (
    b"import streamlit",
    b"viewer(",
    b"data_access",
    b"SQLite format",
    b"PAR1",
    b"BEGIN",
    b"DATA CONTOH",
    b"0003",
)
PATHS = [
    "/app.py",
    "/ui/main.py",
    "/pages/ringkasan/nasional.py",
    "/pages/akun/masuk.py",
    "/ringkasan/nasional.py",
    "/ringkasan/nasional",
    "/nasional",
    "/static/../app.py",
    "/app/static/app.py",
    "/app/static/../../app.py",
    "/%2e%2e/%2e%2e/app.py",
    "/..%2fapp.py",
    "/var/state.db",
    "/var/keys/audit.key",
    "/var/demo-accounts.txt",
    "/.streamlit/config.toml",
    "/media/0123456789abcdef.png",
    "/component/../../app.py",
    "/component/extra_streamlit_components.CookieManager.cookie_manager/../../../../../app.py",
    "/tidak-ada",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def target(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = copied(world, tmp_path_factory.mktemp("target") / "var")
    yield made
    engine(made.settings.state).dispose()


@pytest.mark.parametrize("page", [entry.url for entry in PAGES])
def test_first_request_to_a_fresh_server_gets_the_form_and_nothing_else(
    browser: Browser, target: World, tmp_path: Path, page: str
) -> None:
    with started(target, tmp_path / "log") as base, visitor(browser, base) as stranger:
        stranger.open(f"/{page}")
        expect(stranger.page.get_by_label("Kata sandi")).to_be_visible()
        stranger.page.keyboard.press("Escape")  # Streamlit itself says of an unknown address that there is no such page
        stranger.settled()
        assert stranger.page.get_by_role("heading", level=1).inner_text() == "Dasbor Kebijakan ASN"
        assert stranger.page.get_by_test_id("stMetric").count() == 0
        assert (
            stranger.page.locator(".js-plotly-plot, [data-testid=stDataFrame], [data-testid=stSidebarNav]").count() == 0
        )
        received = b"".join(stranger.received)
        assert b"Kata sandi" in received
        for secret in (b"DATA CONTOH", b"plotly", b"Riwayat rilis", b"Eksplorasi", b"Jawa Tengah"):
            assert secret not in received
        assert stranger.other_hosts() == []


def test_no_address_gives_source_state_or_data(target: World, tmp_path: Path) -> None:
    with started(target, tmp_path / "log") as base:
        for path in PATHS:
            code, body = fetched(base + path)
            assert code in (200, 400, 401), path
            found = [secret for secret in SECRETS if secret in body]
            assert found == [], (path, found)
            if code == 200:
                assert b"<title>" in body, path  # the empty shell that every page begins with


def test_upload_without_a_session_is_refused(target: World, tmp_path: Path) -> None:
    with started(target, tmp_path / "log") as base:
        put = urllib.request.Request(f"{base}/_stcore/upload_file/x/y", data=b"x", method="PUT")  # noqa: S310 - our own server
        try:
            code = urllib.request.urlopen(put, timeout=10).status  # noqa: S310 - our own server
        except urllib.error.HTTPError as refusal:
            code = refusal.code
            refusal.close()
        assert code >= 400


def fetched(url: str) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - our own server
            return answer.status, answer.read()
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read()
