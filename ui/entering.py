"""From a tab in which somebody signed in to a browser that holds the session's cookie, and back when they leave.

The tab gets a ticket, good once and for 30 seconds; its script posts it here and the answer sets the cookie, so that no
script ever reads the token. What a browser brings is never adopted: a cookie always holds a token that was made after it.
"""

import threading
from datetime import datetime, timedelta

from anyio import to_thread
from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from data_access.errors import AsnError, Refused
from data_access.governance import sessions, tickets
from data_access.governance.audit import Event
from data_access.keys import key
from data_access.settings import settings
from data_access.state import engine, utc_now
from data_access.words import mark as _
from ui import cookies

ENTER, LEAVE, LIVES = "/sesi/masuk", "/sesi/akhir", "/sesi/hidup"
PURPOSE, LIFE = "enter", timedelta(seconds=30)
LONGEST = 2_000  # bytes; a ticket has about 300


class Waiting:
    """The tokens that wait for their tickets, in the memory of this process only."""

    def __init__(self) -> None:
        self._tokens: dict[str, tuple[str, datetime]] = {}
        self._lock = threading.Lock()

    def put(self, serial: str, token: str) -> None:
        """Keeps the token under the ticket's serial; those that were never fetched are forgotten."""
        now = utc_now()
        with self._lock:
            self._tokens = {one: kept for one, kept in self._tokens.items() if kept[1] > now}
            self._tokens[serial] = (token, now + LIFE)

    def take(self, serial: str) -> str:
        """The token, given once; Refused if it was fetched before."""
        with self._lock:
            token, until = self._tokens.pop(serial, ("", utc_now()))
        if not token or until <= utc_now():
            raise Refused("ticket-used", _("Izin masuk ini sudah dipakai. Masuk kembali."))
        return token


WAITING = Waiting()


def ticket_for(token: str) -> str:
    """The ticket with which the browser fetches the cookie of this session."""
    ticket = tickets.issue(key(settings().keys, "cookie"), PURPOSE, sessions.fingerprint(token), life=LIFE)
    WAITING.put(tickets.serial_of(ticket), token)
    return ticket


def redeemed(ticket: str, brought: str = "", address: str = "") -> str:
    """The token behind the ticket; Refused if it is forged, old or used, or the session has ended meanwhile.

    A session that the browser `brought` until now ends: its cookie is about to be replaced.
    """
    found = tickets.check(key(settings().keys, "cookie"), PURPOSE, ticket)
    token = WAITING.take(found.serial)
    state = engine(settings().state)
    sessions.account_of(state, found.session_sha256)
    _left_behind(state, brought, address)
    return token


def _left_behind(state: Engine, brought: str, address: str) -> None:
    secret = sessions.fingerprint(brought)
    try:
        owner = sessions.account_of(state, secret)
    except Refused:
        return  # the usual case: no session, or one that has ended
    event = Event(
        action="session-replaced",
        decision="allowed",
        account=owner.name,
        role=owner.role,
        party=owner.party,
        session_sha256=secret,
        address=address,
    )
    sessions.end_session(state, key(settings().keys, "audit"), event, token=brought)


async def enter(request: Request) -> Response:
    """Takes a ticket and answers with the cookie; 403 for anything else, without saying why."""
    if not of_own_page(request):
        return Response(status_code=403)
    ticket = await _body(request)
    address = request.client.host if request.client else ""
    try:
        token = await to_thread.run_sync(redeemed, ticket, cookies.token_in(request.scope), address)
    except AsnError:
        return Response(status_code=403)
    return Response(status_code=204, headers={"set-cookie": cookies.setting(request.scope, token)})


async def leave(request: Request) -> Response:
    """Takes the cookie of a session that has ended away; one that lives stays, whoever asks."""
    if not of_own_page(request):
        return Response(status_code=403)
    brought = sessions.fingerprint(cookies.token_in(request.scope))
    if await to_thread.run_sync(sessions.is_live, engine(settings().state), brought):
        return Response(status_code=204)
    return Response(status_code=204, headers={"set-cookie": cookies.expiring(request.scope)})


async def lives(request: Request) -> Response:
    """204, or 205 once the session of this browser has ended. Asking is no use of it: an open page does not keep it alive."""
    brought = sessions.fingerprint(cookies.token_in(request.scope))
    live = await to_thread.run_sync(sessions.is_live, engine(settings().state), brought)
    return Response(status_code=204 if live else 205)


def of_own_page(request: Request) -> bool:
    """True if a page of this server sent the request: a foreign one could sign its visitor in as somebody else."""
    return cookies.own_page(request.scope)


async def _body(request: Request) -> str:
    content = b""
    async for piece in request.stream():
        content += piece
        if len(content) > LONGEST:
            return ""
    return content.decode("ascii", errors="replace")


ROUTES = [
    Route(ENTER, enter, methods=["POST"]),
    Route(LEAVE, leave, methods=["POST"]),
    Route(LIVES, lives, methods=["GET"]),
]
