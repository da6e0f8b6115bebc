"""A click on a part of a chart filters the explorer, by chip and address, and one step back takes it off again."""

import re
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.server import Visitor, started, visitor
from tests.charts.geojson import file_of, squares
from tests.world import World

pytestmark = pytest.mark.browser
CLICKS = 3
MARKS = {
    "bars": ".bars .point path",
    "treemap": ".slice:has-text('CPNS') path.surface",
    "dots": ".scatterlayer .points path",
}
DRAWN_MS = 1_000


def filters(page: Page) -> list[str]:
    return parse_qs(urlsplit(page.url).query).get("saring", [])


def click_until_filtered(me: Visitor, mark: Locator) -> None:
    """Clicks the middle of a mark; a click while the browser draws anew can be lost, and a person clicks again."""
    for _try in range(CLICKS):
        me.page.wait_for_timeout(DRAWN_MS)
        mark.scroll_into_view_if_needed()
        box = mark.bounding_box()
        assert box
        me.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        me.page.wait_for_timeout(DRAWN_MS // 4)
        me.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        me.page.wait_for_timeout(DRAWN_MS)
        if filters(me.page):
            break
    me.page.wait_for_url(re.compile("saring="))
    me.settled()


def filtered_and_undone(me: Visitor, mark: Locator, wanted: list[str], chips: tuple[str, ...]) -> None:
    click_until_filtered(me, mark)
    assert sorted(filters(me.page)) == wanted
    for chip in chips:
        expect(me.page.get_by_text(chip)).to_be_visible()
    me.page.get_by_role("button", name="Urungkan").click()
    me.page.wait_for_url(lambda url: "saring=" not in url)
    for chip in chips:
        expect(me.page.get_by_text(chip)).to_have_count(0)
    me.settled()


def explorer(me: Visitor, view: str) -> Page:
    me.open(f"/analisis-eksplorasi?{view}")
    me.sign_in("analis")
    me.heading("Eksplorasi")
    expect(me.page.locator(".js-plotly-plot").first).to_be_visible()
    me.settled()
    return me.page


@pytest.mark.parametrize(
    ("view", "kind", "place", "wanted", "chips"),
    [
        ("baris=status&grafik=ranking", "bars", 0, ["status:PNS"], ("Status ASN: PNS",)),
        ("baris=provinsi&grafik=tiles", "bars", 0, ["provinsi:11"], ("Provinsi: Aceh",)),
        (
            "baris=umur_5&kolom=jenis_kelamin&grafik=pyramid",
            "bars",
            3,
            ["jenis_kelamin:L", "umur_5:31-35"],
            ("Jenis kelamin: Laki-laki", "Umur lima tahunan: 31–35"),
        ),
        (
            "baris=kelompok_jabatan&kolom=status&grafik=treemap",
            "treemap",
            0,
            ["kelompok_jabatan:lainnya", "status:CPNS"],
            ("Kelompok jabatan: Lainnya (manajerial dan pelaksana)", "Status ASN: CPNS"),
        ),
    ],
)
def test_a_click_filters_the_page_and_undo_takes_it_off(
    arrive: Callable[..., Visitor], view: str, kind: str, place: int, wanted: list[str], chips: tuple[str, ...]
) -> None:
    me = arrive()
    page = explorer(me, view)
    filtered_and_undone(me, page.locator(f".js-plotly-plot {MARKS[kind]}").nth(place), wanted, chips)


def test_a_dot_of_the_map_of_true_shapes_filters_too(browser: Browser, served_world: World, tmp_path: Path) -> None:
    file = file_of(squares(), tmp_path)
    with ExitStack() as stack:
        base = stack.enter_context(started(served_world, tmp_path / "server.log", geojson=str(file)))
        me = stack.enter_context(visitor(browser, base))
        page = explorer(me, "baris=provinsi&grafik=tiles")
        expect(page.get_by_text("Klik titik sebuah provinsi")).to_be_visible()
        filtered_and_undone(
            me, page.locator(f".js-plotly-plot {MARKS['dots']}").first, ["provinsi:11"], ("Provinsi: Aceh",)
        )
        assert me.other_hosts() == []
        assert me.complaints == []
