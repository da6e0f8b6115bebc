"""The one way to the state database: an engine per address, `reading` and `writing` as its only two transactions."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from sqlite3 import Connection as SqliteConnection

from sqlalchemy import Connection, Engine, create_engine, event, func, make_url, select
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError, IntegrityError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import ConnectionPoolEntry

from data_access.errors import Misconfigured
from data_access.folders import file_mode, private_folder
from data_access.words import mark as _

BUSY_SECONDS = 10
WRITES = "state_writes"
LOCK = 20_220_209  # any number will do, as long as every process of the product takes the same


@lru_cache(maxsize=8)
def engine(url: str) -> Engine:
    """The engine of this address, one per process; Misconfigured if its file cannot be made private or opened."""
    try:
        if make_url(url).get_backend_name() == "sqlite":
            return _sqlite(url)
        return create_engine(url, pool_pre_ping=True)
    except (ArgumentError, NoSuchModuleError, OSError) as error:
        raise _unusable() from error


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent view of the database; nothing done in it is kept. Misconfigured if the database is unusable."""
    with _readable(), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One write transaction: kept if the block ends well, undone if it raises. Misconfigured as in `reading`.

    On SQLite it takes the write lock at once (BEGIN IMMEDIATE): a lock wanted after the first read could not be waited
    for. What the block reads is therefore still true when it writes.
    """
    with _readable(), engine.connect() as connection:
        connection.execution_options(**{WRITES: True})
        with connection.begin():
            yield connection


def one_writer(connection: Connection) -> None:
    """Lets no other such transaction go on until this one ends; SQLite has only one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(LOCK)))


def _sqlite(url: str) -> Engine:
    database = make_url(url).database
    if database and database != ":memory:":
        _make(Path(database))
    made = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    event.listen(made, "connect", _on_connect)
    event.listen(made, "begin", _on_begin)
    if database and database != ":memory:":
        event.listen(made, "checkout", lambda _connection, record, _proxy: _same_file(Path(database), record))
    return made


def _make(file: Path) -> None:
    """As open as its place allows; SQLite gives the files beside the database (-wal, -shm) the mode of the database itself.

    Only its owner can close a file that is too open; for any other account that is an OSError.
    """
    mode = file_mode(private_folder(file.parent))
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, mode))
    found = file.stat()
    if found.st_uid == os.geteuid() or found.st_mode & ~mode & 0o777:
        file.chmod(mode)


def _on_connect(connection: SqliteConnection, _record: object) -> None:
    # The driver's own BEGIN comes too late (before the first write only); `_on_begin` sends ours.
    connection.isolation_level = None
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _same_file(file: Path, record: ConnectionPoolEntry) -> None:
    """A connection to a file that was removed or replaced would write its audit into nowhere; it is not used again."""
    try:
        now = file.stat()
    except OSError as error:
        raise _unusable() from error
    if record.info.setdefault("file", (now.st_dev, now.st_ino)) != (now.st_dev, now.st_ino):
        raise DisconnectionError


def _on_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _readable() -> Iterator[None]:
    """An unusable database as a sentence; a broken constraint stays what it is, for the caller knows what it means."""
    try:
        yield
    except IntegrityError:
        raise
    except (DBAPIError, PoolTimeout) as error:
        raise _unusable() from error


def _unusable() -> Misconfigured:
    template = _(
        "Basis data status tidak dapat dibuka atau ditulis; tidak ada data yang ditampilkan. Hubungi pengelola."
    )
    return Misconfigured("state-unusable", template)
