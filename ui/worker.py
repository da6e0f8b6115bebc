"""Starts the worker where the app is the one to start it. The worker has its own process, so it outlives a page and a server.

What the app hands over is its environment; whether vault and record key can be read is the worker's business alone.
"""

import subprocess
import sys
import threading
from pathlib import Path

from data_access.governance.refreshes import waiting
from data_access.settings import settings
from data_access.state import engine

ROOT = Path(__file__).parent.parent
COMMAND = (sys.executable, "-m", "data_access", "work")


class Starter:
    """The worker that this process started last; a second one is started only when it has ended."""

    def __init__(self) -> None:
        self._running: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def ensure(self) -> None:
        """Starts a worker if something waits for one and none of ours runs."""
        if settings().worker == "external" or not waiting(engine(settings().state)):
            return
        with self._lock:
            if self._running is None or self._running.poll() is not None:
                # A session of its own: a server that is stopped must not break a publish off.
                self._running = subprocess.Popen(  # noqa: S603 - a fixed command of ours
                    COMMAND, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True
                )


STARTER = Starter()
