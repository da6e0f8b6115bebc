"""A real PostgreSQL for one module of tests: a cluster of its own, reached through a socket in its folder."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from data_access.state import upgrade

PLACES = ":".join([os.environ.get("PATH", ""), *map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin"))[::-1])])
ALONE = "-c listen_addresses='' -c fsync=off -c max_connections=60"


def needed(program: str) -> str:
    """Where the program is; without it, or without the driver, the test is skipped."""
    found = shutil.which(program, path=PLACES)
    if found is None or find_spec("psycopg") is None:
        pytest.skip(f"POSTGRESQL NOT TESTED: {program if found is None else 'psycopg'} is missing")
    return found


@contextmanager
def cluster() -> Iterator[str]:
    """The folder of a running server's socket; the server ends and its files go with the block."""
    initdb, control = needed("initdb"), needed("pg_ctl")
    place = Path(tempfile.mkdtemp(prefix="asn-pg-"))
    data = place / "data"
    try:
        if os.geteuid() == 0:
            shutil.chown(place, "postgres")
        _run(initdb, "-D", str(data), "-U", "asn", "-A", "trust", "-E", "UTF8", "--no-sync")
        _run(control, "-D", str(data), "-w", "-l", str(place / "log"), "-o", f"{ALONE} -k {place}", "start")
        try:
            yield str(place)
        finally:
            _run(control, "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(place)


@contextmanager
def database(folder: str, name: str) -> Iterator[Engine]:
    """A new database of the server, with the tables of the state."""
    server = create_engine(_address(folder, "postgres"), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    server.dispose()
    made = create_engine(_address(folder, name), pool_size=40)
    upgrade(made)
    try:
        yield made
    finally:
        made.dispose()


def _address(folder: str, name: str) -> str:
    return f"postgresql+psycopg://asn@/{name}?host={folder}"


def _run(*command: str) -> None:
    """PostgreSQL does not run as root; what it says goes nowhere, for its server would hold a pipe open."""
    whose = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    subprocess.run(
        command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **whose
    )  # type: ignore[call-overload]
