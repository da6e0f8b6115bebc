"""Connections of open pages: few, small and slow as long as nobody has signed in, and closed when their session ends.

A page that is closed connects anew by itself, and is then one of those.
"""

from collections.abc import Callable
from dataclasses import replace

from data_access.governance.attempts import place_of
from data_access.settings import Settings
from ui.gate.crowd import Crowd
from ui.gate.ears import FORBIDDEN, Ears, Pace, Socket
from ui.gate.messages import Sieve
from ui.gate.told import beginning_anew
from ui.turns import Turns

# Messages a second of one connection, and how many at once: a person who signs in sends about six.
EACH, EACH_AT_ONCE = 2, 20


async def anonymous(socket: Socket, sieve: Sieve, crowd: Crowd, settings: Settings) -> None:
    """Serves the sign-in form, within the limits of number, size and idle time."""
    client = socket.scope.get("client")
    place = place_of(str(client[0]) if client else "")
    ears = Ears(
        replace(socket, scope=beginning_anew(socket.scope)),
        sieve,
        every=settings.anonymous_idle_seconds,
        most=settings.anonymous_message_bytes,
        pace=Pace(Turns(EACH, EACH_AT_ONCE), crowd.queue(settings), place),
    )
    if not crowd.enter(place, ears, settings):
        await socket.send({"type": "websocket.close", "code": FORBIDDEN})
        return
    try:
        await ears.serve()
    finally:
        crowd.leave(place, ears)


async def watched(socket: Socket, sieve: Sieve, goes_on: Callable[[], bool], *, every: float) -> None:
    """Serves somebody who has signed in, and looks so often (seconds) whether the session goes on."""
    await Ears(socket, sieve, every=every, goes_on=goes_on).serve()
