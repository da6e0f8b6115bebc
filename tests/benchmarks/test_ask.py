"""`ask` (uncached, audited) against hand-written SQL on the raw cube: 12 snapshots of 0.93 million base cells."""

import statistics
import time
from collections.abc import Callable
from datetime import date
from math import exp, log
from pathlib import Path

import duckdb
import pytest

from data_access.access.gateway import Gateway
from data_access.access.query import Query
from data_access.access.viewer import viewer_named
from data_access.owner import OwnerSettings
from data_access.release.publish import publish
from tests.benchmarks import cubes
from tests.benchmarks.conftest import ROLES

pytestmark = pytest.mark.benchmark
RUNS = 15
LIMIT = 0.8
DATES = cubes.twelve_dates()
HOME = {"provinsi": ("33", "34")}

# name, by, where, all dates?
QUESTIONS: tuple[tuple[str, tuple[str, ...], dict[str, tuple[str, ...]], bool], ...] = (
    ("status over time", ("status",), {}, True),
    ("provinces", ("provinsi",), {}, False),
    ("age and sex", ("umur_5", "jenis_kelamin"), {}, False),
    ("agencies", ("instansi",), {}, False),
    ("provinces by rank", ("provinsi", "jenjang"), {}, False),
    ("retirement by group", ("tahun_bup", "kelompok_jabatan"), {}, False),
    ("service of teachers over time", ("masa_kerja",), {"kelompok_jabatan": ("guru",)}, True),
    ("sex by status in one province", ("status", "jenis_kelamin"), {"provinsi": ("33",)}, True),
)


@pytest.fixture(scope="module")
def raw(place: OwnerSettings) -> duckdb.DuckDBPyConnection:
    """The raw cube as an analyst would keep it: one sorted DuckDB table. The release is published from the same rows."""
    base = cubes.example_cells(place.var / "example")
    folders = []
    for i, day in enumerate(DATES):
        folders.append(cubes.deliver(place.var / "deliveries" / day.isoformat(), day, cubes.split(base, seed=i)))
    for folder in folders:
        publish([folder], by="bench", settings=place, accept_warnings="bench")
    connection = duckdb.connect(str(place.var / "raw.duckdb"), config={"threads": 2})
    tables = [_raw_table(folder, day) for folder, day in zip(folders, DATES, strict=True)]
    connection.execute(f"CREATE TABLE raw AS {' UNION ALL '.join(tables)} ORDER BY periode, provinsi, instansi")
    return connection


def _raw_table(folder: Path, day: date) -> str:
    return f"SELECT DATE '{day}' AS periode, * FROM read_parquet('{folder / 'pegawai.parquet'}')"


def test_ask_against_sql_on_the_raw_cube(place: OwnerSettings, raw: duckdb.DuckDBPyConnection) -> None:
    ratios = []
    for role, provinces in ROLES:
        viewer = viewer_named(role.replace("_", "-"), place)
        for name, by, where, over_time in QUESTIONS:
            limited = {**(HOME if provinces else {}), **where}
            periods = tuple(DATES) if over_time else (DATES[-1],)
            query = Query("pegawai", by=by, where=limited, periods=periods)
            gateway = Gateway(place)
            asked = _median(lambda: _uncached(gateway).ask(viewer, query))  # noqa: B023 - called at once
            scanned = _median(lambda: _scan(raw, by, limited, periods))  # noqa: B023 - called at once
            ratios.append(asked / scanned)
            print(f"{role:<15} {name:<32} ask {asked:6.1f} ms  SQL {scanned:6.1f} ms  {asked / scanned:5.2f}")
    mean = exp(statistics.fmean(log(ratio) for ratio in ratios))
    print(f"geometric mean {mean:.2f} (wanted: <= {LIMIT})")


def _uncached(gateway: Gateway) -> Gateway:
    gateway._answers.clear()
    return gateway


def _scan(
    raw: duckdb.DuckDBPyConnection, by: tuple[str, ...], where: dict[str, tuple[str, ...]], periods: tuple[date, ...]
) -> object:
    columns = ", ".join(("periode", *by))
    conditions = [f"periode IN ({', '.join('?' * len(periods))})"]
    bound: list[object] = list(periods)
    for level, codes in where.items():
        conditions.append(f"{level} IN ({', '.join('?' * len(codes))})")
        bound.extend(codes)
    statement = (
        f"SELECT {columns}, sum(jumlah) AS n FROM raw WHERE {' AND '.join(conditions)} GROUP BY ALL ORDER BY ALL"
    )
    return raw.cursor().sql(statement, params=bound).pl()


def _median(action: Callable[[], object]) -> float:
    action()
    times = []
    for _run in range(RUNS):
        start = time.perf_counter()
        action()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)
