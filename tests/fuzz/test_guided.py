"""The readers under atheris, which watches what a broken text reaches and goes on from there; a process each."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.fuzz.conftest import LONG
from tests.fuzz.readers import READERS
from tests.ui_world import ROOT

HOW_MUCH = "-max_total_time=60" if LONG else "-runs=300"


@pytest.mark.parametrize("name", READERS)
def test_whatever_is_reached_is_refused_or_valid(name: str, tmp_path: Path) -> None:
    if find_spec("atheris") is None:
        pytest.skip("GUIDED FUZZING NOT RUN: atheris is made for Linux on x86-64 and Python up to 3.13")
    command = [
        sys.executable,
        "-m",
        "tests.fuzz.guided",
        name,
        HOW_MUCH,
        f"-artifact_prefix={tmp_path}/",
        "-max_len=4000",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    told = done.stdout + done.stderr
    assert done.returncode == 0, told[-4_000:]
    [ran] = [line for line in told.splitlines() if line.startswith("Done ")]
    print(f"{name}: {ran}")
