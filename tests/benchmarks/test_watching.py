"""A million audit records: checking the whole chain."""

import time
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from data_access.governance.audit_check import Verdict, verify
from data_access.state import engine, upgrade
from tests.benchmarks.records import write_records

pytestmark = pytest.mark.benchmark
KEY = bytes(range(32))
RECORDS = 1_000_000
CHECKED = 20.0


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A database with the records."""
    made = engine(f"sqlite:///{tmp_path_factory.mktemp('bench') / 'state.db'}")
    upgrade(made)
    write_records(made, KEY, RECORDS)
    yield made
    made.dispose()


def test_check_of_the_whole_record(state: Engine) -> None:
    start = time.perf_counter()
    assert verify(state, KEY) == Verdict("sound", records=RECORDS)
    _told("audit verify", time.perf_counter() - start, CHECKED)


def _told(name: str, seconds: float, wanted: float) -> None:
    print(f"{name}, {RECORDS:,} records: {seconds:.2f} s = {seconds / wanted:.2f} of {wanted} s")
