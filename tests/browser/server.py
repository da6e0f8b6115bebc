"""A really started server over a made-up world, and visitors with a Chromium each that keep a record of what happened."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, WebSocket, expect, sync_playwright

from tests.browser_start import CHROMIUM, LAUNCH
from tests.ui_world import ROOT
from tests.world import PASSWORD, World

WAIT_MS = 20_000
STARTED_WITHIN = 60
expect.set_options(timeout=WAIT_MS)


@dataclass
class Visitor:
    """One person at a browser: the page, and all that it asked for, got over the socket or complained about."""

    page: Page
    base: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    received: list[bytes] = field(default_factory=list)

    def open(self, address: str = "/") -> None:
        self.page.goto(f"{self.base}{address}")

    def sign_in(self, account: str, password: str = PASSWORD) -> None:
        self.page.get_by_label("Nama akun").fill(account)
        self.page.get_by_label("Kata sandi").fill(password)
        self.page.get_by_role("button", name="Masuk", exact=True).click()

    def heading(self, text: str | re.Pattern[str]) -> None:
        """Waits for the title of the page."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(text)

    def settled(self) -> None:
        """Waits until the script has run to its end."""
        self.page.wait_for_function(
            "() => !document.querySelector('[data-testid=stApp][data-test-script-state=running]')"
        )
        self.page.wait_for_load_state("networkidle")

    def menu(self, name: str) -> None:
        self.page.get_by_test_id("stSidebarNav").get_by_role("link", name=name).click()

    def widest(self) -> int:
        """How wide the page is, scrolled sideways: its main part scrolls by itself."""
        find = "() => [document.documentElement, ...document.querySelectorAll('[data-testid=stMain]')]"
        widths: list[int] = self.page.evaluate(f"({find})().map(part => part.scrollWidth)")
        return max(widths)

    def other_hosts(self) -> list[str]:
        return [url for url in self.requests if not re.match(r"(https?|wss?)://127\.0\.0\.1:|data:|blob:", url)]


@contextmanager
def started(world: World, log: Path, **settings: str) -> Iterator[str]:
    """The address of a fresh server over this world, with more settings in its environment; ended by its number."""
    with running(world, log, 0, (), **settings) as (address, _server):
        yield address


@contextmanager
def running(
    world: World, log: Path, port: int = 0, flags: Sequence[str] = (), **settings: str
) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """As `started`, with the process; on a port of its own unless one is given, with more options of the server."""
    if not port:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
    given = {name: value for name, value in os.environ.items() if not name.startswith(("ASN_", "STREAMLIT_"))}
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "app.py",
        "--server.port",
        str(port),
        "--server.headless",
        "true",
        *flags,
    ]
    own = {"ASN_VAR": str(world.settings.var), "ASN_SECOND_FACTOR": world.settings.second_factor}
    settings = own | {f"ASN_{name.upper()}": v for name, v in settings.items()}
    with log.open("w") as output:
        server = subprocess.Popen(command, cwd=ROOT, env=given | settings, stdout=output, stderr=subprocess.STDOUT)
        try:
            _wait(server, port, log)
            yield f"http://127.0.0.1:{port}", server
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait(server: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    end = time.monotonic() + STARTED_WITHIN
    while time.monotonic() < end:
        if server.poll() is not None:
            break
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail(f"the server did not start:\n{log.read_text()}")


@contextmanager
def chromium() -> Iterator[Browser]:
    """One Chromium; without it the tests are skipped, on the CI machine they fail."""
    if not Path(CHROMIUM).exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{CHROMIUM} is missing on the CI machine: the browser tests did not run")
        pytest.skip(f"NO BROWSER TESTS: {CHROMIUM} is missing")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=LAUNCH)
        yield browser
        browser.close()


def _is_error(said: ConsoleMessage) -> bool:
    """Failed requests are judged by `_is_failure`, which knows their address."""
    return said.type == "error" and not said.text.startswith("Failed to load resource")


def _is_failure(answer: Response) -> bool:
    """Streamlit's own page looks for its server below the address of each page first, and goes on looking at the root."""
    return answer.status >= 400 and not re.search(r"/[a-z_-]+/_stcore/(health|host-config)$", answer.url)


@contextmanager
def visitor(
    browser: Browser, base: str, *, width: int = 1280, height: int = 900, dark: bool = False
) -> Iterator[Visitor]:
    """A new person: no cookie, no storage shared with anybody."""
    scheme: Literal["dark", "light"] = "dark" if dark else "light"
    context = browser.new_context(viewport={"width": width, "height": height}, locale="id-ID", color_scheme=scheme)
    context.set_default_timeout(WAIT_MS)
    made = Visitor(context.new_page(), base)

    def listen(socket: WebSocket) -> None:
        made.requests.append(socket.url)
        socket.on(
            "framereceived", lambda frame: made.received.append(frame if isinstance(frame, bytes) else frame.encode())
        )

    context.on("request", lambda request: made.requests.append(request.url))
    made.page.on("websocket", listen)
    made.page.on("console", lambda said: made.complaints.append(said.text) if _is_error(said) else None)
    made.page.on("response", lambda answer: made.complaints.append(answer.url) if _is_failure(answer) else None)
    made.page.on("pageerror", lambda error: made.complaints.append(str(error)))
    yield made
    context.close()
