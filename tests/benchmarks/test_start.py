"""`make run` on a fresh copy of the product: seconds until the sign-in form stands in a browser, the first time and later."""

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.browser_start import CHROMIUM, LAUNCH

pytestmark = pytest.mark.benchmark
ROOT = Path(__file__).parent.parent.parent
FIRST, LATER = 120, 6
LONGEST_MS = 300_000


@pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="Chromium is not installed")
def test_time_to_the_sign_in_form(tmp_path: Path) -> None:
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in tracked.split("\0")[:-1]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, tmp_path / name)
    for wanted, which in ((FIRST, "first"), (LATER, "later")):
        seconds = _seconds(tmp_path)
        print(f"make run, {which} start: {seconds:.1f} s = {seconds / wanted:.2f} of {wanted} s")


def _seconds(folder: Path) -> float:
    port = _free_port()
    start = time.perf_counter()
    server = subprocess.Popen(
        ["make", "run", f"PORT={port}"], cwd=folder, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=LAUNCH)
            page = browser.new_page()
            while not _listens(port):
                time.sleep(0.05)
            page.goto(f"http://127.0.0.1:{port}/")
            page.get_by_label("Nama akun").wait_for(timeout=LONGEST_MS)
            return time.perf_counter() - start
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
