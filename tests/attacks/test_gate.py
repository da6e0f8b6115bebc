"""Who asks for an address of the server without a session, or spelled differently, gets the empty form or nothing."""

import asyncio
import http.client
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from data_access.governance import accounts, sessions
from data_access.governance.audit import Event
from data_access.state import engine, utc_now
from tests.asgi import FAR, NEAR, Line, asked, scope_of
from tests.browser.server import started
from tests.ui_world import served, set_account, token
from tests.world import World
from ui.cookies import PLAIN, PREFIXED, SESSION
from ui.gate.middleware import Gate
from ui.gate.paths import Access, access
from ui.gate.told import Told
from ui.headers import Headers

CHANGE = Event(action="uji", decision="allowed", account="pengelola")
NEW = "sembilan kuda hijau"


async def reached(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"reached {request.scope.get(SESSION, '')}")


FILE = f"/media/{'ab' * 16}.csv"


async def page(socket: WebSocket) -> None:
    """Stands for a page with a file in it."""
    await socket.accept()
    said = ForwardMsg()
    said.delta.new_element.download_button.url = FILE
    said.delta.new_element.download_button.label = "J"  # its tag follows the ending like a letter of it
    await socket.send_bytes(said.SerializeToString())
    await socket.close()


APP = Starlette(
    routes=[
        WebSocketRoute("/_stcore/stream", page),
        Route("/{any:path}", reached, methods=["GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"]),
    ],
    middleware=[Middleware(Headers), Middleware(Gate)],
)


@pytest.fixture
def stage(own_world: World) -> Iterator[World]:
    with served(own_world) as made:
        yield made


def status(path: str, session: str = "", method: str = "GET") -> int:
    return asked(APP, path, method=method, headers={"cookie": f"{PLAIN}={session}"} if session else {}).status


def told(session: str, client: str = NEAR, cookie: str = PLAIN) -> None:
    """The session opens the page, and so is told of the file."""

    async def opens() -> None:
        headers = {"host": "127.0.0.1", "cookie": f"{cookie}={session}"}
        await Line().connect(APP, scope_of("websocket", "/_stcore/stream", client=client, headers=headers))

    asyncio.run(opens())


OPEN = (
    "/",
    "/ringkasan-nasional",
    "/tidak-ada",
    "/healthz",
    "/readyz",
    "/favicon.png",
    "/sesi/hidup",
    "/_stcore/health",
    "/_stcore/host-config",
    "/static/js/index.DormvYxC.js",
    "/static/js/DataFrame.-f9-1zS0.js",
    "/static/css/index.C1JORDN2.css",
    "/static/media/SourceSansVF-Upright.ttf.BsWL4Kly.woff2",
)
CLOSED = (
    "/_stcore/metrics",
    "/_stcore/script-health-check",
    "/_stcore/agent/openapi.json",
    "/_stcore/agent/interact",
    "/_stcore/agent/mcp",
    "/_stcore/upload_file/a/b",
    "/_stcore/bidi-components/x/y.js",
    "/_stcore/stream",
    "/component/extra_streamlit_components.CookieManager.cookie_manager/index.html",
    "/app/static/x",
    "/index.html",
    "/manifest.json",
    "/app.py",
    "/ui/main.py",
    "/auth/login",
    "/auth/logout",
    "/oauth2callback",
    "/ringkasan-nasional/_stcore/health",
)
# other spellings of an address, as the server has decoded them
SPELLINGS = (
    "/MEDIA/abc.png",
    "/Media/abc.png",
    "//media/abc.png",
    "/media//abc.png",
    "/media/../media/abc.png",
    "/./media/abc.png",
    "/media/%61bc.png",
    "/media/abc.png/",
    "/media/abc.png\n",
    "/media/abc.png\x00",
    "/media\\abc.png",
    "/media;/abc.png",
    "/media/..",
    "/media/.",
    "/static/js/../../media/abc.png",
    "/static/js/..",
    "/static/js/x.js/../../../media/abc.png",
    "/static/../media/abc.png",
    "/static//js/x.js",
    "/STATIC/js/x.js",
    "/_STCORE/health",
    "/_stcore/health/",
    "/_stcore/health/../metrics",
    "/_stcore//metrics",
    "/healthz/../_stcore/metrics",
    "/ringkasan-nasional/../media/abc.png",
    "/ringkasan-nasional\n",
    "/méd",
    "",
    "media/abc.png",
    "http://127.0.0.1/media/abc.png",
    "/sesi/masuk",
    "/unggah/x",
)


@pytest.mark.parametrize("path", OPEN)
def test_the_form_and_what_it_is_made_of_are_open_for_reading_only(stage: World, path: str) -> None:
    assert status(path) == 200
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "PATCH"):
        assert status(path, method=method) == 401, method


@pytest.mark.parametrize("path", (*CLOSED, *SPELLINGS))
def test_everything_else_is_closed_and_for_who_has_a_session_does_not_exist(stage: World, path: str) -> None:
    session = token(stage, "analis")
    assert (status(path), status(path, "x" * 43), status(path, session)) == (401, 401, 404)


def test_media_and_uploads_need_a_session(stage: World) -> None:
    session = token(stage, "analis")
    told(session)
    for method, path in (("GET", FILE), ("HEAD", FILE), ("POST", "/unggah/a.b")):
        assert status(path, method=method) == 401
        assert status(path, session, method) == (
            405 if method == "HEAD" and status("/", session, "HEAD") == 405 else 200
        )
    assert access("PUT", "/media/abc.png") is access("POST", "/media/abc.png") is Access.NOBODY


def test_what_is_reached_learns_whose_session_it_was(stage: World) -> None:
    session = token(stage, "analis")
    told(session)
    answer = asked(APP, FILE, headers={"cookie": f"{PLAIN}={session}"})
    assert answer.body.decode() == f"reached {sessions.fingerprint(session)}"


@pytest.mark.parametrize("other", ["analis", "pimpinan", "pengelola"])
def test_a_file_is_there_only_for_the_session_that_was_told_of_it(stage: World, other: str) -> None:
    """Whoever learned its address elsewhere finds what they would find at an address that nobody was told."""
    session = token(stage, "analis")
    told(session)
    thief = token(stage, other)
    assert (status(FILE, session), status(FILE, thief), status(f"/media/{'cd' * 16}.csv", thief)) == (200, 404, 404)
    told(thief)
    assert status(FILE, thief) == 200


@pytest.mark.parametrize("origin", ["http://contoh.jahat", "http://[", "null", "", "http://127.0.0.1:1@contoh.jahat"])
def test_a_page_of_others_opens_no_connection(stage: World, origin: str) -> None:
    """Nor does an address that is none: without a trace of it in the log."""
    line = Line()
    headers = {"host": "127.0.0.1", "origin": origin, "cookie": f"{PLAIN}={token(stage, 'analis')}"}

    async def opens() -> None:
        await line.connect(APP, scope_of("websocket", "/_stcore/stream", headers=headers))

    asyncio.run(opens())
    assert line.closed == 1008


def test_a_text_that_names_a_file_tells_nobody_of_it() -> None:
    """What somebody typed comes back on the page; only what Streamlit says in the fields made for it counts."""
    told, said = Told(), ForwardMsg()
    said.delta.new_element.text_input.default = FILE
    told.note("pencuri", said.SerializeToString())
    assert not told.may_have("pencuri", FILE)


def test_from_another_machine_only_the_prefixed_cookie_counts(stage: World) -> None:
    session = token(stage, "analis")
    told(session, FAR, PREFIXED)
    for name, code in ((PLAIN, 401), (PREFIXED, 200)):
        headers = {"host": "127.0.0.1", "cookie": f"{name}={session}"}
        assert asked(APP, FILE, client=FAR, headers=headers).status == code


@pytest.mark.parametrize("host", ["contoh.jahat", "", "127.0.0.1.contoh.jahat", "127.0.0.1@contoh.jahat"])
def test_under_a_name_that_is_not_ours_nothing_answers(stage: World, host: str) -> None:
    """A name of the attacker's that leads to this machine (DNS rebinding)."""
    for path in ("/", "/media/abc.png", "/sesi/hidup"):
        assert asked(APP, path, headers={"host": host}).status == 400
    assert asked(APP, "/healthz", headers={"host": host}).status == 200  # whoever watches asks by number


def signed_out(world: World, session: str) -> None:
    sessions.end_session(engine(world.settings.state), world.audit_key, CHANGE, token=session)


def disabled(world: World, session: str) -> None:
    accounts.disable(engine(world.settings.state), world.audit_key, CHANGE, name="analis")


def disabled_behind_our_back(world: World, session: str) -> None:
    set_account(world, "analis", active=False)


def reset(world: World, session: str) -> None:
    accounts.reset_password(engine(world.settings.state), world.audit_key, CHANGE, name="analis", password=NEW, cost=4)


def ended_by_the_administrator(world: World, session: str) -> None:
    sessions.end_all(engine(world.settings.state), world.audit_key, CHANGE, account="analis")


ENDINGS = [signed_out, disabled, disabled_behind_our_back, reset, ended_by_the_administrator]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_session_that_ended_opens_nothing_any_more(stage: World, ending: object) -> None:
    session = token(stage, "analis")
    told(session)
    assert status(FILE, session) == 200
    ending(stage, session)  # type: ignore[operator]
    assert status("/media/abc.png", session) == 401


@pytest.mark.parametrize("age", [timedelta(minutes=15, seconds=1), timedelta(hours=8, seconds=1)])
def test_a_session_that_ran_out_opens_nothing(stage: World, age: timedelta) -> None:
    assert status("/media/abc.png", token(stage, "analis", now=utc_now() - age)) == 401


def test_refusals_say_nothing_and_are_kept_nowhere(stage: World) -> None:
    for path in ("/media/abc.png", "/_stcore/metrics"):
        answer = asked(APP, path)
        assert answer.body == b""
        assert answer.headers["cache-control"] == "no-store"
        assert "content-security-policy" in answer.headers


RAW = (
    "/media/abc.png",
    "/%6dedia/abc.png",
    "/media/%2e%2e/app.py",
    "//media/abc.png",
    "/media/..%2f..%2fapp.py",
    "/_stcore/metrics",
    "/_stcore/%6detrics",
    "/_stcore/agent/openapi.json",
    "/_stcore/script-health-check",
    "/component/extra_streamlit_components.CookieManager.cookie_manager/index.html",
    "/oauth2callback?code=x&state=y",
    "/index.html",
    "http://127.0.0.1/media/abc.png",
)


@pytest.mark.browser
def test_a_real_server_answers_alike(own_world: World, tmp_path: Path) -> None:
    with (
        started(own_world, tmp_path / "log") as base,
        closing(http.client.HTTPConnection(base.removeprefix("http://"), timeout=30)) as line,
    ):

        def answered(method: str, path: str, session: str = "") -> http.client.HTTPResponse:
            line.request(method, path, b"{}" if method == "POST" else None, {"Cookie": f"{PLAIN}={session}"})
            answer = line.getresponse()
            answer.read()
            return answer

        session = token(own_world, "analis")
        for path in RAW:
            assert answered("GET", path).status == 401, path
            assert answered("GET", path, session).status == 404, path
        assert answered("POST", "/_stcore/agent/interact").status == 401
        assert answered("POST", "/_stcore/agent/interact", session).status == 404
        assert answered("PUT", "/_stcore/upload_file/x/y").status == 401
        for path, code in (("/healthz", 204), ("/readyz", 204), ("/", 200), ("/favicon.png", 200)):
            found = answered("GET", path)
            assert found.status == code
            assert not any(letter.isdigit() for letter in found.headers.get("server", ""))
            assert found.headers["content-security-policy"].startswith("default-src 'none'")
