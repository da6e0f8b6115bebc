"""Reading and checking source files: a CSV of 900,000 rows, an XLSX of 200,000 rows, and a CSV that is far too long."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from data_access.contract import contract
from data_access.intake.manifest import Manifest, sha256, write_manifest
from data_access.intake.mapping.model import Mapping
from data_access.intake.mapping.text import write_mapping
from tests.benchmarks import cubes

pytestmark = pytest.mark.benchmark
CSV_SECONDS, XLSX_SECONDS, REFUSED_SECONDS, BYTES = 40, 15, 10, 2 * 1024**3
DAY = date(2025, 6, 30)
DATASET = contract().datasets["pegawai"]
HEADINGS = {level.name: level.label.id for level in DATASET.delivered} | {"jumlah": "Jumlah", "kunci": "Kunci"}

PROGRAM = """
import re, sys, time
from datetime import date
from pathlib import Path
from data_access.errors import Rejected
from data_access.intake.checks import check
start = time.perf_counter()
try:
    report = check(Path(sys.argv[1]), today=date(2026, 1, 1), published={}, change_warning=0.1)
    verdict = "accepted" if report.accepted else ",".join(sorted({f.rule for f in report.of("error")}))
except Rejected as error:
    verdict = error.reason
# Not ru_maxrss: it also remembers the process that started this one.
peak = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) * 1024
print(verdict, time.perf_counter() - start, peak)
"""


def test_a_csv_of_900_000_rows_is_read_and_checked(tmp_path: Path) -> None:
    frame = _labelled(cubes.split(cubes.example_cells(tmp_path / "example"), seed=1, rows=900_000))
    frame.write_csv(tmp_path / "rekap.csv", separator=";")
    _measure("CSV of 900,000 rows", tmp_path / "rekap.csv", CSV_SECONDS, "accepted")


def test_an_xlsx_of_200_000_rows_is_read_and_checked(tmp_path: Path) -> None:
    frame = _labelled(cubes.split(cubes.example_cells(tmp_path / "example"), seed=1, rows=200_000))
    with xlsxwriter.Workbook(tmp_path / "rekap.xlsx", {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Rekap")
        for i, row in enumerate([tuple(frame.columns), *frame.iter_rows()]):
            sheet.write_row(i, 0, row)
    _measure("XLSX of 200,000 rows", tmp_path / "rekap.xlsx", XLSX_SECONDS, "accepted")


def test_a_csv_of_ten_million_rows_is_refused_at_once(tmp_path: Path) -> None:
    line = ",".join([*(level.codes[0].code for level in DATASET.delivered), "1", "1"]) + "\n"
    with (tmp_path / "rekap.csv").open("w") as handle:
        handle.write(",".join(HEADINGS.values()) + "\n")
        for _block in range(100):
            handle.write(line * 100_000)
    _measure("CSV of 10,000,000 rows", tmp_path / "rekap.csv", REFUSED_SECONDS, "too-many-rows")


def _labelled(frame: pl.DataFrame) -> pl.DataFrame:
    """Labels for codes, as an export has them, under headings of people."""
    labels = [
        pl.col(level.name).replace_strict({code.code: code.label.id for code in level.codes})
        for level in DATASET.delivered
    ]
    return frame.with_columns(labels).rename(HEADINGS)


def _measure(name: str, file: Path, seconds: int, verdict: str) -> None:
    mapping = Mapping(name="rekap", dataset="pegawai", columns={heading: level for level, heading in HEADINGS.items()})
    (file.parent / "mapping.yaml").write_text(write_mapping(mapping), "utf-8")
    manifest = Manifest(
        dataset="pegawai",
        reference_date=DAY,
        owner="kedua",
        contract=DATASET.version,
        active="made up for measuring",
        example=True,
        files={file.name: sha256(file)},
        mapping="mapping.yaml",
    )
    write_manifest(file.parent, manifest)
    command = [sys.executable, "-c", PROGRAM, str(file.parent)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found, taken, peak = done.stdout.split()
    assert found == verdict
    print(
        f"{name} ({file.stat().st_size / 1e6:.0f} MB): {float(taken):.1f} s = {float(taken) / seconds:.2f} of {seconds} s, ",
        end="",
    )
    print(f"peak {float(peak) / 1024**3:.2f} GiB = {float(peak) / BYTES:.2f} of 2 GiB")
