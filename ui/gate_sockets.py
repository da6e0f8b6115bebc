"""Connections of open pages: few and small as long as nobody has signed in, and closed when their session ends.

A page that is closed connects anew by itself, and is then one of those.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from anyio import to_thread
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from data_access.settings import Settings
from ui.cookies import LOOPBACK

PROTOCOLS = b"sec-websocket-protocol"
AWAY, FORBIDDEN, TOO_BIG = 1001, 1008, 1009


class Crowd:
    """How many connections nobody has signed in with, in total and by address; only the event loop counts them."""

    def __init__(self) -> None:
        self._by_address: Counter[str] = Counter()

    def enter(self, address: str, settings: Settings) -> bool:
        """Counts one more, if there is room. Behind a proxy the loopback address would be everybody's."""
        crowded = address not in LOOPBACK and self._by_address[address] >= settings.anonymous_sockets_per_address
        if crowded or self._by_address.total() >= settings.anonymous_sockets:
            return False
        self._by_address[address] += 1
        return True

    def leave(self, address: str) -> None:
        self._by_address[address] -= 1
        if not self._by_address[address]:
            del self._by_address[address]


@dataclass(frozen=True)
class Socket:
    """One connection and what would serve it."""

    app: ASGIApp
    scope: Scope
    receive: Receive
    send: Send


async def anonymous(socket: Socket, crowd: Crowd, settings: Settings) -> None:
    """Serves the sign-in form, within the limits of number, size and idle time."""
    client = socket.scope.get("client")
    address = str(client[0]) if client else ""
    if not crowd.enter(address, settings):
        await socket.send({"type": "websocket.close", "code": FORBIDDEN})
        return
    try:
        fresh = replace(socket, scope=beginning_anew(socket.scope))
        await Ears(
            fresh, every=settings.anonymous_idle_seconds, goes_on=None, most=settings.anonymous_message_bytes
        ).serve()
    finally:
        crowd.leave(address)


def beginning_anew(scope: Scope) -> Scope:
    """The connection without the number of an earlier page, which a browser sends third among the protocols to resume it.

    What a page remembered goes with its session; and a number overheard or guessed resumes nothing.
    """

    def shortened(value: bytes) -> bytes:
        return b",".join(value.split(b",")[:2])

    headers = [(key, shortened(value) if key == PROTOCOLS else value) for key, value in scope["headers"]]
    return {**scope, "headers": headers}


async def watched(socket: Socket, goes_on: Callable[[], bool], *, every: float) -> None:
    """Serves somebody who has signed in, and looks so often (seconds) whether the session goes on."""
    await Ears(socket, every=every, goes_on=goes_on, most=None).serve()


class Ears:
    """Stands between a connection and its page: hands messages on, and hangs up where a rule says so."""

    def __init__(self, socket: Socket, *, every: float, goes_on: Callable[[], bool] | None, most: int | None) -> None:
        self._socket, self._every, self._goes_on, self._most = socket, every, goes_on, most
        self._next: asyncio.Task[Message] | None = None
        self._closed = False

    async def serve(self) -> None:
        try:
            await self._socket.app(self._socket.scope, self._receive, self._send)
        finally:
            if self._next is not None:
                self._next.cancel()

    async def _receive(self) -> Message:
        while not self._closed:
            message = await self._within()
            if message is not None:
                return await self._hang_up(TOO_BIG) if self._too_big(message) else message
            if self._goes_on is None or not await to_thread.run_sync(self._goes_on):
                return await self._hang_up(AWAY)
        return {"type": "websocket.disconnect", "code": AWAY}

    async def _within(self) -> Message | None:
        """The next message, or None if none came in time; one that comes later is not lost."""
        if self._next is None:
            self._next = asyncio.ensure_future(self._socket.receive())
        done, _waiting = await asyncio.wait({self._next}, timeout=self._every)
        if not done:
            return None
        message, self._next = self._next.result(), None
        return message

    def _too_big(self, message: Message) -> bool:
        size = max(len(message.get("bytes") or b""), len(message.get("text") or ""))
        return self._most is not None and size > self._most

    async def _hang_up(self, code: int) -> Message:
        self._closed = True
        await self._socket.send({"type": "websocket.close", "code": code})
        return {"type": "websocket.disconnect", "code": code}

    async def _send(self, message: Message) -> None:
        if not self._closed:
            await self._socket.send(message)
