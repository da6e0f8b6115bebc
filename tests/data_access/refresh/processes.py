"""The worker as a process of its own, as the app or cron starts it."""

import os
import subprocess
import sys
from pathlib import Path

from tests.data_access.refresh.conftest import Office

ROOT = Path(__file__).parents[3]


def start(office: Office, *more: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "data_access", "work", *more]
    settings = office.world.settings
    environment = os.environ | {"ASN_VAR": str(settings.var), "ASN_SECOND_FACTOR": settings.second_factor}
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
