"""The worker: one process on the owner's side that does what refreshes wait for, one after another.

The app, cron or systemd starts it. A second one waits for the first, so nothing that is asked for stays undone.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from data_access.errors import Damaged
from data_access.governance import audit, refresh_progress
from data_access.governance.refreshes import Refresh, newest, waiting
from data_access.owner import OwnerSettings
from data_access.refresh import taking
from data_access.refresh.jobs import WAIT, run
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
        settle(settings)
        while True:
            refresh = refresh_progress.take_next(engine(settings.state))
            if refresh is not None:
                run(refresh, settings)
                done += 1
            elif forever:
                time.sleep(POLL)
            else:
                return done


def settle(settings: OwnerSettings) -> None:
    """Release and refreshes agree again after a kill, and what nobody needs any more is gone."""
    state = engine(settings.state)
    with refreshing(settings, ACCOUNT, wait=WAIT):
        for left in refresh_progress.in_hand(state):
            release = _served_by(left, settings)
            if release is not None:
                refresh_progress.published(state, left.id, release)
            else:
                refresh_progress.failed(state, left.id, _killed())
    for refresh in newest(state):
        if refresh.state in ("published", "withdrawn"):
            taking.drop(refresh, settings)
    taking.sweep(settings, kept={refresh.delivery for refresh in waiting(state)})


def _served_by(left: Refresh, settings: OwnerSettings) -> str | None:
    """The release that a killed worker had already made for this refresh: the audit says so."""
    if left.state != "publishing":
        return None
    found = audit.search(
        engine(settings.state), decision="allowed", since=left.changed_at, text=f"penyegaran {left.id}"
    )
    made = [e for e in found if e.event.action == left.kind and _names(e.event.detail, left.id)]
    return made[0].event.release if made else None


def _names(detail: str | None, number: int) -> bool:
    """Whether an audit detail speaks of this refresh and not of one whose number begins alike."""
    words = (detail or "").replace(",", " ").split()
    return words[:2] == ["penyegaran", str(number)]


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
