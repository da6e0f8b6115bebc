"""The worker: one process on the owner's side that does what refreshes wait for, one after another.

The app, cron or systemd starts it. A second one waits for the first, so nothing that is asked for stays undone.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

from data_access.errors import AsnError, Damaged, Rejected
from data_access.folders import PRIVATE_FILE, own_folder
from data_access.governance import refresh_progress, refresh_requests
from data_access.governance.audit import Event
from data_access.governance.refreshes import ACTOR, open_ones, uploads_over
from data_access.governance.use_summary import catch_up
from data_access.keys import key
from data_access.owner import OwnerSettings
from data_access.refresh import taking
from data_access.refresh.jobs import WAIT, conclude, run
from data_access.refresh.laying_down import look
from data_access.release.publish import refreshing
from data_access.state import engine, utc_now
from data_access.words import mark as _

LOCK = "worker.lock"
POLL = 1.0  # seconds between two looks for work
SETTLE = 600.0  # seconds between two times of settling, while nothing is asked for
ACCOUNT = "worker"


def work(settings: OwnerSettings, *, forever: bool = False) -> int:
    """Settles what a killed worker left, then does everything that waits; tells how many refreshes that were.

    With `forever` it goes on looking for more until it is ended, and settles again from time to time.
    """
    done, settled = 0, float("-inf")
    with _told(settings), _alone(settings):
        while True:
            if time.monotonic() - settled >= SETTLE:
                settle(settings)
                settled = time.monotonic()
            refresh = refresh_progress.take_next(engine(settings.state))
            if refresh is not None:
                run(refresh, settings)
                done += 1
            tidy(settings)
            if refresh is not None:
                continue
            catch_up(engine(settings.state))  # so that whoever watches the use of data need not wait for the sums
            if not forever:
                return done
            time.sleep(POLL)


@contextmanager
def _told(settings: OwnerSettings) -> Iterator[None]:
    """If the worker cannot go on, what waits is told why instead of waiting for ever."""
    try:
        yield
    except AsnError as error:
        state = engine(settings.state)
        while (refresh := refresh_progress.take_next(state)) is not None:
            refresh_progress.failed(state, refresh.id, error)
        raise


def settle(settings: OwnerSettings) -> None:
    """Release and refreshes agree again after a kill, and deliveries that were left undecided for too long are withdrawn."""
    state = engine(settings.state)
    with refreshing(settings, ACCOUNT, wait=WAIT):
        for left in refresh_progress.in_hand(state):
            if not conclude(left, settings):
                refresh_progress.failed(state, left.id, _killed())
    _give_up_old(settings)
    tidy(settings)


def tidy(settings: OwnerSettings) -> None:
    """What no open refresh needs is gone, and the state tells what lies in the drop folder."""
    state = engine(settings.state)
    taking.sweep(settings, open_ones(state), uploads_over(state, taking.uploads(settings)))
    look(settings)


def _give_up_old(settings: OwnerSettings) -> None:
    """Withdraws what has waited for the data team longer than `waiting_days`; each has its audit record."""
    state, secret = engine(settings.state), key(settings.keys, "audit")
    before = utc_now() - timedelta(days=settings.waiting_days)
    reason = f"{settings.waiting_days} hari tanpa keputusan"
    event = Event(action="refresh-withdraw", decision="allowed", account=ACCOUNT, reason=reason)
    for left in open_ones(state):
        if ACTOR[left.state] == "data team" and left.changed_at < before:
            with suppress(Rejected):  # somebody has decided in this very moment
                refresh_requests.withdraw(state, secret, event, left.id, only=left.state)


def _killed() -> Damaged:
    template = _("Pekerja terhenti di tengah jalan; yang disajikan tidak berubah. Coba lagi.")
    return Damaged("worker-killed", template)


@contextmanager
def _alone(settings: OwnerSettings) -> Iterator[None]:
    """Waits until no other worker runs."""
    file = own_folder(settings.vault) / LOCK
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
