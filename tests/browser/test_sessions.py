"""A session in a real browser: it survives a reload and another tab, and after signing out nothing opens it again."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from data_access.governance import accounts, sessions
from data_access.governance.audit import Event
from data_access.state import engine
from tests.browser.server import Visitor, started, visitor
from tests.world import World
from ui.cookies import PLAIN

pytestmark = pytest.mark.browser
Arrive = Callable[..., Visitor]
TREND = "/analisis-tren"
ASKS = "Bagaimana jumlah dan susunan ASN berubah?"
CHANGE = Event(action="uji", decision="allowed", account="pengelola")


@pytest.fixture(scope="module")
def base(browser: Browser, served_world: World, log: Path) -> Iterator[str]:
    """A server that looks at sessions every second."""
    with started(served_world, log, session_watch_seconds="1") as address:
        yield address


def signed_in(arrive: Arrive, account: str = "analis") -> Visitor:
    me = arrive()
    me.open(TREND)
    me.sign_in(account)
    me.heading(ASKS)
    return me


def sign_out(me: Visitor) -> None:
    me.settled()  # a click while the page is drawn anew may be lost by the browser
    me.page.get_by_role("button", name="Keluar").click()
    me.page.wait_for_url("**?keluar")  # the page is loaded anew
    expect(me.page.get_by_text("Anda telah keluar.")).to_be_visible()


def cookie(me: Visitor) -> str:
    return next((str(one["value"]) for one in me.page.context.cookies() if one["name"] == PLAIN), "")


def form(page: Page) -> None:
    expect(page.get_by_label("Nama akun")).to_be_visible()
    expect(page.get_by_test_id("stMetric")).to_have_count(0)
    expect(page.locator(".js-plotly-plot")).to_have_count(0)


def test_a_reload_and_a_second_tab_keep_the_session_and_signing_out_ends_both(arrive: Arrive) -> None:
    me = signed_in(arrive)
    [found] = [one for one in me.page.context.cookies() if one["name"] == PLAIN]
    assert (found["httpOnly"], found["sameSite"], found["path"], found["expires"]) == (True, "Strict", "/", -1)
    received = b"".join(me.received)
    assert cookie(me).encode() not in received  # the token never travels where a script can read it
    me.page.reload()
    me.heading(ASKS)
    assert cookie(me) == found["value"]

    second = me.page.context.new_page()
    second.goto(f"{me.base}{TREND}")
    expect(second.get_by_role("heading", level=1)).to_have_text(ASKS)

    sign_out(me)
    form(second)  # without a click
    assert cookie(me) == ""
    me.page.reload()
    form(me.page)


def test_a_copied_cookie_opens_the_session_only_while_it_lasts(arrive: Arrive) -> None:
    """Who steals the cookie has the session: so it must end with it, and nothing of it can be used afterwards."""
    me, thief = signed_in(arrive), arrive()
    stolen = {"name": PLAIN, "value": cookie(me), "url": me.base}
    sign_out(me)
    thief.page.context.add_cookies([stolen])  # type: ignore[list-item]
    thief.open(TREND)
    form(thief.page)
    assert thief.page.request.get(f"{me.base}/media/abc.png").status == 401


def test_each_sign_in_has_its_own_session_and_none_takes_a_planted_cookie(arrive: Arrive) -> None:
    me = arrive()
    planted = "x" * 43
    me.page.context.add_cookies([{"name": PLAIN, "value": planted, "url": me.base}])
    tokens = set()
    for _turn in range(2):
        me.open(TREND)
        me.sign_in("analis")
        me.heading(ASKS)
        tokens.add(cookie(me))
        sign_out(me)
    assert len(tokens) == 2
    assert planted not in tokens


def test_the_language_survives_a_reload_and_signing_out(arrive: Arrive) -> None:
    me = signed_in(arrive)
    me.page.get_by_test_id("stSidebar").get_by_text("English").click()
    expect(me.page.get_by_role("button", name="Sign out")).to_be_visible()
    me.settled()
    me.page.reload()
    expect(me.page.get_by_role("button", name="Sign out")).to_be_visible()
    me.page.get_by_role("button", name="Sign out").click()
    me.page.wait_for_url("**?keluar")
    expect(me.page.get_by_role("textbox", name="Password")).to_be_visible()
    me.page.reload()
    expect(me.page.get_by_role("textbox", name="Password")).to_be_visible()


def test_a_disabled_account_is_off_the_screen_without_a_click(arrive: Arrive, served_world: World) -> None:
    me = arrive()
    me.open("/analisis-pensiun")
    me.sign_in("pimpinan")
    me.heading("Siapa yang pensiun, dan kapan?")
    state = engine(served_world.settings.state)
    accounts.disable(state, served_world.audit_key, CHANGE, name="pimpinan")
    form(me.page)
    accounts.enable(state, served_world.audit_key, CHANGE, name="pimpinan")
    me.page.reload()
    form(me.page)  # the session has ended and does not come back with the account


def test_own_sessions_are_listed_and_each_can_be_ended(arrive: Arrive, served_world: World) -> None:
    me, elsewhere = arrive(), arrive()
    for one in (me, elsewhere):
        one.open("/akun-profil")
        one.sign_in("tim-data")
        one.heading("Profil dan hak akses")
    me.page.reload()
    me.heading("Profil dan hak akses")
    me.page.get_by_role("tab", name="Sesi").click()
    expect(me.page.get_by_text("sesi ini")).to_be_visible()
    me.page.get_by_role("button", name="Akhiri", exact=True).first.click()
    expect(me.page.get_by_text("1 sesi diakhiri.")).to_be_visible()
    form(elsewhere.page)
    state = engine(served_world.settings.state)
    assert sessions.is_live(state, sessions.fingerprint(cookie(me)))
    me.heading("Profil dan hak akses")


def test_media_of_a_page_are_for_its_session(browser: Browser, base: str) -> None:
    """The figure's file is taken with the cookie, and by nobody without it."""
    with visitor(browser, base) as me, visitor(browser, base) as stranger:
        me.open("/akun-profil")
        me.sign_in("analis")
        me.heading("Profil dan hak akses")
        known = f"{base}/media/{'0' * 32}.png"
        assert me.page.request.get(known).status == 404
        assert stranger.page.request.get(known).status == 401
