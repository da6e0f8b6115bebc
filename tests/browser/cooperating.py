"""A person of a party at the pages of the cooperation: fills forms, attaches letters, takes steps, follows what waits."""

import re
from datetime import date, datetime

from playwright.sync_api import Locator, expect

from tests.browser.server import Visitor
from tests.cooperation import PAPER

CLICKS, SETTLED = 3, 1_000


class Party:
    """One signed-in person; every act waits until the page has answered it."""

    def __init__(self, visitor: Visitor, account: str) -> None:
        self.me, self.page = visitor, visitor.page
        visitor.open("/kerja-sama-permintaan")  # light, and everybody's
        visitor.sign_in(account)
        visitor.heading("Permintaan")
        visitor.settled()

    def to(self, page: str) -> None:
        self.me.menu(page)
        self.me.heading(page)
        self.me.settled()

    def register(self, name: str) -> None:
        self.page.get_by_test_id("stButtonGroup").get_by_text(name, exact=True).click()
        self.me.settled()

    def waits(self, what: str) -> None:
        """Follows what waits from the list on the page of the agreement to its matter."""
        self.to("Perjanjian")
        self.page.get_by_test_id("stPageLink").get_by_role("link", name=what).first.click()
        self.me.settled()
        expect(self.page.get_by_role("heading", level=1)).not_to_have_text("")

    def form(self, opening: str) -> None:
        self.page.get_by_role("button", name=opening, exact=True).click()
        expect(self.send).to_be_visible()
        self.me.settled()

    def step(self, label: str) -> None:
        self.page.get_by_test_id("stButtonGroup").get_by_text(label, exact=True).click()
        expect(self.send).to_be_visible()
        self.me.settled()

    @property
    def send(self) -> Locator:
        return self.page.locator("[class*='_send'] button")

    def write(self, **fields: str) -> None:
        """Texts and numbers; a field is named by its label with "_" for a space."""
        for name, value in fields.items():
            field = self.page.get_by_label(name.replace("_", " "), exact=True)
            field.fill(value)
            field.press("Tab")
            self.me.settled()

    def day(self, label: str, value: date) -> None:
        self.page.get_by_role("spinbutton", name=f"day, {label}").click()
        self.page.keyboard.type(f"{value:%d%m%Y}")
        self.page.keyboard.press("Tab")
        self.me.settled()

    def moment(self, label: str, value: datetime, place: int = 0) -> None:
        self.day(label, value.date())
        self.page.get_by_role("spinbutton", name=re.compile(r"^(jam|hour), Pukul")).nth(place).click()
        self.page.keyboard.type(f"{value:%H%M}")
        self.page.keyboard.press("Tab")
        self.me.settled()

    def choose(self, label: str, option: str) -> None:
        """Picks one of a list, by all of its words or by words within them."""
        self.look(label, option).click()
        self.me.settled()

    def look(self, label: str, option: str) -> Locator:
        """The option of a list that was opened for it."""
        wanted = self.page.get_by_role("option", name=option).first
        for _try in range(CLICKS):  # a click while the browser draws the page anew is lost; a person clicks again
            self.page.get_by_role("combobox", name=label).first.click()
            self.page.wait_for_timeout(SETTLED)
            if wanted.is_visible():
                break
        return wanted

    def add(self, label: str, option: str) -> None:
        """Picks one of several: looked for by its words, for a long list draws only its beginning; it stays open."""
        chooser = self.page.get_by_role("combobox", name=label).first
        chooser.click()
        chooser.fill(option)
        self.page.get_by_role("option", name=option, exact=True).click()
        self.page.wait_for_timeout(500)  # closed too early it forgets the choice
        self.page.keyboard.press("Escape")
        self.me.settled()

    def attach(self, name: str) -> None:
        self.page.locator("input[type=file]").set_input_files(
            {"name": name, "mimeType": "application/pdf", "buffer": PAPER}
        )
        expect(self.page.get_by_role("button", name="Ganti berkas")).to_be_visible()
        self.me.settled()

    def done(self, state: str) -> None:
        """Sends the form, after which the matter stands in that state."""
        self.send.click()
        badge = self.page.locator("[class*='st-key-matter_']").get_by_text(state, exact=True)
        expect(badge.first).to_be_visible()
        expect(self.send).to_have_count(0)
        self.me.settled()
