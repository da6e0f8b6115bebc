"""work: the process that checks and publishes what was brought in through the pages."""

from typing import Annotated

import typer

from data_access.commands import output
from data_access.owner import owner
from data_access.refresh import worker
from data_access.state import engine, upgrade
from data_access.words import mark as _


def work(
    forever: Annotated[bool, typer.Option("--forever", help="terus menunggu pekerjaan baru (systemd)")] = False,
) -> None:
    """Kerjakan penyegaran yang menunggu: pemeriksaan, penerbitan, pengembalian rilis."""
    upgrade(engine(owner().state))
    done = worker.work(owner(), forever=forever)
    output.say(_("{count} penyegaran dikerjakan."), count=done)
