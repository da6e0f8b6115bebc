"""A flood of wrong sign-ins: how long a signed-in reader waits for a page meanwhile, against the quiet before it."""

import json
import subprocess
import sys
import time
from pathlib import Path
from statistics import quantiles

import pytest

from data_access.state import engine
from tests.attacks.hand_made import Client
from tests.browser.server import started
from tests.ui_world import ROOT, token
from tests.world import World

pytestmark = pytest.mark.benchmark
# The slower flood stays within the limits of one connection, so that its sign-ins are answered; the faster one is cut off.
RATES, SECONDS, LIMIT = (100, 1_000), 30, 2.0
PAUSE = 0.25  # seconds between two clicks of the reader


@pytest.mark.parametrize("rate", RATES)
def test_reader_during_a_flood_of_wrong_sign_ins(example: World, tmp_path: Path, rate: int) -> None:
    session = token(example, "analis")
    log = tmp_path / "server.log"
    with started(example, log) as base, Client(base, session) as reader:
        reader.run()
        _waits(reader, 5)
        quiet = _waits(reader, SECONDS / 2)
        flood = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.flood", base, str(rate), str(SECONDS)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        time.sleep(3)
        during = _waits(reader, SECONDS - 6)
        counted = json.loads(flood.communicate(timeout=60)[0])
    assert "Traceback" not in log.read_text("utf-8", errors="replace")
    engine(example.settings.state).dispose()
    ratio = _p95(during) / _p95(quiet)
    print(
        f"wrong sign-ins: {rate}/s wanted, {counted['offered'] / SECONDS:.0f}/s offered, {counted.get('answered', 0)} answered, "
        f"{counted.get('not let in', 0)} of {counted['connections']} not let in, {counted.get('cut off', 0)} cut off; "
        f"reader's p95 {_p95(during):.3f} s of {len(during)} pages, quiet {_p95(quiet):.3f} s = {ratio:.2f} (limit {LIMIT})"
    )


def _waits(reader: Client, seconds: float) -> list[float]:
    """Seconds from a click to the end of its run, again and again."""
    found, end = [], time.monotonic() + seconds
    while time.monotonic() < end:
        begun = time.perf_counter()
        reader.run()
        found.append(time.perf_counter() - begun)
        time.sleep(PAUSE)
    return found


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20)[-1]
