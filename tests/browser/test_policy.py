"""Every page in both themes under the content policy: nothing refused by it, nothing asked of another host."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from data_access.access.roles import roles
from tests.browser.server import Visitor
from tests.world import ACCOUNTS
from ui.navigation import PAGES

pytestmark = pytest.mark.browser
Arrive = Callable[..., Visitor]
LANDING = "ringkasan-nasional"  # the first page has no address of its own
PEOPLE = ("analis", "tim-data", "tim-teknis", "pengelola")


def opened_by(account: str) -> list[str]:
    """The pages of the account that nobody before it in `PEOPLE` opens, so that each page is seen once."""
    before = {page for one in PEOPLE[: PEOPLE.index(account)] for page in roles().roles[ACCOUNTS[one][0]].pages}
    own = roles().roles[ACCOUNTS[account][0]].pages
    return [entry.url for entry in PAGES if entry.path in own and entry.path not in before]


def test_the_four_people_open_every_page() -> None:
    assert {url for one in PEOPLE for url in opened_by(one)} == {entry.url for entry in PAGES}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("account", PEOPLE)
def test_page_runs_nothing_but_our_own(arrive: Arrive, account: str, dark: bool) -> None:
    """A script, style, font or picture that the policy refuses is an error in the console, which `arrive` asks for."""
    me = arrive(dark=dark)
    me.open()
    me.sign_in(account)
    expect(me.page.get_by_test_id("stSidebarNav")).to_be_visible()
    for url in opened_by(account):
        me.open("/" if url == LANDING else f"/{url}")
        expect(me.page.get_by_role("heading", level=1)).to_be_visible()
        me.settled()
    assert me.complaints == []
    assert me.other_hosts() == []


def test_the_policy_is_in_force(arrive: Arrive) -> None:
    """What an injected script would try, tried in the page: none of it works."""
    me = arrive()
    me.open()
    expect(me.page.get_by_label("Kata sandi")).to_be_visible()
    tried = me.page.evaluate("""async () => {
        const done = {};
        window.injected = 0;
        const script = document.createElement("script");
        script.textContent = "window.injected = 1";
        document.body.append(script);
        done.inline = window.injected;
        document.body.insertAdjacentHTML("beforeend", "<img src='data:,x' onerror='window.injected = 2'>");
        await new Promise((ready) => setTimeout(ready, 300));
        done.handler = window.injected;
        try { new Function("window.injected = 3")(); } catch (_error) { /* as it should be */ }
        done.evaluated = window.injected;
        done.fetched = await fetch("https://example.com/").then(() => 1, () => 0);
        const base = document.createElement("base"); base.href = "https://example.com/"; document.head.append(base);
        done.base = document.baseURI.startsWith("https://example.com") ? 1 : 0;
        return done;
    }""")
    assert tried == {"inline": 0, "handler": 0, "evaluated": 0, "fetched": 0, "base": 0}
    assert len(me.complaints) >= 3  # each was told to the console
    me.complaints.clear()
    me.requests.clear()
