"""A printed page: A4, light in either theme, without what can only be clicked, nothing cut off."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.server import Visitor

pytestmark = pytest.mark.browser
Arrive = Callable[..., Visitor]
A4_POINTS = (595, 842)
SUMMARY = re.compile("Ringkasan ASN")
PAPER = 950  # the width of the paper between its margins, at three quarters of the size on the screen
WHITE, INK = "rgb(255, 255, 255)", "rgb(20, 48, 60)"
MENUS = ("stSidebar", "stHeader", "stPopover", "stButtonGroup", "stButton")


def printed(page: Page) -> bytes:
    """The page as a PDF file whose outline lists the headings that were printed."""
    return page.pdf(prefer_css_page_size=True, print_background=True, tagged=True, outline=True)


def sizes(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of each page in points."""
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    return [(round(float(width)), round(float(height))) for width, height in boxes]


def outline(pdf: bytes) -> list[str]:
    """The headings that the outline of the file sends to a place on a page."""
    found = re.findall(rb"/Title (?:\((.*?)(?<!\\)\)|<FEFF([0-9A-F]+)>)\s*/Dest", pdf)
    return [bytes.fromhex(wide.decode()).decode("utf-16-be") if wide else plain.decode() for plain, wide in found]


def at_the_summary(me: Visitor) -> Page:
    me.open()
    me.sign_in("analis")
    me.heading(SUMMARY)
    me.settled()
    expect(me.page.locator(".js-plotly-plot")).to_have_count(6)
    return me.page


@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_the_whole_summary_stands_on_a_few_pages(arrive: Arrive, width: int) -> None:
    page = at_the_summary(arrive(width=width))
    pdf = printed(page)
    assert set(sizes(pdf)) == {A4_POINTS}
    assert 2 <= len(sizes(pdf)) <= 5
    headings = page.get_by_role("heading", level=3).all_inner_texts()
    assert len(headings) == 8
    # A heading that is broken over two lines loses the space between them in the outline.
    told, shown = (
        sorted("".join(words.split()) for words in some)
        for some in (outline(pdf), ["Ringkasan ASN nasional", *headings])
    )
    assert told == shown


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_paper_is_light_and_holds_nothing_to_click(arrive: Arrive, dark: bool) -> None:
    page = at_the_summary(arrive(dark=dark))
    ground = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"
    assert (page.evaluate(ground) == WHITE) is not dark
    page.emulate_media(media="print")
    for menu in MENUS:
        for found in page.get_by_test_id(menu).all():
            expect(found).to_be_hidden()
    for words in ("Per 30 Juni 2025", "Rilis 0003", "DATA CONTOH"):
        expect(page.get_by_test_id("stMain").get_by_text(words).first).to_be_visible()
    assert page.evaluate(ground) == WHITE
    title = page.get_by_role("heading", level=1)
    assert title.evaluate("title => getComputedStyle(title).color") == INK


def test_a_figure_wider_than_the_paper_is_scaled_down(arrive: Arrive) -> None:
    """Measured in one go: given time, Plotly draws a figure anew for a narrower window, which printing does not give."""
    me = arrive(width=1920)
    me.open("/analisis-komposisi")
    me.sign_in("analis")
    me.heading("Siapa ASN Indonesia?")
    me.settled()
    grid = me.page.locator(".st-key-figure_within")
    expect(grid.locator(".main-svg").first).to_be_visible()
    me.page.emulate_media(media="print")
    drawn, shown, frame = grid.evaluate(
        """(frame, paper) => {
            document.querySelector('[data-testid=stMainBlockContainer]').style.width = `${paper}px`;
            const picture = frame.querySelector('.main-svg');
            const zoom = frame.currentCSSZoom;
            return [Number(picture.getAttribute('width')), picture.getBoundingClientRect().width / zoom,
                    frame.getBoundingClientRect().width / zoom];
        }""",
        PAPER,
    )
    assert drawn > PAPER
    assert 0.9 * frame < shown < frame
