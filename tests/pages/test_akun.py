"""The administrator's page of accounts: what it lists, what it changes, what is told and recorded."""

import re
from datetime import date
from typing import TypeVar

import pyotp
import pytest
from sqlalchemy import text as sql
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button, Checkbox, Widget, WidgetList

from data_access.governance import accounts, audit, second_factor
from data_access.governance.accounts import Account
from data_access.keys import key
from data_access.settings import settings
from data_access.state import engine, writing
from data_access.words import LANGUAGES, text
from tests.passwords import password_fits
from tests.ui_world import ACCOUNT_LIST, forget, is_sign_in, opened, plain, set_account, sound, tab, token, words
from tests.world import PASSWORD, World

PRINTED = re.compile(r"[a-z2-9]{4}(?:-[a-z2-9]{4}){4}")
CHOOSER, ACTION = "account_chosen", "account_action"


@pytest.fixture
def office(bare_stage: World) -> World:
    """Accounts and no release: nothing here reads data."""
    return bare_stage


Field = TypeVar("Field", bound=Widget)


def page(world: World, language: str = "") -> AppTest:
    return opened(tab(token(world, "pengelola"), language=language), ACCOUNT_LIST)


def choose(at: AppTest, name: str, action: str = "") -> AppTest:
    at.selectbox(key=CHOOSER).select(name).run()
    if action:
        at.segmented_control(key=ACTION).set_value(action).run()
    return at


def send(at: AppTest, button: str, *, sure: bool = True) -> AppTest:
    """Ticks what stands above the button and presses it."""
    fields = [one for one in at.main if isinstance(one, Checkbox | Button)]
    place = next(i for i, one in enumerate(fields) if isinstance(one, Button) and one.label == button)
    box, pressed = fields[place - 1], fields[place]
    assert isinstance(box, Checkbox)
    assert isinstance(pressed, Button)
    if sure:
        box.check()
    return pressed.click().run()


def add(at: AppTest, role: str, name: str, full_name: str = "Budi Santoso", *, sure: bool = True) -> AppTest:
    _of(at.selectbox, "new_role").select(role).run()
    _of(at.text_input, "new_name").input(name)
    _of(at.text_input, "new_full_name").input(full_name)
    return send(at, "Buat akun", sure=sure)


def _of(kind: WidgetList[Field], name: str) -> Field:
    """The field of that name, whichever turn of the forms it is."""
    [found] = [one for one in kind if re.fullmatch(rf"account_{name}_\d+", one.key or "")]
    return found


def account(world: World, name: str) -> Account:
    return accounts.find(engine(world.settings.state), name)


def newest(world: World) -> audit.Event:
    return audit.search(engine(world.settings.state), limit=1)[0].event


def buttons(at: AppTest) -> set[str]:
    return {one.label for one in at.button}


def told(at: AppTest) -> list[str]:
    return [str(one.value) for one in (*at.success, *at.warning)]


def test_every_account_is_listed_with_its_state(office: World) -> None:
    set_account(office, "analis", active=False)
    set_account(office, "pimpinan", password_changed_at=None)
    token(office, "wilayah")
    at = page(office)
    assert "**10 akun aktif, 1 nonaktif, 1 menunggu kata sandi pertama.**" in words(at)
    rows = at.dataframe[0].value.set_index("Akun")
    assert len(rows) == 11
    assert rows.loc["analis", "Keadaan"] == "nonaktif"
    assert rows.loc["pimpinan", "Kata sandi"] == "sekali pakai, belum diganti"
    assert rows.loc["wilayah", "Provinsi"] == "Jawa Tengah, DI Yogyakarta"
    assert str(date.today().year) in rows.loc["wilayah", "Terakhir masuk"]
    assert rows.loc["analis", "Terakhir masuk"] == "belum pernah"
    assert rows.loc["pengelola", "Pernyataan kerahasiaan"].startswith("disetujui")
    assert rows.loc["pengelola", "Peran"] == "Administrator"
    assert "Layanan masuk tunggal" not in rows.columns


def test_statement_and_second_factor_that_are_missing_are_told(office: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with writing(engine(office.settings.state)) as connection:
        connection.execute(sql("DELETE FROM statement"))
    _enrol(office, "pengelola")
    monkeypatch.setenv("ASN_SECOND_FACTOR", "roles")
    forget()
    at = page(office)
    rows = at.dataframe[0].value.set_index("Akun")
    assert rows.loc["pengelola", "Pernyataan kerahasiaan"] == "tidak diperlukan"  # sees no data
    assert rows.loc["analis", "Pernyataan kerahasiaan"] == "belum disetujui"
    factors = {name: rows.loc[name, "Faktor kedua"] for name in ("pengelola", "tim-data", "analis")}
    assert factors == {"pengelola": "disiapkan", "tim-data": "wajib, belum disiapkan", "analis": "tidak wajib"}
    assert "3 belum menyiapkan faktor kedua yang wajib" in words(at)


def test_account_whose_role_is_no_more_is_listed_and_can_be_mended(office: World) -> None:
    set_account(office, "analis", role="bekas")
    at = choose(page(office), "analis")
    assert not at.exception
    assert at.dataframe[0].value.set_index("Akun").loc["analis", "Peran"] == "bekas"
    _of(at.selectbox, "rights_analis_role").select("analis").run()
    assert told(send(at, "Ganti hak akses")) == ["Hak akses akun analis diganti; sesinya berakhir."]
    assert account(office, "analis").role == "analis"


@pytest.mark.parametrize(
    ("typed", "role", "party", "found"),
    [
        ("tim-", "", "", ["tim-data", "tim-teknis"]),
        ("  TIM-  ", "", "", ["tim-data", "tim-teknis"]),
        ("Pimpinan-Bkn", "", "", ["pimpinan-bkn"]),  # the full name
        ("", "analis", "", ["analis", "pemilik"]),
        ("", "analis", "kedua", ["pemilik"]),
        ("", "", "kedua", ["pemilik", "pengelola", "pimpinan-bkn", "teknis-bkn", "tim-data"]),
    ],
)
def test_search_and_filters(stage: World, typed: str, role: str, party: str, found: list[str]) -> None:
    at = page(stage)
    at.text_input(key="accounts_search").input(typed)
    at.selectbox(key="accounts_role").select(role)
    at.selectbox(key="accounts_party").select(party).run()
    assert list(at.dataframe[0].value["Akun"]) == found
    assert f"{len(found)} dari 11 akun." in words(at)


def test_nothing_found_says_what_to_do(stage: World) -> None:
    at = page(stage)
    at.text_input(key="accounts_search").input("tidak ada").run()
    assert at.info[0].value.startswith("Tidak ada akun yang cocok.")
    assert not at.dataframe


def test_new_account_gets_a_one_time_password_that_is_shown_once(office: World) -> None:
    at = add(page(office), "analis", " Budi ", "Budi Santoso")
    assert told(at) == ["Akun budi dibuat."]
    [shown] = [one.value for one in at.code]
    assert PRINTED.fullmatch(shown)
    made = account(office, "budi")
    assert (made.full_name, made.role, made.party, made.provinces) == ("Budi Santoso", "analis", "kedua", None)
    assert made.must_change_password
    assert password_fits(engine(office.settings.state), "budi", shown)
    assert (newest(office).action, newest(office).account, newest(office).detail) == (
        "account-add",
        "pengelola",
        "budi",
    )
    assert at.selectbox(key=CHOOSER).value == "budi"  # its panel is open
    assert _of(at.selectbox, "new_role").value is None  # the form is empty and shut
    assert plain(at.session_state.to_dict())
    assert shown not in repr(at.session_state.to_dict())
    assert not at.run().code  # told once


def test_new_regional_account_needs_a_place(office: World) -> None:
    at = add(page(office), "analis_wilayah", "budi")
    assert told(at) == ["Peran Analis wilayah dibatasi wilayah: pilih sedikitnya satu provinsi."]
    _of(at.multiselect, "new_provinces").set_value(["34", "33"])
    assert told(send(at, "Buat akun")) == ["Akun budi dibuat."]
    assert account(office, "budi").provinces == ("33", "34")


@pytest.mark.parametrize(
    ("name", "full_name", "sure", "sentence"),
    [
        ("analis", "Budi", True, "Nama akun analis sudah dipakai."),
        ("pengelola", "Budi", True, "Nama akun pengelola sudah dipakai."),  # the own name
        ("budi santoso", "Budi", True, "Nama akun: 3 sampai 40 huruf kecil"),
        ("", "Budi", True, "Nama akun: 3 sampai 40 huruf kecil"),
        ("budi", "", True, "Nama lengkap: 1 sampai 200 huruf"),
        ("budi", "Budi\u202e", True, "Nama lengkap: 1 sampai 200 huruf"),
        ("budi", "Budi", False, "Beri tanda bahwa Anda yakin."),
    ],
)
def test_new_account_that_may_not_be(office: World, name: str, full_name: str, sure: bool, sentence: str) -> None:
    at = add(page(office), "analis", name, full_name, sure=sure)
    assert [one.startswith(sentence) for one in told(at)] == [True]
    assert not at.code
    assert len(accounts.all_accounts(engine(office.settings.state))) == 11
    assert _of(at.text_input, "new_full_name").value == full_name  # nothing is lost


def test_without_a_role_there_is_no_form(stage: World) -> None:
    assert "Buat akun" not in buttons(page(stage))


def test_account_is_disabled_and_enabled(office: World) -> None:
    session = token(office, "analis")
    at = send(choose(page(office), "analis", "disable"), "Nonaktifkan akun")
    assert told(at) == ["Akun analis dinonaktifkan."]
    assert not account(office, "analis").active
    assert is_sign_in(tab(session).run())
    assert (newest(office).action, newest(office).detail) == ("account-disable", "analis")
    at.segmented_control(key=ACTION).set_value("enable").run()
    assert told(send(at, "Aktifkan akun")) == ["Akun analis aktif kembali."]
    assert account(office, "analis").active


@pytest.mark.parametrize(
    ("action", "button"),
    [("disable", "Nonaktifkan akun"), ("password", "Buat kata sandi sekali pakai"), ("rights", "Ganti hak akses")],
)
def test_nothing_is_done_by_whoever_is_not_sure(office: World, action: str, button: str) -> None:
    at = page(office)
    before = account(office, "analis"), audit.anchor(engine(office.settings.state))
    send(choose(at, "analis", action), button, sure=False)
    assert told(at) == ["Beri tanda bahwa Anda yakin."]
    assert (account(office, "analis"), audit.anchor(engine(office.settings.state))) == before


def test_mark_for_one_account_is_none_for_another(office: World) -> None:
    at = choose(page(office), "analis", "disable")
    at.checkbox[-1].check().run()
    choose(at, "wilayah")
    assert not any(one.value for one in at.checkbox)


def test_new_password_ends_the_old_one(office: World) -> None:
    at = send(choose(page(office), "analis", "password"), "Buat kata sandi sekali pakai")
    [shown] = [one.value for one in at.code]
    state = engine(office.settings.state)
    assert password_fits(state, "analis", shown)
    assert not password_fits(state, "analis", PASSWORD)
    assert (newest(office).action, newest(office).detail) == ("account-reset", "analis")


def test_rights_are_changed(office: World) -> None:
    at = choose(page(office), "analis", "rights")
    _of(at.selectbox, "rights_analis_role").select("analis_wilayah").run()
    _of(at.multiselect, "rights_analis_provinces").set_value(["12"])
    _of(at.selectbox, "rights_analis_party").select("kedua")
    assert told(send(at, "Ganti hak akses")) == ["Hak akses akun analis diganti; sesinya berakhir."]
    found = account(office, "analis")
    assert (found.role, found.party, found.provinces) == ("analis_wilayah", "kedua", ("12",))
    event = newest(office)
    assert (event.action, event.account) == ("account-rights", "pengelola")
    assert event.detail == "analis: analis/kesatu/* -> analis_wilayah/kedua/12"


def test_rights_begin_with_those_that_are(office: World) -> None:
    at = choose(page(office), "wilayah", "rights")
    assert _of(at.selectbox, "rights_wilayah_role").value == "analis_wilayah"
    assert _of(at.multiselect, "rights_wilayah_provinces").value == ["33", "34"]
    at = send(at, "Ganti hak akses")
    assert told(at) == ["Peran, pihak, dan provinsi akun wilayah sudah demikian."]


def test_second_factor_is_taken_away(office: World) -> None:
    _enrol(office, "analis")
    at = send(choose(page(office), "analis", "factor"), "Hapus faktor kedua")
    assert told(at) == ["Faktor kedua akun analis dihapus; sesinya berakhir."]
    assert not second_factor.enrolled(engine(office.settings.state), "analis")
    assert (newest(office).action, newest(office).detail) == ("second-factor-reset", "analis")
    assert "factor" not in at.segmented_control(key=ACTION).options


def test_name_at_the_service_only_where_there_is_one(office: World, monkeypatch: pytest.MonkeyPatch) -> None:
    at = choose(page(office), "analis")
    assert "Masuk tunggal" not in at.segmented_control(key=ACTION).options
    monkeypatch.setenv("ASN_SIGN_ON", "true")
    forget()
    at = choose(page(office), "analis", "sign-on")
    _of(at.text_input, "service_analis").input(" nip-1 ")
    assert told(send(at, "Hubungkan")) == ["Akun analis terhubung dengan layanan masuk tunggal."]
    assert at.dataframe[0].value.set_index("Akun").loc["analis", "Layanan masuk tunggal"] == "nip-1"
    choose(at, "wilayah")
    _of(at.text_input, "service_wilayah").input("nip-1")
    assert told(send(at, "Hubungkan")) == ["Nama itu sudah terhubung dengan akun lain."]
    _of(at.text_input, "service_wilayah").input("")
    assert told(send(at, "Hubungkan")) == ["Nama pada layanan masuk tunggal: 1 sampai 255 karakter."]
    choose(at, "analis")
    assert told(send(at, "Putuskan hubungan")) == ["Akun analis tidak lagi terhubung dengan layanan masuk tunggal."]
    assert newest(office).action == "sign-on-disconnect"


def test_own_account_has_no_changes(office: World) -> None:
    at = choose(page(office), "pengelola")
    assert buttons(at).isdisjoint({"Ganti hak akses", "Nonaktifkan akun", "Buat kata sandi sekali pakai"})
    assert at.info[0].value.startswith("Ini akun Anda sendiri")


def test_without_the_record_nothing_is_changed(office: World) -> None:
    at = choose(page(office), "analis", "disable")
    (office.settings.keys / "audit.key").unlink()
    send(at, "Nonaktifkan akun")
    assert "Kunci audit tidak ada" in at.warning[0].value
    assert account(office, "analis").active


def test_change_of_an_account_that_went_away_meanwhile(office: World) -> None:
    """Somebody else has disabled it: the panel now offers to enable it, and says nothing wrong."""
    at = choose(page(office), "analis", "disable")
    set_account(office, "analis", active=False)
    at.run()
    assert "Nonaktifkan akun" not in buttons(at)
    assert account(office, "analis").active is False


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_in_both_languages(stage: World, language: str) -> None:
    at = sound(stage, "pengelola", ACCOUNT_LIST, language=language)
    choose(at, "wilayah")
    assert text("Tindakan", language) in [one.label for one in at.segmented_control]
    assert text("Provinsi", language) in words(at)


@pytest.mark.parametrize("name", ["analis", "pimpinan", "tim-data", "tim-teknis"])
def test_nobody_else_finds_the_page(stage: World, name: str) -> None:
    at = opened(tab(token(stage, name)), ACCOUNT_LIST)
    assert at.title[0].value != "Siapa punya akun, dan dengan hak apa?"


def _enrol(world: World, name: str) -> None:
    secret = second_factor.new_secret()
    event = audit.Event(action="second-factor-enrol", decision="allowed", account=name)
    second_factor.enrol(
        engine(world.settings.state),
        world.audit_key,
        event,
        cookie_key=key(settings().keys, "cookie"),
        name=name,
        secret=secret,
        code=pyotp.TOTP(secret).now(),
    )
