"""The pictures of the docs: `make pictures` takes them anew over the example data; else their pages are only shown."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from data_access.governance.passwords import hashed
from data_access.owner import OwnerSettings
from data_access.state import engine
from data_access.state.times import utc_now
from tests.browser.server import Visitor, started, visitor
from tests.ui_world import ROOT, set_account
from tests.world import CHEAP, PASSWORD, World, copied

pytestmark = pytest.mark.browser
ASKED = os.environ.get("DOCS_PICTURES") == "1"
IMAGES = ROOT / "docs" / "images"
WIDTH, LARGEST = 1280, 200_000
COLOURS = 256


@dataclass(frozen=True)
class Picture:
    """A page as an analyst sees it, from its top down to this height."""

    file: str
    address: str
    title: re.Pattern[str]
    height: int


PICTURES = (
    Picture("ringkasan.png", "/", re.compile("Ringkasan ASN nasional"), 1240),
    Picture("sebaran.png", "/analisis-sebaran", re.compile("Di mana ASN bekerja"), 860),
    Picture(
        "eksplorasi.png",
        "/analisis-eksplorasi?baris=kelompok_jabatan&kolom=jenis_kelamin",
        re.compile("Eksplorasi"),
        1240,
    ),
)


@pytest.fixture(scope="module")
def shown_world(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, str]]:
    """A world and the analyst of it: the example data if pictures are wanted, else the world of the tests."""
    folder = tmp_path_factory.mktemp("pictures") / "var"
    if ASKED:
        command = [sys.executable, "-m", "data_access", "demo"]
        subprocess.run(command, cwd=ROOT, env=os.environ | {"ASN_VAR": str(folder)}, check=True, capture_output=True)
        made, name = World(OwnerSettings(var=folder, second_factor="off"), {}), "analis.panrb"
        set_account(made, name, password_hash=hashed(PASSWORD, CHEAP), password_changed_at=utc_now())
    else:
        made, name = copied(world, folder), "analis"
    yield made, name
    engine(made.settings.state).dispose()


@pytest.fixture(scope="module")
def analyst(
    browser: Browser, shown_world: tuple[World, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, str]]:
    """The address of a server over that world, and the account."""
    with started(shown_world[0], tmp_path_factory.mktemp("log") / "server.log") as address:
        yield address, shown_world[1]


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.file)
def test_the_page_of_a_picture_can_be_shown(browser: Browser, analyst: tuple[str, str], picture: Picture) -> None:
    address, account = analyst
    with visitor(browser, address, width=WIDTH, height=picture.height) as me:
        me.open(picture.address)
        me.sign_in(account)
        me.heading(picture.title)
        me.settled()
        expect(me.page.locator(".js-plotly-plot").first).to_be_visible()
        assert me.complaints == []
        if ASKED:
            _take(me, IMAGES / picture.file)


def _take(me: Visitor, file: Path) -> None:
    """Writes what the window shows, with the few colours that a page has."""
    me.page.mouse.move(0, 0)
    me.page.wait_for_timeout(1_000)  # figures have faded in
    with Image.open(BytesIO(me.page.screenshot())) as taken:
        taken.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.file)
def test_a_picture_is_small_and_named_in_the_docs(picture: Picture) -> None:
    file = IMAGES / picture.file
    with Image.open(file) as stored:
        assert stored.width == WIDTH
    assert file.stat().st_size <= LARGEST
    docs = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    assert any(f"images/{picture.file})" in page.read_text("utf-8") for page in docs)
