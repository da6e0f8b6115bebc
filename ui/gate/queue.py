"""The queue of everybody who has not signed in: a steady pace, place after place, and whoever leaves takes no turn along."""

import asyncio
from collections import OrderedDict, deque


class Queue:
    """`burst` turns at once, then `rate` a second. Places take turns, so that nobody fills the queue; for one event loop."""

    def __init__(self, rate: float, burst: int) -> None:
        self._step, self._ahead = 1 / rate, (burst - 1) / rate
        self._next = float("-inf")
        self._places: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()
        self._serving: asyncio.TimerHandle | None = None

    async def turn(self, place: str) -> None:
        """Waits for the next turn of this place; cancelled while it waits, it has taken none."""
        loop = asyncio.get_running_loop()
        if not self._places and self._due(loop.time()) <= loop.time():
            self._take(loop.time())
            return
        mine: asyncio.Future[None] = loop.create_future()
        self._places.setdefault(place, deque()).append(mine)
        self._serve()
        await mine

    def _due(self, now: float) -> float:
        return max(self._next, now - self._ahead)

    def _take(self, now: float) -> None:
        self._next = self._due(now) + self._step

    def _serve(self) -> None:
        """Gives the turns that are due, and comes back for the next one as long as somebody waits."""
        if self._serving is not None:
            self._serving.cancel()
        loop = asyncio.get_running_loop()
        now, self._serving = loop.time(), None
        while self._places and self._due(now) <= now:
            if self._one():
                self._take(now)
        if self._places:
            self._serving = loop.call_at(self._due(now), self._serve)

    def _one(self) -> bool:
        """Serves the place that waits longest for its turn; False if whoever waited there has left."""
        place, waiting = self._places.popitem(last=False)
        while waiting and waiting[0].done():
            waiting.popleft()
        if not waiting:
            return False
        waiting.popleft().set_result(None)
        if waiting:
            self._places[place] = waiting
        return True
