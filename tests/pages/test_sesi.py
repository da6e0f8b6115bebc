"""The administrator's page of open sessions: what it lists, what it ends, what is recorded."""

from datetime import timedelta

import pytest

from data_access.governance import audit, sessions
from data_access.state import engine, utc_now
from data_access.words import text
from tests.ui_world import PROFILE, SESSIONS, cookies_of, is_sign_in, opened, press, tab, token, words
from tests.world import World
from ui.cookies import PLAIN


def lives(world: World, secret: str) -> bool:
    return sessions.is_live(engine(world.settings.state), sessions.fingerprint(secret))


def test_every_open_session_is_listed_and_no_ended_one(own_stage: World) -> None:
    token(own_stage, "analis", now=utc_now() - timedelta(minutes=16))
    token(own_stage, "pimpinan")
    at = opened(tab(token(own_stage, "pengelola")), SESSIONS)
    assert at.title[0].value == "Siapa yang sedang masuk?"
    shown = words(at)
    assert "2 sesi terbuka, 2 akun." in shown
    assert "**pimpinan**" in shown
    assert "**analis**" not in shown
    assert [one.label for one in at.button].count("Akhiri") == 1  # not the own one


def test_one_session_is_ended_and_the_record_says_whose(own_stage: World) -> None:
    ended, kept, own = token(own_stage, "analis"), token(own_stage, "analis"), token(own_stage, "pengelola")
    at = opened(tab(own), SESSIONS)
    [number] = [
        s.id
        for s in sessions.open_sessions(engine(own_stage.settings.state))
        if s.secret == sessions.fingerprint(ended)
    ]
    at.button(key=f"end_{number}").click().run()
    assert [one.value for one in at.success] == ["1 sesi diakhiri."]
    assert (lives(own_stage, ended), lives(own_stage, kept), lives(own_stage, own)) == (False, True, True)
    [entry] = audit.search(engine(own_stage.settings.state), action="sessions-end")
    assert (entry.event.account, entry.event.detail) == ("pengelola", f"analis: {sessions.fingerprint(ended)[:12]}")
    assert not at.run().success  # told once


def test_all_sessions_of_an_account_are_ended_but_never_the_own_one(own_stage: World) -> None:
    two, other = [token(own_stage, "analis") for _turn in range(2)], token(own_stage, "pimpinan")
    own, elsewhere = token(own_stage, "pengelola"), token(own_stage, "pengelola")
    at = opened(tab(own), SESSIONS)
    at.selectbox(key="sessions_account").select("analis").run()
    press(at, "Akhiri semua sesi akun ini")
    assert [one.value for one in at.success] == ["2 sesi diakhiri."]
    assert [lives(own_stage, one) for one in (*two, other, own)] == [False, False, True, True]
    at.selectbox(key="sessions_account").select("pengelola").run()
    press(at, "Akhiri semua sesi akun ini")
    assert (lives(own_stage, own), lives(own_stage, elsewhere)) == (True, False)


def test_without_the_record_no_session_is_ended(own_stage: World) -> None:
    kept = token(own_stage, "analis")
    at = opened(tab(token(own_stage, "pengelola")), SESSIONS)
    (own_stage.settings.keys / "audit.key").unlink()
    at.selectbox(key="sessions_account").select("analis").run()
    press(at, "Akhiri semua sesi akun ini")
    assert "Kunci audit tidak ada" in at.warning[0].value
    assert lives(own_stage, kept)


@pytest.mark.parametrize("account", ["analis", "pimpinan", "tim-data", "tim-teknis"])
def test_nobody_else_finds_the_page(stage: World, account: str) -> None:
    at = opened(tab(token(stage, account)), SESSIONS)
    assert at.title[0].value != "Siapa yang sedang masuk?"


def test_a_long_list_is_cut_and_says_so(own_stage: World) -> None:
    for _turn in range(52):
        token(own_stage, "analis")
    at = opened(tab(token(own_stage, "pengelola"), language="en"), SESSIONS)
    assert [one.label for one in at.button].count(text("Akhiri", "en")) == 49  # 50 lines, one of them the own
    assert any("50" in str(one.value) for one in at.caption[1:])


def test_on_the_profile_single_sessions_of_ones_own_can_be_ended(own_stage: World) -> None:
    own, other, strangers = token(own_stage, "analis"), token(own_stage, "analis"), token(own_stage, "pimpinan")
    at = opened(tab(own), PROFILE)
    press(at, "Akhiri")
    assert [lives(own_stage, one) for one in (own, other, strangers)] == [True, False, True]
    assert "pimpinan" not in words(at)


def test_a_connection_resumed_with_another_session_begins_with_nothing(own_stage: World) -> None:
    """What the tab remembers, a chosen view or a role seen as, is of the session before."""
    at = opened(tab(token(own_stage, "tim-teknis")), PROFILE)
    at.session_state["asn_seen_as"] = "admin"
    at.session_state["asn_purpose"] = "rapat rahasia"
    cookies_of(at)[PLAIN] = token(own_stage, "pimpinan")
    at.run()
    assert "asn_seen_as" not in at.session_state
    assert "asn_purpose" not in at.session_state
    assert "pimpinan" in words(opened(at, PROFILE))


def test_a_cookie_taken_away_is_the_end_of_it(own_stage: World) -> None:
    at = opened(tab(token(own_stage, "analis")), PROFILE)
    cookies_of(at).clear()
    assert is_sign_in(at.run())
