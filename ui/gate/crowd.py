"""The connections that nobody has signed in with: how many there may be, and whose turn it is."""

from math import ceil

from data_access.settings import Settings
from ui.cookies import LOOPBACK
from ui.gate.ears import Ears
from ui.gate.queue import Queue

ALL_AT_ONCE = 2  # seconds' worth of messages
ITS_TIME = 60  # seconds that a connection is left alone at least where no place has more than its share: long enough to sign in


class Crowd:
    """The connections that nobody has signed in with, by place, and how many messages they may send together.

    Only the event loop counts them.
    """

    def __init__(self) -> None:
        self._places: dict[str, dict[Ears, None]] = {}
        self._queue: Queue | None = None

    def enter(self, place: str, ears: Ears, settings: Settings) -> bool:
        """Counts one more, if there is room. Behind a proxy the loopback address would be everybody's."""
        held = len(self._places.get(place, ()))
        if place not in LOOPBACK and held >= settings.anonymous_sockets_per_address:
            return False
        if sum(map(len, self._places.values())) >= settings.anonymous_sockets and not self._room_made(held):
            return False
        self._places.setdefault(place, {})[ears] = None
        return True

    def leave(self, place: str, ears: Ears) -> None:
        mine = self._places.get(place, {})
        mine.pop(ears, None)
        if not mine:
            self._places.pop(place, None)

    def queue(self, settings: Settings) -> Queue:
        """Where all of them wait together: what is sent faster waits with its sender, not in this server."""
        if self._queue is None:
            rate = settings.anonymous_messages_per_second
            self._queue = Queue(rate, burst=ceil(rate * ALL_AT_ONCE))
        return self._queue

    def _room_made(self, held: int) -> bool:
        """Sends the oldest one of the place with the most away, so that few cannot shut out all.

        For a place that holds clearly fewer, or once it has had its time: two that are about equal would send each other away
        for ever, and nobody could sign in.
        """
        place, most = max(self._places.items(), key=lambda one: len(one[1]), default=("", {}))
        if not most:
            return False
        oldest = next(iter(most))
        if len(most) <= held + 1 and (len(most) <= held or oldest.age < ITS_TIME):
            return False
        self.leave(place, oldest)
        oldest.send_away()
        return True
