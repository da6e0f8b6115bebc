"""Checking and then publishing one snapshot of 900,000 base cells: time and peak memory, in a process of its own."""

import subprocess
import sys
from datetime import date

import pytest

from data_access.owner import OwnerSettings
from tests.benchmarks import cubes

pytestmark = pytest.mark.benchmark
BYTES = 2 * 1024**3

PROGRAM = """
import resource, sys, time
from pathlib import Path
from data_access.release.publish import checked, publish
from data_access.owner import OwnerSettings
start = time.perf_counter()
checked([Path(sys.argv[2])], OwnerSettings(var=Path(sys.argv[1])))
publish([Path(sys.argv[2])], by="bench", settings=OwnerSettings(var=Path(sys.argv[1])), accept_warnings="bench")
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
"""


@pytest.mark.parametrize(
    ("keys", "file", "limit"),
    [("delivered", "pegawai.parquet", 30), ("pseudo", "pegawai.parquet", 30), ("delivered", "pegawai.csv", 40)],
)
def test_publish_of_a_large_snapshot(own_place: OwnerSettings, keys: str, file: str, limit: int) -> None:
    frame = cubes.split(cubes.example_cells(own_place.var / "example"), seed=1, rows=900_000)
    day = date(2021, 12, 31) if keys == "delivered" else date(2020, 12, 31)
    folder = cubes.deliver(own_place.var / f"large-{keys}", day, frame, with_keys=keys == "delivered", file=file)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(own_place.var), str(folder)], capture_output=True, text=True, check=True
    )
    seconds, peak = (float(part) for part in done.stdout.split())
    print(
        f"publish of {frame.height:,} rows, {file}, {keys} keys: {seconds:.1f} s = {seconds / limit:.2f} of {limit} s, ",
        end="",
    )
    print(f"peak {peak / 1024**3:.2f} GiB = {peak / BYTES:.2f} of 2 GiB")
