"""Who has somebody's password alone gets no further than the question for a code, and no number before one is set up."""

from collections.abc import Iterator
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from data_access.access.scope import scope
from data_access.errors import Refused
from data_access.governance import audit, second_factor, sessions, sign_in
from data_access.governance.audit import Event
from data_access.keys import key
from data_access.state import engine, utc_now, writing
from data_access.state.tables import second_factor as table
from tests.ui_world import PROFILE, is_sign_in, numbers, offered, opened, press, served, set_account, tab, token, words
from tests.world import PASSWORD, World
from ui.navigation import PAGES

MUST, MAY = ("tim-data", "tim-teknis", "pengelola"), ("pimpinan", "analis", "wilayah")
TITLE, STEP = "Siapkan faktor kedua", "Langkah kedua"
FAILED = "Kode keliru atau sudah dipakai. Ketik kode yang sedang tampil di ponsel Anda."


def under(world: World, policy: str) -> World:
    return World(world.settings.model_copy(update={"second_factor": policy}), world.people)


@pytest.fixture
def strict(own_world: World) -> Iterator[World]:
    """A copy of the world in which roles must have a second factor, as is the default."""
    with served(under(own_world, "roles")) as made:
        yield made


def enrolled(world: World, account: str) -> tuple[str, list[str]]:
    """The account's secret and recovery codes; set up long ago."""
    secret = second_factor.new_secret()
    codes = second_factor.enrol(
        engine(world.settings.state),
        world.audit_key,
        Event(action="second-factor-enrol", decision="allowed", account=account),
        cookie_key=key(world.settings.keys, "cookie"),
        name=account,
        secret=secret,
        code=pyotp.TOTP(secret).now(),
    )
    with writing(engine(world.settings.state)) as connection:
        connection.execute(update(table).values(last_step=0))
    return secret, codes


def password_typed(account: str) -> AppTest:
    at = tab().run()
    for field, value in zip(at.text_input, (account, PASSWORD), strict=True):
        field.set_value(value)
    return at.button[0].click().run()


def code_typed(at: AppTest, code: str) -> AppTest:
    at.text_input[0].set_value(code)
    return press(at, "Lanjutkan")


def live(world: World, account: str) -> int:
    return len(sessions.sessions_of(engine(world.settings.state), account))


@pytest.mark.parametrize("account", MUST)
def test_role_that_must_have_one_sees_nothing_before(strict: World, account: str) -> None:
    at = tab(token(strict, account)).run()
    for page in ("", *(entry.path for entry in PAGES)):
        opened(at, page)
        assert at.title[0].value == TITLE
        assert offered(at) == {"akun/faktor_kedua"}
        assert numbers(at) == []
    with pytest.raises(Refused) as caught:
        scope(strict.viewer(account), "pegawai")
    assert caught.value.reason == "second-factor-missing"
    assert not strict.viewer(account).role.refresh


@pytest.mark.parametrize(
    ("policy", "account", "first"),
    [
        *(("roles", name, "second-factor") for name in MUST),
        *(("roles", name, "") for name in MAY),
        *(("all", name, "second-factor") for name in (*MUST, *MAY)),
        *(("off", name, "") for name in (*MUST, *MAY)),
    ],
)
def test_who_must_have_one(world: World, policy: str, account: str, first: str) -> None:
    assert under(world, policy).viewer(account).first == first


def test_one_time_password_comes_before_the_second_factor(strict: World) -> None:
    set_account(strict, "tim-data", password_changed_at=None)
    assert strict.viewer("tim-data").first == "password"


def test_setting_up_shows_code_and_key_and_then_the_recovery_codes_once(strict: World) -> None:
    at = opened(tab(token(strict, "tim-data")), PROFILE)
    [image] = at.main.get("image")
    assert "data:image/svg+xml" in str(image.proto)  # in the page, not as a file with an address
    secret = at.main.code[0].value.replace(" ", "")
    at.main.text_input[0].set_value("000000")
    press(at, "Aktifkan faktor kedua")
    assert at.warning[0].value.startswith("Kode itu tidak cocok.")
    assert at.main.code[0].value.replace(" ", "") == secret  # the phone has it already
    at.main.text_input[0].set_value(pyotp.TOTP(secret).now())
    press(at, "Aktifkan faktor kedua")
    assert at.title[0].value == "Kode pemulihan"
    assert len(at.main.code[0].value.split()) == 10
    assert secret not in words(at)
    assert opened(at, "data/mutu").title[0].value == "Kode pemulihan"  # nobody walks past them
    press(at, "Sudah saya simpan")
    assert at.title[0].value == "Mutu data: dapatkah snapshot ini diandalkan?"
    assert opened(tab(token(strict, "tim-data")), "akun/faktor-kedua").title[0].value != "Kode pemulihan"
    done = audit.search(engine(strict.settings.state), action="second-factor-enrol")
    assert [e.event.account for e in done] == ["tim-data"]


@pytest.mark.parametrize("policy", ["off", "roles", "all"])
def test_password_alone_gets_the_question_for_a_code(own_world: World, policy: str) -> None:
    """Whoever has a second factor is asked for it, whatever the setting."""
    with served(under(own_world, policy)) as made:
        enrolled(made, "analis")
        at = password_typed("analis")
        assert at.subheader[0].value == STEP
        for page in ("", *(entry.path for entry in PAGES)):
            opened(at, page)
            assert at.subheader[0].value == STEP
            assert offered(at) == {"akun/masuk"}
            assert numbers(at) == []
            assert not len(at.sidebar.children)
        assert live(made, "analis") == 0


def test_right_code_opens_the_page_asked_for(strict: World) -> None:
    secret, _codes = enrolled(strict, "tim-data")
    at = password_typed("tim-data")
    opened(at, PROFILE)
    assert code_typed(at, pyotp.TOTP(secret).now()).title[0].value == "Profil dan hak akses"
    assert live(strict, "tim-data") == 1


@pytest.mark.parametrize("code", ["", "000000", "aaaa-bbbb-cccc-dddd", "' OR 1=1 --", "x" * 40])
def test_wrong_codes_have_one_sentence(strict: World, code: str) -> None:
    enrolled(strict, "tim-data")
    at = code_typed(password_typed("tim-data"), code)
    assert [error.value for error in at.error] == [FAILED]
    assert live(strict, "tim-data") == 0


def test_used_codes_have_the_same_sentence(strict: World) -> None:
    secret, codes = enrolled(strict, "tim-data")
    for code in (pyotp.TOTP(secret).now(), codes[0]):
        code_typed(password_typed("tim-data"), code)
        at = code_typed(password_typed("tim-data"), code)
        assert [error.value for error in at.error] == [FAILED]
    assert live(strict, "tim-data") == 2


def test_codes_are_guessed_no_faster_than_passwords(strict: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The right password before each guess pardons none of them."""
    moment = utc_now()
    monkeypatch.setattr(sign_in, "utc_now", lambda: moment)
    _secret, codes = enrolled(strict, "tim-data")
    for _turn in range(5):
        code_typed(password_typed("tim-data"), "000000")
    at = password_typed("tim-data")
    assert at.error[0].value == "Terlalu banyak percobaan masuk. Coba lagi dalam 1 menit."
    assert is_sign_in(at)
    monkeypatch.setattr(sign_in, "utc_now", lambda: moment + timedelta(seconds=2))
    assert code_typed(password_typed("tim-data"), codes[0]).title[0].value != ""


def test_right_password_from_long_ago_counts_no_more(strict: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _secret, codes = enrolled(strict, "tim-data")
    at = password_typed("tim-data")
    monkeypatch.setattr("ui.second_step.utc_now", lambda: utc_now() + timedelta(minutes=6))
    at.text_input[0].set_value(codes[0])
    press(at, "Lanjutkan")
    assert is_sign_in(at)
    assert "Waktu untuk mengetik kode telah habis" in at.info[0].value
    assert live(strict, "tim-data") == 0


def test_way_back_leads_to_the_form(strict: World) -> None:
    enrolled(strict, "tim-data")
    assert is_sign_in(press(password_typed("tim-data"), "Kembali"))


def test_found_session_renews_no_codes_without_the_phone(strict: World) -> None:
    secret, codes = enrolled(strict, "analis")
    at = opened(tab(token(strict, "analis")), PROFILE)
    _field(at, "Kode dari aplikasi autentikator", "000000")
    press(at, "Buat kode pemulihan baru")
    assert FAILED in [warning.value for warning in at.warning]
    _field(at, "Kode dari aplikasi autentikator", pyotp.TOTP(secret).now())
    press(at, "Buat kode pemulihan baru")
    assert at.title[0].value == "Kode pemulihan"
    assert not set(at.main.code[0].value.split()) & set(codes)


def test_who_may_have_one_sets_it_up_in_the_profile(strict: World) -> None:
    at = opened(tab(token(strict, "analis")), PROFILE)
    at.toggle(key="asn_second_factor_wanted").set_value(True).run()
    secret = at.main.code[0].value.replace(" ", "")
    _field(at, "3. Ketik kode enam angka yang kini ditampilkan", pyotp.TOTP(secret).now())
    press(at, "Aktifkan faktor kedua")
    assert at.title[0].value == "Kode pemulihan"
    assert second_factor.enrolled(engine(strict.settings.state), "analis")


def _field(at: AppTest, label: str, value: str) -> None:
    [field] = [one for one in at.main.text_input if one.label == label]
    field.set_value(value)
