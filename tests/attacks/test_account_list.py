"""Whoever wants more rights by way of the administrator's page: another role, oneself, the last who could stop it, a race."""

import logging
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import text as sql

from data_access.access import administering
from data_access.access.roles import role
from data_access.access.viewer import Viewer
from data_access.errors import AsnError, Refused
from data_access.governance import accounts, audit, sessions
from data_access.governance.accounts import Account
from data_access.governance.audit import Event
from data_access.governance.audit_check import verify
from data_access.state import engine, reading, utc_now
from tests.ui_world import ACCOUNT_LIST, opened, served, set_account, tab, token, words
from tests.world import CHEAP, PASSWORD, World

OTHERS = ("pimpinan", "analis", "wilayah", "tim-data", "tim-teknis")
ONE_TIME = re.compile(r"[a-z2-9]{4}(?:-[a-z2-9]{4}){4}")
Act = Callable[[Viewer], object]
# The act, and the account that it would change.
ACTS: dict[str, Act] = {
    "account-list": administering.all_listed,
    "account-add": lambda me: administering.add(
        me, "mata-mata", full_name="X", role="admin", party="kedua", provinces=()
    ),
    "account-disable": lambda me: administering.disable(me, "pemilik"),
    "account-enable": lambda me: administering.enable(me, "pemilik"),
    "account-reset": lambda me: administering.new_password(me, "pemilik"),
    "account-rights": lambda me: administering.change_rights(me, "pemilik", role="admin", party="kedua", provinces=()),
    "second-factor-reset": lambda me: administering.reset_second_factor(me, "pemilik"),
    "sign-on-connect": lambda me: administering.connect(me, "pemilik", "nip-jahat"),
    "sign-on-disconnect": lambda me: administering.disconnect(me, "pemilik"),
}
OWN: dict[str, Act] = {
    "account-disable": lambda me: administering.disable(me, me.account),
    "account-enable": lambda me: administering.enable(me, me.account),
    "account-reset": lambda me: administering.new_password(me, me.account),
    "account-rights": lambda me: administering.change_rights(
        me, me.account, role="analis", party="kesatu", provinces=()
    ),
    "second-factor-reset": lambda me: administering.reset_second_factor(me, me.account),
    "sign-on-connect": lambda me: administering.connect(me, me.account, "nip-jahat"),
    "sign-on-disconnect": lambda me: administering.disconnect(me, me.account),
}


@pytest.fixture
def place(bare_world: World) -> Iterator[World]:
    with served(bare_world):
        yield bare_world


@pytest.fixture
def second(place: World) -> str:
    """Another administrator."""
    add(place, "pengelola-dua", "admin")
    return "pengelola-dua"


def add(world: World, name: str, given: str) -> None:
    made = Event(action="account-add", decision="allowed", account="uji")
    accounts.add(
        engine(world.settings.state), world.audit_key, made, name=name, full_name=name, role=given, party="kedua",
        password=PASSWORD, cost=CHEAP,
    )  # fmt: skip
    set_account(world, name, password_changed_at=accounts.find(engine(world.settings.state), name).created_at)


def signed_in(world: World, name: str, minutes: int = 0) -> Viewer:
    """As in a tab that is in use, whose session was opened so many minutes ago."""
    session, now = token(world, name, utc_now() - timedelta(minutes=minutes)), utc_now()
    for earlier in range(minutes, 0, -5):
        sessions.session_account(engine(world.settings.state), session, now - timedelta(minutes=earlier))
    return replace(world.viewer(name), session_sha256=sessions.fingerprint(session))


def everybody(world: World) -> list[Account]:
    return accounts.all_accounts(engine(world.settings.state))


def administrators(world: World) -> list[str]:
    return [one.name for one in everybody(world) if one.active and one.role == "admin"]


def newest(world: World) -> Event:
    return audit.search(engine(world.settings.state), limit=1)[0].event


@pytest.mark.parametrize("action", ACTS)
@pytest.mark.parametrize("name", OTHERS)
def test_another_role_is_refused_each_act_and_that_is_recorded(place: World, name: str, action: str) -> None:
    before = everybody(place)
    with pytest.raises(Refused) as caught:
        ACTS[action](signed_in(place, name))
    assert caught.value.reason == "account-role"
    assert everybody(place) == before
    event = newest(place)
    assert (event.action, event.decision, event.reason, event.account) == (action, "refused", "account-role", name)


@pytest.mark.parametrize("action", [name for name in ACTS if name != "account-list"])
def test_forged_rights_of_a_viewer_do_not_pass_the_transaction(place: World, action: str) -> None:
    """Even where the first question were answered wrongly: the database says who administers."""
    forged = replace(signed_in(place, "analis"), role_name="admin", role=role("admin"))
    before = everybody(place)
    with pytest.raises(AsnError) as caught:
        ACTS[action](forged)
    assert caught.value.reason in ("account-role", "second-factor-none", "sign-on-none")
    assert everybody(place) == before


def test_click_after_the_role_was_taken_away_does_nothing(place: World) -> None:
    """The form is still drawn in the browser; the page behind it is gone."""
    at = opened(tab(token(place, "pengelola")), ACCOUNT_LIST)
    at.selectbox(key="account_chosen").select("analis").run()
    at.segmented_control(key="account_action").set_value("disable").run()
    at.checkbox[-1].check()
    [button] = [one for one in at.button if one.label == "Nonaktifkan akun"]
    set_account(place, "pengelola", role="analis")
    button.click().run()
    assert accounts.find(engine(place.settings.state), "analis").active
    assert "Siapa punya akun" not in {one.value for one in at.title}
    assert audit.search(engine(place.settings.state), action="account-disable") == []


def test_state_of_the_tab_given_from_outside_opens_nothing(place: World) -> None:
    at = tab(token(place, "analis"))
    at.session_state["account_chosen"] = "pengelola"
    at.session_state["account_action"] = "password"
    at.session_state["asn_account_done"] = {"told": "x", "password": "rahasia"}
    opened(at, ACCOUNT_LIST)
    assert "rahasia" not in words(at)
    assert not at.code


def test_action_that_is_not_offered_is_not_taken_from_the_state(place: World) -> None:
    at = tab(token(place, "pengelola"))
    at.session_state["account_chosen"] = "tidak-ada"
    at.session_state["account_action"] = "sign-on"  # the service is not used here
    opened(at, ACCOUNT_LIST)
    assert not at.exception
    at.selectbox(key="account_chosen").select("analis").run()
    assert at.segmented_control(key="account_action").value == "rights"


def test_while_seeing_as_another_role_nothing_is_written(place: World) -> None:
    seeing = replace(signed_in(place, "pengelola"), role_name="admin>admin")
    for action in ("account-disable", "account-add", "account-rights"):
        with pytest.raises(Refused) as caught:
            ACTS[action](seeing)
        assert caught.value.reason == "see-as-writes"
    assert accounts.find(engine(place.settings.state), "pemilik").active


@pytest.mark.parametrize("action", OWN)
def test_nobody_changes_the_own_account(place: World, second: str, action: str) -> None:
    """Whoever sits at an administrator's open session could otherwise keep it: another password, another second factor."""
    before = everybody(place)
    with pytest.raises(Refused) as caught:
        OWN[action](signed_in(place, "pengelola"))
    assert caught.value.reason == "account-own"
    assert everybody(place) == before
    event = newest(place)
    assert (event.action, event.decision, event.detail) == (action, "refused", "pengelola")


@pytest.mark.parametrize("action", [name for name in ACTS if name != "account-list"])
@pytest.mark.parametrize("found", ["stale", "ended", "of another", "of nobody"])
def test_a_session_found_open_changes_no_account(place: World, second: str, action: str, found: str) -> None:
    """Whoever sits at an administrator's screen makes no account of their own: a password would be asked for."""
    me = signed_in(place, "pengelola", minutes=20 if found == "stale" else 0)
    state = engine(place.settings.state)
    if found == "ended":
        end = Event(action="sessions-end", decision="allowed", account="pengelola")
        sessions.end_all(state, place.audit_key, end, account="pengelola")
    elif found == "of another":
        me = replace(me, session_sha256=signed_in(place, second).session_sha256)
    elif found == "of nobody":
        me = replace(me, session_sha256="")
    before = everybody(place)
    assert administering.all_listed(me)  # looking is another matter
    with pytest.raises(AsnError) as caught:
        ACTS[action](me)
    reason = "account-stale" if found == "stale" else "session-ended"
    assert caught.value.reason == reason
    assert everybody(place) == before
    event = newest(place)
    assert (event.action, event.decision, event.reason) == (action, "refused", reason)


def test_the_page_says_so_before_a_form_is_filled_in(place: World) -> None:
    told = "Anda masuk lebih dari 15 menit yang lalu. Keluar dan masuk kembali sebelum mengubah akun."
    now = utc_now()
    for minutes in (14, 16):
        session = token(place, "pengelola", now - timedelta(minutes=minutes))
        sessions.session_account(engine(place.settings.state), session, now - timedelta(minutes=5))
        at = opened(tab(session), ACCOUNT_LIST)
        assert [one.value for one in at.warning] == ([told] if minutes == 16 else [])
        assert "pemilik" in at.dataframe[0].value["Akun"].to_list()


@pytest.mark.parametrize("way", ["disabled", "demoted"])
@pytest.mark.parametrize("action", ["account-disable", "account-rights"])
def test_last_administrator_stays(place: World, second: str, way: str, action: str) -> None:
    """`second` was an administrator when the page was drawn, and is none when the click arrives."""
    stale = signed_in(place, second)
    set_account(place, second, **({"active": False} if way == "disabled" else {"role": "analis"}))
    act: Act = (
        (lambda me: administering.disable(me, "pengelola"))
        if action == "account-disable"
        else (lambda me: administering.change_rights(me, "pengelola", role="analis", party="kedua", provinces=()))
    )
    with pytest.raises(Refused) as caught:
        act(stale)
    assert caught.value.reason == "account-last-administrator"
    assert administrators(place) == ["pengelola"]
    assert newest(place).reason == "account-last-administrator"


def test_whoever_was_shut_out_a_moment_ago_changes_nobody(place: World, second: str) -> None:
    stale = signed_in(place, second)
    administering.disable(signed_in(place, "pengelola"), second)
    for action in ("account-add", "account-reset", "account-disable", "account-rights"):
        with pytest.raises(Refused) as caught:
            ACTS[action](stale)
        assert caught.value.reason == "account-role"
    assert "mata-mata" not in {one.name for one in everybody(place)}


@pytest.mark.parametrize("turn", range(3))
@pytest.mark.parametrize("way", ["disable", "demote"])
def test_two_administrators_who_shut_each_other_out_at_once_leave_one(
    place: World, second: str, way: str, turn: int
) -> None:
    pair = {"pengelola": second, second: "pengelola"}
    viewers = {name: signed_in(place, name) for name in pair}
    together = Barrier(2)

    def strike(name: str) -> str:
        together.wait(timeout=30)
        try:
            if way == "disable":
                administering.disable(viewers[name], pair[name])
            else:
                administering.change_rights(viewers[name], pair[name], role="analis", party="kedua", provinces=())
        except Refused as refused:
            return refused.reason
        return ""

    with ThreadPoolExecutor(2) as pool:
        reasons = sorted(pool.map(strike, pair))
    assert reasons == ["", "account-last-administrator"]
    assert len(administrators(place)) == 1
    assert verify(engine(place.settings.state), place.audit_key).sound


@pytest.mark.parametrize("name", ["siapa-ini", "../pengelola", "PENGELOLA", "pengelola ", "analis\x00"])
def test_account_that_is_not_there(place: World, name: str) -> None:
    me = signed_in(place, "pengelola")
    for act in (
        lambda: administering.disable(me, name),
        lambda: administering.enable(me, name),
        lambda: administering.new_password(me, name),
        lambda: administering.change_rights(me, name, role="analis", party="kesatu", provinces=()),
        lambda: administering.reset_second_factor(me, name),
        lambda: administering.connect(me, name, "nip"),
    ):
        with pytest.raises(Refused) as caught:
            act()
        assert caught.value.reason == "account-unknown"


@pytest.mark.parametrize("given", ["raja", "admin>analis", "Admin", ""])
def test_role_that_is_none_is_given_to_nobody(place: World, given: str) -> None:
    me, before = signed_in(place, "pengelola"), everybody(place)
    with pytest.raises(AsnError) as caught:
        administering.change_rights(me, "analis", role=given, party="kesatu", provinces=())
    assert caught.value.reason == "role-unknown"
    with pytest.raises(AsnError):
        administering.add(me, "baru", full_name="X", role=given, party="kesatu", provinces=())
    assert everybody(place) == before


def test_demoted_account_sees_no_more_by_its_open_session(place: World) -> None:
    session = token(place, "tim-data")
    administering.change_rights(signed_in(place, "pengelola"), "tim-data", role="analis", party="kedua", provinces=())
    with pytest.raises(Refused):
        sessions.session_account(engine(place.settings.state), session)


def test_one_time_password_is_kept_nowhere(place: World, caplog: pytest.LogCaptureFixture) -> None:
    """Neither in the record, nor in any file, nor in a log, nor, after the run that shows it, in the tab."""
    caplog.set_level(logging.DEBUG)
    at = opened(tab(token(place, "pengelola")), ACCOUNT_LIST)
    at.selectbox(key="account_chosen").select("analis").run()
    at.segmented_control(key="account_action").set_value("password").run()
    at.checkbox[-1].check()
    next(one for one in at.button if one.label == "Buat kata sandi sekali pakai").click().run()
    [password] = [one.value for one in at.code]
    assert ONE_TIME.fullmatch(password)
    assert password not in repr(at.session_state.to_dict())
    assert password not in caplog.text
    state = engine(place.settings.state)
    assert password not in repr(audit.search(state, limit=1_000))
    with reading(state) as connection:
        tables = connection.scalars(sql("SELECT name FROM sqlite_master WHERE type = 'table'")).all()
        kept = repr([connection.execute(sql(f'SELECT * FROM "{name}"')).all() for name in tables])
    assert password not in kept
    for file in place.settings.var.rglob("*"):
        assert not file.is_file() or password.encode() not in file.read_bytes(), file
    at.run()
    assert password not in words(at)
    assert not at.code
    assert password not in repr(at.session_state.to_dict())


def test_password_typed_as_a_name_is_not_kept(place: World) -> None:
    secret = "Kata Sandi Rahasia 77"
    with pytest.raises(AsnError):
        administering.add(
            signed_in(place, "pengelola"), secret, full_name="X", role="analis", party="kesatu", provinces=()
        )
    assert newest(place).reason == "account-name"
    assert secret not in repr(audit.search(engine(place.settings.state), limit=1_000))
