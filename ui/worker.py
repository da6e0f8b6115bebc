"""Starts the worker where the app is the one to start it. The worker has its own process, so it outlives a page and a server.

What the app hands over is its environment; whether vault and record key can be read is the worker's business alone.
"""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from data_access.governance.refreshes import waiting
from data_access.settings import settings
from data_access.state import engine
from data_access.words import mark as _

ROOT = Path(__file__).parent.parent
COMMAND = (sys.executable, "-m", "data_access", "work")
FIRST_PAUSE, LONGEST_PAUSE, MOST_DOUBLINGS = 2.0, 300.0, 8  # seconds; a power of many failures would be no number


class Starter:
    """The worker that this process started last; a second one is started only when it has ended.

    After a worker that failed the next one waits, twice as long each time. `trouble` is then a sentence (a msgid) for the
    page, else empty.
    """

    def __init__(self, command: Sequence[str] = COMMAND, clock: Callable[[], float] = time.monotonic) -> None:
        self.trouble = ""
        self._command, self._clock = command, clock
        self._running: subprocess.Popen[bytes] | None = None
        self._failures, self._not_before = 0, float("-inf")
        self._lock = threading.Lock()

    def ensure(self) -> None:
        """Starts a worker if something waits for one and none of ours runs."""
        if settings().worker == "internal" and waiting(engine(settings().state)):
            self._start()

    def look(self, *, seconds: float = 0.0) -> None:
        """Starts a worker although nothing waits: it looks into the drop folder and tidies up. Waits so long for its end."""
        if settings().worker == "external":
            return
        self._start()
        with suppress(subprocess.TimeoutExpired):
            if (running := self._running) is not None:
                running.wait(seconds)
        with self._lock:
            self._ended()

    def _start(self) -> None:
        with self._lock:
            self._ended()
            if self._running is not None or self._clock() < self._not_before:
                return
            try:
                # A session of its own: a server that is stopped must not break a publish off.
                self._running = subprocess.Popen(  # noqa: S603 - a fixed command of ours
                    self._command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True
                )
            except OSError:
                self._failed(
                    _("Pekerja tidak dapat dijalankan. Aplikasi mencoba lagi; bila tetap begini, hubungi pengelola.")
                )

    def _ended(self) -> None:
        """Notes how the last worker ended, if it has."""
        if self._running is None or self._running.poll() is None:
            return
        if self._running.returncode == 0:
            self.trouble, self._failures = "", 0
        else:
            self._failed(
                _("Pekerja berhenti sebelum selesai. Aplikasi mencoba lagi; bila tetap begini, hubungi pengelola.")
            )
        self._running = None

    def _failed(self, sentence: str) -> None:
        pause = min(FIRST_PAUSE * 2 ** min(self._failures, MOST_DOUBLINGS), LONGEST_PAUSE)
        self.trouble, self._failures, self._not_before = sentence, self._failures + 1, self._clock() + pause


STARTER = Starter()
