"""Turns at a steady pace, for what somebody who has not signed in may ask of the server: it waits, and nobody else does."""

import threading
from time import monotonic


class Turns:
    """`burst` turns at once, then `rate` a second in the order in which they are taken; safe between threads."""

    def __init__(self, rate: float, burst: int) -> None:
        self._step, self._ahead = 1 / rate, (burst - 1) / rate
        self._next = float("-inf")
        self._lock = threading.Lock()

    def take(self, *, patience: float = float("inf"), now: float | None = None) -> float | None:
        """Seconds to wait for the turn that was taken; None, and none was taken, where that were more than `patience`."""
        moment = monotonic() if now is None else now
        with self._lock:
            due = max(self._next, moment - self._ahead)
            if due - moment > patience:
                return None
            self._next = due + self._step
        return max(0.0, due - moment)
