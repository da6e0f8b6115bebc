"""work: the process that checks and publishes what was brought in through the pages."""

import resource
from typing import Annotated

import typer

from data_access.commands import output
from data_access.owner import owner
from data_access.refresh import worker
from data_access.state import engine, upgrade
from data_access.words import mark as _

MEMORY = 12 * 1024**3  # bytes of address space; a publish of 900,000 rows has a peak of 1.5 GiB of memory


def _bounded() -> None:
    """A file that swells in spite of all checks ends the worker, not the machine; its refresh is then told as failed."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard), hard))


def work(
    forever: Annotated[bool, typer.Option("--forever", help="terus menunggu pekerjaan baru (systemd)")] = False,
) -> None:
    """Kerjakan penyegaran yang menunggu: pemeriksaan, penerbitan, pengembalian rilis."""
    _bounded()
    upgrade(engine(owner().state))
    done = worker.work(owner(), forever=forever)
    output.say(_("{count} penyegaran dikerjakan."), count=done)
