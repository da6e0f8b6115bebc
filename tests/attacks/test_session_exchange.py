"""Who wants the cookie of a session without having signed in: by ticket, by a page elsewhere, by a cookie put there before."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from http.cookies import SimpleCookie

import pytest
from starlette.applications import Starlette

from data_access.errors import Refused
from data_access.governance import accounts, audit, sessions, tickets
from data_access.governance.audit import Event
from data_access.keys import key
from data_access.settings import settings
from data_access.state import engine, utc_now
from tests.asgi import HOST, Answer, asked
from tests.ui_world import served, token
from tests.world import World
from ui import entering
from ui.cookies import PLAIN
from ui.entering import ENTER, LEAVE

OWN = f"http://{HOST}"
APP = Starlette(routes=entering.ROUTES)
CHANGE = Event(action="uji", decision="allowed", account="pengelola")


@pytest.fixture
def stage(own_world: World) -> Iterator[World]:
    with served(own_world) as made:
        yield made


def post(path: str, body: str = "", *, cookie: str = "", origin: str | None = OWN, host: str = HOST) -> Answer:
    headers = {"host": host} | ({"origin": origin} if origin is not None else {})
    headers |= {"cookie": f"{PLAIN}={cookie}"} if cookie else {}
    return asked(APP, path, method="POST", body=body.encode(errors="replace"), headers=headers)


def given(answer: Answer) -> str:
    """The token in the cookie of the answer."""
    [text] = answer.cookies
    return SimpleCookie(text)[PLAIN].value


def lives(world: World, secret: str) -> bool:
    return sessions.is_live(engine(world.settings.state), sessions.fingerprint(secret))


def later(monkeypatch: pytest.MonkeyPatch, span: timedelta) -> None:
    moment: datetime = utc_now() + span
    for module in (entering, tickets):
        monkeypatch.setattr(module, "utc_now", lambda: moment)


def test_the_ticket_brings_the_cookie_and_no_text_brings_the_token(stage: World) -> None:
    session = token(stage, "analis")
    ticket = entering.ticket_for(session)
    answer = post(ENTER, ticket)
    assert (answer.status, answer.body) == (204, b"")
    assert given(answer) == session
    assert session not in ticket
    flags = answer.cookies[0].split("; ")[1:]
    assert flags == ["Path=/", "HttpOnly", "SameSite=Strict"]


def test_a_ticket_is_good_once(stage: World) -> None:
    ticket = entering.ticket_for(token(stage, "analis"))
    assert post(ENTER, ticket).status == 204
    again = post(ENTER, ticket)
    assert (again.status, again.cookies, again.body) == (403, (), b"")


def test_of_many_at_the_same_moment_one_gets_the_cookie(stage: World) -> None:
    ticket = entering.ticket_for(token(stage, "analis"))

    def redeem(_turn: int) -> bool:
        try:
            return bool(entering.redeemed(ticket))
        except Refused:
            return False

    with ThreadPoolExecutor(8) as many:
        assert sorted(many.map(redeem, range(8))) == [False] * 7 + [True]


def test_a_ticket_is_good_for_thirty_seconds(stage: World, monkeypatch: pytest.MonkeyPatch) -> None:
    ticket = entering.ticket_for(token(stage, "analis"))
    later(monkeypatch, timedelta(seconds=31))
    assert post(ENTER, ticket).status == 403


def test_what_was_never_fetched_is_forgotten(stage: World, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = entering.Waiting()
    waiting.put("lama", "x")
    later(monkeypatch, timedelta(seconds=31))
    waiting.put("baru", "y")
    assert set(waiting._tokens) == {"baru"}


def forgeries(world: World) -> dict[str, str]:
    session = token(world, "analis")
    good = entering.ticket_for(session)
    body, mac = good.split(".")
    secret, other = key(settings().keys, "cookie"), sessions.fingerprint(session)
    return {
        "nothing": "",
        "a word": "x",
        "the token itself": session,
        "its fingerprint": other,
        "signature of another key": tickets.issue(b"x" * 32, "enter", other),
        "signature cut": f"{body}.{mac[:-1]}",
        "body changed": f"{body[:-2]}AA.{mac}",
        "for an upload": tickets.issue(secret, "upload", other),
        "signed, but never handed out": tickets.issue(secret, "enter", other),
        "not ASCII": f"{body}.{mac}é",
        "too long": good + "x" * 5_000,
    }


@pytest.mark.parametrize("forged", [
    "nothing", "a word", "the token itself", "its fingerprint", "signature of another key", "signature cut", "body changed",
    "for an upload", "signed, but never handed out", "not ASCII", "too long",
])  # fmt: skip
def test_a_forged_ticket_brings_nothing_and_no_reason(stage: World, forged: str) -> None:
    answer = post(ENTER, forgeries(stage)[forged])
    assert (answer.status, answer.cookies, answer.body) == (403, (), b"")


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "",
        "null",
        "https://contoh.jahat",
        f"https://{HOST}.contoh.jahat",
        "http://127.0.0.1:9999",
        f"http://x@{HOST}",
        HOST,
    ],
)
@pytest.mark.parametrize("path", [ENTER, LEAVE])
def test_a_page_elsewhere_can_neither_sign_a_visitor_in_nor_out(stage: World, path: str, origin: str | None) -> None:
    """Signing somebody in as oneself is an attack too: they would work, and be recorded, under another name."""
    ticket = entering.ticket_for(token(stage, "analis"))
    answer = post(path, ticket, origin=origin)
    assert (answer.status, answer.cookies) == (403, ())
    assert post(ENTER, ticket).status == 204  # and the ticket was not used up by it


def test_looking_whether_a_session_goes_on_is_no_use_of_it(stage: World) -> None:
    session = token(stage, "analis", now=utc_now() - timedelta(minutes=14))
    state = engine(stage.settings.state)
    before = sessions.open_sessions(state)
    assert asked(APP, entering.LIVES, headers={"cookie": f"{PLAIN}={session}"}).status == 204
    assert sessions.open_sessions(state) == before
    sessions.end_session(state, stage.audit_key, CHANGE, token=session)
    for dead in (session, "x", ""):
        assert asked(APP, entering.LIVES, headers={"cookie": f"{PLAIN}={dead}"}).status == 205


def test_neither_address_answers_to_reading(stage: World) -> None:
    for path in (ENTER, LEAVE):
        assert asked(APP, path, headers={"origin": OWN}).status == 405


def test_a_session_that_ended_meanwhile_is_not_handed_out(stage: World) -> None:
    session = token(stage, "analis")
    ticket = entering.ticket_for(session)
    accounts.disable(engine(stage.settings.state), stage.audit_key, CHANGE, name="analis")
    assert post(ENTER, ticket).status == 403


@pytest.mark.parametrize("planted", ["chosen-by-the-attacker", "x" * 43])
def test_a_cookie_brought_before_signing_in_is_never_adopted(stage: World, planted: str) -> None:
    session = token(stage, "analis")
    answer = post(ENTER, entering.ticket_for(session), cookie=planted)
    assert given(answer) == session
    assert not lives(stage, planted)


def test_a_session_of_the_attacker_planted_before_signing_in_ends_and_does_not_become_the_victims(stage: World) -> None:
    attackers, victims = token(stage, "pimpinan"), token(stage, "analis")
    assert given(post(ENTER, entering.ticket_for(victims), cookie=attackers)) == victims
    assert not lives(stage, attackers)
    assert lives(stage, victims)
    [entry] = audit.search(engine(stage.settings.state), action="session-replaced")
    assert (entry.event.account, entry.event.session_sha256) == ("pimpinan", sessions.fingerprint(attackers))


def test_every_sign_in_makes_another_session(stage: World) -> None:
    tokens = [given(post(ENTER, entering.ticket_for(token(stage, "analis")))) for _turn in range(3)]
    assert len(set(tokens)) == 3


def test_leaving_takes_a_dead_cookie_away_and_a_living_one_never(stage: World) -> None:
    session = token(stage, "analis")
    kept = post(LEAVE, cookie=session)
    assert (kept.status, kept.cookies, lives(stage, session)) == (204, (), True)
    sessions.end_session(engine(stage.settings.state), stage.audit_key, CHANGE, token=session)
    for dead in (session, "x", ""):
        gone = post(LEAVE, cookie=dead)
        assert gone.status == 204
        assert gone.cookies[0].startswith(f"{PLAIN}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0")


@pytest.mark.parametrize("path", [ENTER, LEAVE])
def test_failure_of_the_state_brings_no_cookie(stage: World, path: str) -> None:
    """Signing in is recorded before the cookie is given; a session that replaces another needs the record too."""
    before = token(stage, "pimpinan")
    ticket = entering.ticket_for(token(stage, "analis"))
    (stage.settings.keys / "audit.key").unlink()
    answer = post(path, ticket, cookie=before)
    assert answer.cookies == ()
