"""Aggregating a SIASN export of 5.6 million persons: time and peak memory, in a process of its own."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from data_access.intake.microdata.made_up import write_export

pytestmark = pytest.mark.benchmark
PERSONS, DAY = 5_600_000, date(2025, 6, 30)
SECONDS, BYTES = 90, 4 * 1024**3
ROOM = 8 * 1024**3

PROGRAM = """
import resource, sys, time
from datetime import date
from pathlib import Path
from data_access.intake.microdata import Task, aggregate
start = time.perf_counter()
made = aggregate(Task((Path(sys.argv[1]),), date.fromisoformat(sys.argv[3]), Path(sys.argv[2])), b"k" * 32)
seconds = time.perf_counter() - start
print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, made.rows, made.persons, made.cells)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Removed afterwards, for it holds gigabytes."""
    if shutil.disk_usage(tmp_path).free < ROOM:
        pytest.fail(f"the export needs room: {ROOM / 1024**3:.0f} GiB must be free in {tmp_path}")
    yield tmp_path
    shutil.rmtree(tmp_path)


def test_aggregation_of_a_national_export(folder: Path) -> None:
    file = folder / "ekspor.txt"
    write_export(file, persons=PERSONS, day=DAY, seed=1, dirt=0.0005)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(file), str(folder / "kiriman"), DAY.isoformat()],
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, peak, rows, persons, cells = (float(part) for part in done.stdout.split())
    assert rows == PERSONS
    print(
        f"aggregate of {rows:,.0f} rows ({file.stat().st_size / 1024**3:.1f} GiB) into {persons:,.0f} persons, "
        f"{cells:,.0f} cells: {seconds:.1f} s = {seconds / SECONDS:.2f} of {SECONDS} s, "
        f"peak {peak / 1024**3:.2f} GiB = {peak / BYTES:.2f} of 4 GiB"
    )
