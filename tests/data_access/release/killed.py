"""A publish in a process of its own, to be killed: python -m tests.data_access.release.killed VAR DELIVERY POINT.

POINT names a step at which the process ends by SIGKILL, or is "-" for a process that somebody else kills.
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from data_access.governance import audit
from data_access.owner import OwnerSettings
from data_access.release import database, journal, shelf, vault
from data_access.release import manifest as manifests
from data_access.release.publish import publish

# name -> (module, function, whether the step itself is still done)
POINTS: dict[str, tuple[Any, str, bool]] = {
    "before the journal": (journal, "begin", False),
    "after the journal": (journal, "begin", True),
    "before the vault": (vault, "store", False),
    "after the vault": (vault, "store", True),
    "after the database": (database, "write", True),
    "before the manifest": (manifests, "write", False),
    "after the manifest": (manifests, "write", True),
    "before the audit": (audit, "append", False),
    "after the audit": (audit, "append", True),
    "before the pointer": (shelf, "point", False),
    "after the pointer, before the commit": (shelf, "point", True),
    "after the commit": (journal, "end", False),
    "after all": (journal, "end", True),
}


def deadly(step: Callable[..., Any], *, done: bool) -> Callable[..., Any]:
    def dying(*args: Any, **kwargs: Any) -> None:
        if done:
            step(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)

    return dying


def main(var: str, delivery: str, point: str) -> None:
    if point != "-":
        module, name, done = POINTS[point]
        setattr(module, name, deadly(getattr(module, name), done=done))
    publish([Path(delivery)], by="uji", settings=OwnerSettings(var=Path(var)), accept_warnings="uji")


if __name__ == "__main__":
    main(*sys.argv[1:])
