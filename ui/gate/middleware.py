"""The gate before everything that the server answers: without a live session only the sign-in form and what it is made of.

Media, uploads and what else is served by address are looked up here; pages ask for themselves on every run.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from anyio import to_thread
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

from data_access.errors import Refused
from data_access.governance import sessions
from data_access.settings import settings
from data_access.state import engine
from ui import cookies
from ui.gate.crowd import Crowd
from ui.gate.ears import FORBIDDEN, Socket
from ui.gate.files import Files
from ui.gate.messages import Sieve
from ui.gate.paths import MEDIA, SOCKET, Access, access
from ui.gate.sockets import anonymous, watched
from ui.gate.thefts import Thefts
from ui.gate.told import Told, pages_asked
from ui.health import ALIVE, READY

MOST_OPEN = 30  # connections of one session, which is one for each tab


class Gate:
    """ASGI middleware; it keeps the number of connections that nobody has signed in with, and what it told to whom."""

    def __init__(self, app: ASGIApp, told: Told | None = None) -> None:
        self._app = app
        self._crowd = Crowd()
        self._told = told or Told()
        self._thefts = Thefts()
        self._files = Files()
        self._open: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._request(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        # Whoever watches the server asks by its number; the answer tells nothing.
        if scope["path"] not in (ALIVE, READY) and not is_host_allowed(cookies.header(scope, "host")):
            await Response(status_code=400)(scope, receive, send)
            return
        wanted = access(scope["method"], scope["path"])
        if wanted is not Access.ANYBODY:
            live = await to_thread.run_sync(used, cookies.token_in(scope))
            foreign = bool(MEDIA.fullmatch(scope["path"])) and not self._told.may_have(live, scope["path"])
            if live and foreign:
                await self._theft(live, [scope["path"]], scope)
            if not live or wanted is Access.NOBODY or foreign:
                await Response(status_code=404 if live else 401)(scope, receive, send)
                return
            scope = {**scope, cookies.SESSION: live}
        held = self._files.answer(scope["path"]) if wanted is Access.SESSION else None
        await (held or self._app)(scope, receive, send)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        # Streamlit would ask another host for its own address where the page that connects is none of ours.
        if scope["path"] != SOCKET or not is_host_allowed(cookies.header(scope, "host")) or not _of_own_page(scope):
            await send({"type": "websocket.close", "code": FORBIDDEN})
            return
        brought = cookies.token_in(scope)
        secret = sessions.fingerprint(brought)
        socket = Socket(self._app, cookies.passed_on(scope), receive, send)
        if bool(brought) and await to_thread.run_sync(goes_on, secret):
            await self._signed_in(socket, secret)
        else:
            await anonymous(socket, Sieve(self._told, self._files, ""), self._crowd, settings())

    async def _signed_in(self, socket: Socket, secret: str) -> None:
        if self._open[secret] >= MOST_OPEN:
            await socket.send({"type": "websocket.close", "code": FORBIDDEN})
            return
        self._open[secret] += 1
        try:
            await self._theft(secret, pages_asked(socket.scope), socket.scope)
            await watched(
                replace(socket, scope=self._told.own_pages_only(secret, socket.scope)),
                Sieve(self._told, self._files, secret, lambda wanted: self._theft(secret, [wanted], socket.scope)),
                lambda: goes_on(secret),
                every=settings().session_watch_seconds,
            )
        finally:
            self._open[secret] -= 1
            if not self._open[secret]:
                del self._open[secret]

    async def _theft(self, session: str, numbers: Iterable[str], scope: Scope) -> None:
        """Records where the session asks for what another one was told of."""
        owner = self._told.owner(numbers)
        if owner not in ("", session):
            address = str(scope["client"][0]) if scope.get("client") else ""
            await to_thread.run_sync(partial(self._thefts.record, session, owner, address=address))


def _of_own_page(scope: Scope) -> bool:
    """Whether a page of this server opens the connection. A browser always says which one does; other programs need not."""
    said = [value for key, value in scope["headers"] if key == b"origin"]
    return not said or cookies.own_page(scope)


def used(token: str) -> str:
    """The fingerprint of a session that goes on, and is hereby used; empty if there is none."""
    secret = sessions.fingerprint(token)
    try:
        sessions.account_of(engine(settings().state), secret)
    except Refused:
        return ""
    return secret


def goes_on(secret: str) -> bool:
    return sessions.is_live(engine(settings().state), secret)
