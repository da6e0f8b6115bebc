"""What a page shows when a right, a release or the code under it fails in the middle of a session."""

import logging
import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from data_access.governance import accounts, audit, sessions
from data_access.governance.audit import Event
from data_access.state import engine, utc_now
from data_access.words import LANGUAGES, text
from tests.passwords import password_fits
from tests.ui_world import (
    ACCOUNT_LIST,
    ADDRESS,
    DATA_PAGES,
    DICTIONARY,
    EXPLORER,
    PROFILE,
    ROLES,
    SESSIONS,
    SUMMARY,
    cookies_of,
    damage,
    end_agreement,
    is_sign_in,
    numbers,
    offered,
    opened,
    press,
    set_account,
    tab,
    token,
    words,
)
from tests.world import PASSWORD, World
from ui import headline
from ui.cookies import PLAIN

ENDED = "Sesi Anda telah berakhir. Silakan masuk kembali."
CHANGE = Event(action="uji", decision="allowed", account="uji")
NEW = "sembilan kuda hijau"


def end_by_administrator(world: World, session: str) -> None:
    sessions.end_all(engine(world.settings.state), world.audit_key, CHANGE, account="analis")


def end_by_sign_out_elsewhere(world: World, session: str) -> None:
    sessions.end_session(engine(world.settings.state), world.audit_key, CHANGE, token=session)


def disable(world: World, session: str) -> None:
    accounts.disable(engine(world.settings.state), world.audit_key, CHANGE, name="analis")


def reset(world: World, session: str) -> None:
    accounts.reset_password(engine(world.settings.state), world.audit_key, CHANGE, name="analis", password=NEW, cost=4)


@pytest.mark.parametrize("ending", [end_by_administrator, end_by_sign_out_elsewhere, disable, reset])
@pytest.mark.parametrize("page", [SUMMARY, PROFILE])
def test_session_that_ended_gives_the_form_and_a_notice_at_the_next_click(
    own_stage: World, page: str, ending: Callable[[World, str], None]
) -> None:
    session = token(own_stage, "analis")
    at = opened(tab(session), page)
    assert not is_sign_in(at)
    ending(own_stage, session)
    at.run()
    assert is_sign_in(at)
    assert [info.value for info in at.info] == [ENDED]
    assert [info.value for info in at.run().info] == [
        ENDED
    ]  # until the form is sent: its cookie component runs it twice
    assert is_sign_in(at)


@pytest.mark.parametrize("age", [timedelta(minutes=15, seconds=1), timedelta(hours=8, seconds=1)])
def test_session_that_ran_out_gives_the_form_and_a_notice(stage: World, age: timedelta) -> None:
    at = tab(token(stage, "analis", now=utc_now() - age)).run()
    assert is_sign_in(at)
    assert [info.value for info in at.info] == [ENDED]


@pytest.mark.parametrize("session", ["", "x", "' OR 1=1 --", "\ud800"], ids=repr)
def test_token_that_nobody_got_gives_the_form(stage: World, session: str) -> None:
    at = tab(session or "  ").run()
    assert is_sign_in(at)
    assert not at.error


@pytest.mark.parametrize("key", ["authentication_status", "username", "name", "roles", "email", "logout"])
def test_what_the_library_believes_does_not_sign_anybody_in(stage: World, key: str) -> None:
    at = tab()
    at.session_state["authentication_status"] = True
    at.session_state[key] = True if key in ("authentication_status", "logout") else "analis"
    at.run()
    assert numbers(at) == []
    assert not at.main.get("subheader") or at.subheader[0].value == "Masuk"
    assert PLAIN not in cookies_of(at)


def test_changed_role_takes_effect_at_the_next_click(own_stage: World) -> None:
    at = opened(tab(token(own_stage, "analis")), EXPLORER)
    at.selectbox(key="x_rows").set_value("golongan_ruang").run()
    assert numbers(at) == ["plotly_chart", "dataframe"]
    set_account(own_stage, "analis", role="admin")
    at.run()
    assert offered(at) == {DICTIONARY, ROLES, ACCOUNT_LIST, SESSIONS, PROFILE}
    assert "plotly_chart" not in numbers(at)
    assert "golongan/ruang" not in words(at).lower()


@pytest.mark.parametrize("level", ["kanreg", "provinsi"])
def test_narrower_role_in_mid_session_keeps_no_choice_out_of_reach(own_stage: World, level: str) -> None:
    """An analyst who becomes a regional one while choosers hold a level and codes that the new role does not reach."""
    at = opened(tab(token(own_stage, "analis")), EXPLORER)
    at.selectbox(key="x_rows").set_value(level).run()
    at.multiselect(key="x_filters").set_value(["provinsi"]).run()
    at.multiselect(key="x_codes_provinsi").set_value(["12", "33"]).run()
    set_account(own_stage, "analis", role="analis_wilayah", provinces=["33", "34"])
    at.run()
    assert not at.error, words(at)
    assert not at.exception
    assert "kanreg" not in at.selectbox(key="x_rows").options
    assert at.multiselect(key="x_codes_provinsi").options == ["Jawa Tengah", "DI Yogyakarta"]
    assert "12" not in str(at.query_params.get("saring"))
    assert "Sumatera Utara" not in words(at)


def test_unknown_role_gets_a_sentence_and_no_page(own_stage: World) -> None:
    at = tab(token(own_stage, "analis")).run()
    set_account(own_stage, "analis", role="raja")
    at.run()
    assert [warning.value for warning in at.warning] == ["Peran raja tidak dikenal. Hubungi administrator."]
    assert numbers(at) == []


@pytest.mark.parametrize("page", [SUMMARY, EXPLORER])
def test_agreement_that_ended_in_mid_session_leaves_a_sentence(own_stage: World, page: str) -> None:
    at, owner = (opened(tab(token(own_stage, name)), page) for name in ("analis", "pemilik"))
    assert numbers(at)
    end_agreement(own_stage)
    at.run()
    assert numbers(at) == []
    assert [warning.value for warning in at.warning] == [
        "Perjanjian Kerja Sama berakhir pada 31-01-2023. Data pihak lain dapat dibuka kembali setelah perpanjangannya "
        "disepakati (Pasal 6 ayat (1)) dan dicatat dalam daftar perjanjian."
    ]
    assert numbers(owner.run())  # the owner's own data stays open to the owner


def test_profile_says_that_the_agreement_is_not_in_force(own_stage: World) -> None:
    end_agreement(own_stage)
    at = opened(tab(token(own_stage, "analis")), PROFILE)
    assert "Tidak berlaku hari ini." in words(at)
    assert len({warning.value for warning in at.warning}) == 1


@pytest.mark.parametrize("content", [None, "", "agreement: [", "\x00"], ids=repr)
def test_agreement_file_that_is_lost_or_broken_opens_nothing(own_stage: World, content: str | None) -> None:
    file = own_stage.settings.agreement
    file.unlink() if content is None else file.write_text(content)
    at = tab(token(own_stage, "analis")).run()
    assert len(at.warning) == 1
    assert numbers(at) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", DATA_PAGES)
def test_without_a_release_there_is_a_sentence(bare_stage: World, page: str, language: str) -> None:
    at = opened(tab(token(bare_stage, "analis"), language=language), page)
    sentence = text("Belum ada rilis. Tim data perlu menerbitkan snapshot pertama.", language)
    assert [warning.value for warning in at.warning] == [sentence]
    assert numbers(at) == []
    assert not at.error


def test_profile_needs_no_release(bare_stage: World) -> None:
    at = opened(tab(token(bare_stage, "analis")), PROFILE)
    assert not at.warning
    assert len(at.tabs) == 4


@pytest.mark.parametrize("page", DATA_PAGES)
def test_damaged_release_shows_a_sentence_and_no_data(own_stage: World, page: str) -> None:
    damage(own_stage)
    at = opened(tab(token(own_stage, "analis")), page)
    assert [warning.value for warning in at.warning] == [
        "Rilis 0003 rusak atau tanda tangannya tidak cocok. Hubungi tim data; data tidak ditampilkan."
    ]
    assert numbers(at) == []


def test_missing_audit_key_shows_a_sentence_and_no_data(own_stage: World) -> None:
    session = token(own_stage, "analis")
    (own_stage.settings.keys / "audit.key").unlink()
    at = tab(session).run()
    assert "Kunci audit tidak ada" in at.warning[0].value
    assert numbers(at) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_failure_of_the_code_is_a_sentence_with_a_code_that_the_log_knows(
    stage: World, language: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_given: object, **_named: object) -> None:
        raise RuntimeError("4321 orang di /var/rahasia")

    monkeypatch.setattr(headline, "figures", broken)
    with caplog.at_level(logging.ERROR):
        at = tab(token(stage, "analis"), language=language).run()
    [error] = at.error
    template = text("Halaman ini gagal dimuat. Coba lagi; bila berulang, sampaikan kode {code}.", language)
    found = re.fullmatch(re.escape(template).replace(r"\{code\}", "([0-9a-f]{8})"), str(error.value))
    assert found
    assert found[1] in caplog.text
    assert "4321" in caplog.text
    shown = words(at)
    assert not any(part in shown for part in ("4321", "rahasia", "Traceback", "RuntimeError", "headline.py"))
    assert not at.exception
    assert numbers(at) == []


def test_failure_before_any_page_is_a_sentence_too(stage: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_given: object, **_named: object) -> None:
        raise RuntimeError("rahasia")

    monkeypatch.setattr(sessions, "session_account", broken)
    at = tab(token(stage, "analis")).run()
    assert len(at.error) == 1
    assert "rahasia" not in words(at)


def test_state_database_that_is_gone_shows_a_sentence(own_stage: World) -> None:
    session = token(own_stage, "analis")
    engine(own_stage.settings.state).dispose()
    for file in own_stage.settings.var.glob("state.db*"):
        file.write_bytes(b"this is no database" * 100)
    at = tab(session).run()
    assert numbers(at) == []
    assert len(at.warning) + len(at.error) == 1


def test_every_page_leaves_a_record_of_what_it_asked(own_stage: World) -> None:
    session = token(own_stage, "analis")
    state = engine(own_stage.settings.state)
    before, _mac = audit.anchor(state)
    tab(session).run()
    found = [entry.event for entry in audit.search(state, account="analis", action="ask") if entry.seq > before]
    assert len(found) >= 8
    assert {(e.decision, e.address, e.session_sha256) for e in found} == {
        ("allowed", ADDRESS, sessions.fingerprint(session))
    }


def test_sign_out_ends_the_session_on_the_server(own_stage: World) -> None:
    session = token(own_stage, "analis")
    at = opened(tab(session, language="en"), PROFILE)
    at.sidebar.button[0].click().run()
    assert is_sign_in(at)
    assert [info.value for info in at.info] == [text("Anda telah keluar.", "en")]
    assert set(at.session_state.to_dict()) & {"asn_whose", "summary_period", "asn_explorer_read"} == set()
    assert is_sign_in(tab(session).run())  # a copy of the token is worth nothing
    assert [one.end_reason for one in sessions.sessions_of(engine(own_stage.settings.state), "analis")] == ["sign-out"]


def test_sign_out_is_recorded_with_whose_session_it_was(own_stage: World) -> None:
    session = token(own_stage, "analis")
    tab(session).run().sidebar.button[0].click().run()
    [entry] = audit.search(engine(own_stage.settings.state), action="sign-out")
    assert (entry.event.account, entry.event.session_sha256) == ("analis", sessions.fingerprint(session))


def test_sign_out_that_cannot_be_recorded_says_so(own_stage: World) -> None:
    at = opened(tab(token(own_stage, "analis")), PROFILE)
    (own_stage.settings.keys / "audit.key").unlink()
    at.sidebar.button[0].click().run()
    assert not at.exception
    assert "Kunci audit tidak ada" in at.warning[0].value


def password(world: World, session: str, old: str, new: str, again: str) -> str:
    """What the password form of the profile answers."""
    at = opened(tab(session), PROFILE)
    for field, value in zip(at.text_input, (old, new, again), strict=True):
        field.set_value(value)
    press(at, "Ganti kata sandi")
    [answer] = [str(one.value) for one in at.success] + [str(one.value) for one in at.warning]
    return answer


def test_own_password_can_be_changed_and_other_sessions_end(own_stage: World) -> None:
    state = engine(own_stage.settings.state)
    session, other = token(own_stage, "analis"), token(own_stage, "analis")
    assert password(own_stage, session, PASSWORD, NEW, NEW) == "Kata sandi telah diganti; sesi lain diakhiri."
    assert not is_sign_in(tab(session).run())
    assert is_sign_in(tab(other).run())
    assert password_fits(state, "analis", NEW)
    [entry] = audit.search(state, action="password-change")
    assert (entry.event.account, entry.event.session_sha256) == ("analis", sessions.fingerprint(session))
    assert NEW not in repr(entry)


@pytest.mark.parametrize(
    ("old", "new", "again", "answer"),
    [
        (PASSWORD, NEW, NEW + "x", "Kedua kata sandi baru tidak sama."),
        ("salah", NEW, NEW, "Kata sandi lama keliru."),
        (PASSWORD, "pendek", "pendek", "Kata sandi terlalu pendek: paling sedikit 12 karakter."),
        (PASSWORD, "analis analis analis", "analis analis analis", "Kata sandi tidak boleh memuat nama akun."),
        (PASSWORD, PASSWORD, PASSWORD, "Kata sandi baru harus berbeda dari kata sandi lama."),
        (PASSWORD, "", "", "Kata sandi terlalu pendek: paling sedikit 12 karakter."),
    ],
)
def test_password_that_may_not_be_is_refused_with_the_reason(
    own_stage: World, old: str, new: str, again: str, answer: str
) -> None:
    assert password(own_stage, token(own_stage, "analis"), old, new, again) == answer
    assert password_fits(engine(own_stage.settings.state), "analis", PASSWORD)


def test_all_other_sessions_can_be_ended_from_the_profile(own_stage: World) -> None:
    session, other = token(own_stage, "analis"), token(own_stage, "analis")
    strangers = token(own_stage, "pimpinan")
    at = opened(tab(session), PROFILE)
    press(at, "Akhiri semua sesi lain")
    assert [one.value for one in at.success] == ["Semua sesi lain telah diakhiri."]
    assert is_sign_in(tab(other).run())
    assert not is_sign_in(tab(session).run())
    assert not is_sign_in(tab(strangers).run())


def test_password_with_spaces_around_it_still_signs_in(own_stage: World) -> None:
    """The form of the library cuts spaces off; what the profile stores must be what the form will send."""
    spaced = f"  {NEW} "
    assert "diganti" in password(own_stage, token(own_stage, "analis"), PASSWORD, spaced, spaced)
    at = tab().run()
    for field, value in zip(at.text_input, ("analis", spaced), strict=True):
        field.set_value(value)
    at.button[0].click().run()
    assert not is_sign_in(at)
