"""The worker: one process on the owner's side that does what refreshes wait for, one after another.

The app, cron or systemd starts it. A second one waits for the first, so nothing that is asked for stays undone.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from data_access.errors import AsnError, Damaged
from data_access.governance import refresh_progress
from data_access.governance.refreshes import newest
from data_access.owner import OwnerSettings
from data_access.refresh import taking
from data_access.refresh.jobs import WAIT, conclude, run
from data_access.release.publish import refreshing
from data_access.settings import private_folder
from data_access.state import engine
from data_access.words import mark as _

LOCK = "worker.lock"
POLL = 1.0
ACCOUNT = "worker"


def work(settings: OwnerSettings, *, forever: bool = False) -> int:
    """Settles what a killed worker left, then does everything that waits; tells how many refreshes that were.

    With `forever` it goes on looking for more until it is ended.
    """
    done = 0
    with _alone(settings):
        _settled(settings)
        while True:
            refresh = refresh_progress.take_next(engine(settings.state))
            if refresh is not None:
                run(refresh, settings)
                done += 1
            elif forever:
                time.sleep(POLL)
            else:
                return done


def _settled(settings: OwnerSettings) -> None:
    """As `settle`; if that is impossible, what waits is told why instead of waiting for ever."""
    state = engine(settings.state)
    try:
        settle(settings)
    except AsnError as error:
        while (refresh := refresh_progress.take_next(state)) is not None:
            refresh_progress.failed(state, refresh.id, error)
        raise


def settle(settings: OwnerSettings) -> None:
    """Release and refreshes agree again after a kill, and what nobody needs any more is gone."""
    state = engine(settings.state)
    with refreshing(settings, ACCOUNT, wait=WAIT):
        for left in refresh_progress.in_hand(state):
            if not conclude(left, settings):
                refresh_progress.failed(state, left.id, _killed())
    known = newest(state, limit=1_000)
    over = [refresh for refresh in known if refresh.state in ("published", "withdrawn")]
    for refresh in over:
        taking.drop(refresh, settings)
    taking.sweep(settings, kept={refresh.delivery for refresh in known if refresh not in over})


def _killed() -> Damaged:
    template = _("Pekerja terhenti di tengah jalan; yang disajikan tidak berubah. Coba lagi.")
    return Damaged("worker-killed", template)


@contextmanager
def _alone(settings: OwnerSettings) -> Iterator[None]:
    """Waits until no other worker runs."""
    file = private_folder(settings.var) / LOCK
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
