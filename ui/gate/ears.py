"""What stands between one connection and its page: it hands messages on in their turn, and hangs up where a rule says so."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from anyio import to_thread
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.gate.messages import BUSY, Sieve
from ui.gate.queue import Queue
from ui.turns import Turns

AWAY, FORBIDDEN, TOO_BIG = 1001, 1008, 1009
MOST_WAITING = 20  # messages that are put by while another one waits for its turn
LONGEST = 900  # seconds that a connection may live before anybody has signed in; the browser opens another
PATIENCE = 10  # seconds that a message may wait for its turn


@dataclass(frozen=True)
class Socket:
    """One connection and what would serve it."""

    app: ASGIApp
    scope: Scope
    receive: Receive
    send: Send


@dataclass(frozen=True)
class Pace:
    """How fast a stranger may talk: the pace of the connection, and the queue in which its place waits with all others."""

    own: Turns
    queue: Queue
    place: str

    async def turn(self) -> None:
        await asyncio.sleep(self.own.take() or 0)
        await asyncio.wait_for(self.queue.turn(self.place), PATIENCE)


class Ears:
    """For one connection. Whose session goes on is asked every so many seconds (`every`); a stranger who is silent so long is
    hung up on, may say `most` bytes at a time, and has a `pace`."""

    def __init__(
        self,
        socket: Socket,
        sieve: Sieve,
        *,
        every: float,
        goes_on: Callable[[], bool] | None = None,
        most: int | None = None,
        pace: Pace | None = None,
    ) -> None:
        self._socket, self._sieve, self._pace = socket, sieve, pace
        self._every, self._goes_on, self._most = every, goes_on, most
        self._ready: deque[Message] = deque()  # what the page may hear
        self._next: asyncio.Task[Message] | None = None
        self._waiting: deque[Message] = deque()  # what came while another message waited for its turn
        self._leaving: asyncio.Task[Message] | None = None
        self._closed = False
        self._begun = self._looked = monotonic()

    async def serve(self) -> None:
        """A stranger's page is made when its first message has its turn: who only connects, or leaves, costs next to nothing."""
        try:
            self._ready.append(await self._socket.receive())
            if self._pace is not None:
                await self._take_up()
                first = await self._heard()
                if first["type"] == "websocket.disconnect":
                    return
                self._ready.append(first)
            await self._socket.app(self._socket.scope, self._receive, self._send)
        finally:
            if self._next is not None:
                self._next.cancel()

    @property
    def age(self) -> float:
        """Seconds since the connection came."""
        return monotonic() - self._begun

    def send_away(self) -> None:
        """Hangs up for the sake of somebody else; whoever is served hears of it as of any other end."""
        self._leaving = asyncio.ensure_future(self._hang_up(BUSY))

    async def _take_up(self) -> None:
        """Opens the connection before its turn: to let one wait is cheaper than to have it tried again and again."""
        offered = self._socket.scope.get("subprotocols") or [None]
        if not self._closed:
            await self._tell({"type": "websocket.accept", "subprotocol": offered[0]})

    async def _receive(self) -> Message:
        return self._ready.popleft() if self._ready else await self._heard()

    async def _heard(self) -> Message:
        """The next message that may be handed on, in its turn, or the end."""
        while not self._closed:
            message = self._waiting.popleft() if self._waiting else await self._within(self._every)
            if (code := await self._refused(message)) is not None:
                return await self._hang_up(code)
            if message is not None and (passed := await self._admitted(message)) is not None:
                return passed
        return {"type": "websocket.disconnect", "code": AWAY}

    async def _refused(self, message: Message | None) -> int | None:
        """The code with which to hang up, if anything is wrong with the connection now that this came, or nothing did."""
        if message is not None and self._too_big(message):
            return TOO_BIG
        return None if await self._still(silent=message is None) else AWAY

    async def _admitted(self, message: Message) -> Message | None:
        """The message in its turn, or the end of the connection; None for one that is dropped, which takes a turn, too."""
        if message["type"] == "websocket.disconnect":
            return message
        if (ended := await self._in_turn()) is not None:
            return ended
        passed = await self._sieve.comes(message)
        return await self._hang_up(passed) if isinstance(passed, int) else passed

    async def _still(self, *, silent: bool) -> bool:
        """Whether the connection goes on. Somebody signed in is looked up every so often, be it that they talk or not."""
        if self._goes_on is None:
            return not silent and self.age < LONGEST
        if not silent and monotonic() - self._looked < self._every:
            return True
        self._looked = monotonic()
        return await to_thread.run_sync(self._goes_on)

    async def _in_turn(self) -> Message | None:
        """Waits for the turn of a message and listens meanwhile: None, or the end if the sender left or says too much."""
        if self._pace is None:
            return None
        turn = asyncio.create_task(self._pace.turn())
        try:
            while not turn.done():
                if (ended := await self._meanwhile(turn)) is not None:
                    return ended
            return await self._hang_up(BUSY) if turn.exception() is not None else None
        finally:
            turn.cancel()

    async def _meanwhile(self, turn: asyncio.Task[None]) -> Message | None:
        """Until the turn comes, or one more message to be put by; the end if that was one, or too much."""
        if len(self._waiting) >= MOST_WAITING:  # what else was sent waits with its sender
            await asyncio.wait({turn})
            return None
        if self._next is None:
            self._next = asyncio.ensure_future(self._socket.receive())
        await asyncio.wait({turn, self._next}, return_when=asyncio.FIRST_COMPLETED)
        if turn.done() or not self._next.done():
            return None
        said, self._next = self._next.result(), None
        if said["type"] == "websocket.disconnect":
            self._closed = True
            return said
        self._waiting.append(said)
        return await self._hang_up(TOO_BIG) if self._too_big(*self._waiting) else None

    async def _within(self, seconds: float) -> Message | None:
        """The next message, or None if none came in time; one that comes later is not lost."""
        if self._next is None:
            self._next = asyncio.ensure_future(self._socket.receive())
        done, _pending = await asyncio.wait({self._next}, timeout=seconds)
        if not done:
            return None
        message, self._next = self._next.result(), None
        return message

    def _too_big(self, *messages: Message) -> bool:
        size = sum(len(one.get("bytes") or one.get("text") or "") for one in messages)
        return self._most is not None and size > self._most

    async def _hang_up(self, code: int) -> Message:
        if not self._closed:
            self._closed = True
            await self._tell({"type": "websocket.close", "code": code})
        return {"type": "websocket.disconnect", "code": code}

    async def _send(self, message: Message) -> None:
        taken_up = self._pace is not None and message["type"] == "websocket.accept"
        if not self._closed and not taken_up:
            await self._tell(self._sieve.goes(message))

    async def _tell(self, message: Message) -> None:
        try:
            await self._socket.send(message)
        except OSError:  # they left meanwhile; the page is told when it listens again
            self._closed = True
