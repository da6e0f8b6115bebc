"""Who has found a password that somebody gave out gets to one page: that which replaces it. No number by any way."""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from data_access.access.query import Query
from data_access.access.scope import scope
from data_access.access.seen_as import may_see_as
from data_access.contract import contract
from data_access.errors import AsnError, Refused
from data_access.governance import accounts, audit
from data_access.state import engine
from tests.passwords import password_fits
from tests.ui_world import PROFILE, is_sign_in, numbers, offered, opened, press, served, set_account, tab, token, words
from tests.world import ACCOUNTS, PASSWORD, World
from ui.navigation import PAGES
from ui.session import SEEN_AS

NEW = "delapan kucing jingga"
TITLE = "Ganti kata sandi sekali pakai"
EVERYBODY = ("pimpinan", "analis", "wilayah", "tim-data", "tim-teknis", "pengelola")


@pytest.fixture
def given(own_world: World) -> Iterator[World]:
    """A world in which every password is one that somebody else has given out."""
    for name in ACCOUNTS:
        set_account(own_world, name, password_changed_at=None)
    with served(own_world):
        yield own_world


@pytest.mark.parametrize("account", EVERYBODY)
def test_every_address_leads_to_the_change(given: World, account: str) -> None:
    at = tab(token(given, account)).run()
    for page in ("", "admin/akun", *(entry.path for entry in PAGES)):
        opened(at, page)
        assert at.title[0].value == TITLE
        assert offered(at) == {"akun/kata_sandi"}
        assert numbers(at) == []
        assert not at.get("download_button")


@pytest.mark.parametrize("account", EVERYBODY)
def test_viewer_has_neither_scope_nor_any_right(given: World, account: str) -> None:
    viewer = given.viewer(account)
    for dataset in contract().datasets:
        with pytest.raises(Refused) as caught:
            scope(viewer, dataset)
        assert caught.value.reason == "password-one-time"
    role = viewer.role
    assert (role.pages, role.datasets, role.registers) == ((), {}, "none")
    assert not any((role.export, role.export_quality, role.refresh, viewer.member))


def test_question_is_refused_and_recorded(given: World) -> None:
    with pytest.raises(AsnError) as caught:
        given.gateway().ask(given.viewer("analis"), Query("pegawai", ()))
    assert caught.value.reason == "password-one-time"
    newest = audit.search(engine(given.settings.state), limit=1)[0].event
    assert (newest.action, newest.decision, newest.reason) == ("ask", "refused", "password-one-time")


def test_dataset_that_does_not_exist_gets_the_same_answer(given: World) -> None:
    with pytest.raises(Refused) as caught:
        scope(given.viewer("analis"), "tidak_ada")
    assert caught.value.reason == "password-one-time"


def test_nobody_sees_as_another_role(given: World) -> None:
    assert not may_see_as(given.viewer("tim-teknis"), "analis")
    at = tab(token(given, "tim-teknis"))
    at.session_state[SEEN_AS] = "analis"
    assert opened(at, "analisis/eksplorasi").title[0].value == TITLE


def test_reset_counts_at_the_next_click(own_world: World) -> None:
    with served(own_world):
        at = tab(token(own_world, "analis")).run()
        assert at.title[0].value.startswith("Ringkasan")
        set_account(own_world, "analis", password_changed_at=None)
        assert at.run().title[0].value == TITLE
        assert numbers(at) == []


REFUSED = {
    "old is wrong": ("bukan ini", NEW, NEW, "Kata sandi lama keliru."),
    "the same": (PASSWORD, PASSWORD, PASSWORD, "Kata sandi baru harus berbeda"),
    "not typed alike": (PASSWORD, NEW, NEW + "x", "Kedua kata sandi baru tidak sama."),
    "short": (PASSWORD, "pendek", "pendek", "Kata sandi terlalu pendek"),
    "much used": (PASSWORD, "Sunshine123456!", "Sunshine123456!", "Kata sandi terlalu mudah ditebak."),
    "empty": (PASSWORD, "", "", "Kata sandi terlalu pendek"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_unfit_change_opens_nothing(given: World, case: str) -> None:
    *typed, sentence = REFUSED[case]
    at = tab(token(given, "analis")).run()
    _type(at, *typed)
    press(at, "Ganti kata sandi")
    assert at.warning[0].value.startswith(sentence)
    assert at.run().title[0].value == TITLE
    assert accounts.find(engine(given.settings.state), "analis").must_change_password


def test_change_opens_the_page_asked_for_and_ends_other_sessions(given: World) -> None:
    other = tab(token(given, "analis")).run()
    at = opened(tab(token(given, "analis")), PROFILE)
    _type(at, PASSWORD, NEW, NEW)
    press(at, "Ganti kata sandi")
    assert at.title[0].value == "Profil dan hak akses"
    assert is_sign_in(other.run())
    assert password_fits(engine(given.settings.state), "analis", NEW)
    assert NEW not in words(at)


def _type(at: AppTest, *values: str) -> None:
    for field, value in zip(at.main.text_input, values, strict=True):
        field.set_value(value)
