"""Copies of a state database in SQLite: taken while others write, checked, and put in the place of another."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine, make_url

from data_access.errors import Damaged, Misconfigured, Rejected
from data_access.folders import PRIVATE_FILE
from data_access.words import mark as _


def sqlite_file(url: str) -> Path:
    """The file of the database at this address; Rejected, with the command that serves instead, for another database."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite" and address.database:
        return Path(address.database)
    plain = address.set(drivername=address.get_backend_name()).render_as_string(hide_password=True)
    template = _(
        "Basis data status bukan SQLite. Cadangkan dengan: pg_dump --format=custom --file=BERKAS '{url}', pulihkan dengan: "
        "pg_restore --clean --if-exists --single-transaction --dbname='{url}' BERKAS. Folder documents dan berkas "
        "perjanjian dicadangkan terpisah."
    )
    raise Rejected("state-no-sqlite", template, url=plain)


def copy_to(engine: Engine, file: Path) -> None:
    """One consistent moment of the database as a file of its own; writers go on meanwhile. Misconfigured if unreadable."""
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE))
    try:
        with closing(sqlite3.connect(sqlite_file(str(engine.url)))) as source, closing(sqlite3.connect(file)) as target:
            source.backup(
                target
            )  # all pages in one step: a write in between would begin the copy anew, perhaps for ever
            _in_one_file(target)
    except sqlite3.Error as error:
        raise Misconfigured("state-unusable", _("Basis data status tidak dapat disalin. Hubungi pengelola.")) from error


def check(file: Path) -> None:
    """Damaged unless the file is a whole database of SQLite."""
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
            sound = connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
    except sqlite3.Error:
        sound = False
    if not sound:
        raise Damaged("backup-database", _("Basis data di dalam cadangan rusak. Pakai cadangan lain."))


def holds_anything(file: Path) -> bool:
    """Whether accounts or records are kept in the database; a file that is no database counts too."""
    if not file.exists() or not file.stat().st_size:
        return False
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
            return bool(
                connection.execute(
                    "SELECT count(*) FROM sqlite_master WHERE name IN ('account', 'audit') AND type = 'table'"
                ).fetchone()[0]
                and connection.execute(
                    "SELECT EXISTS (SELECT 1 FROM account) OR EXISTS (SELECT 1 FROM audit)"
                ).fetchone()[0]
            )
    except sqlite3.Error:
        return True


def in_use(file: Path) -> bool:
    """Whether another process has the database open. If none has, what it left in files beside is taken into the file."""
    if not file.exists():
        return False
    try:
        with closing(sqlite3.connect(file, timeout=0)) as connection:
            _in_one_file(connection)
    except sqlite3.OperationalError:
        return True
    except sqlite3.Error:
        return False  # no database: nobody can have it open as one
    return False


def _in_one_file(connection: sqlite3.Connection) -> None:
    """Leaves the write-ahead log, which SQLite allows to the only connection alone; the next one begins it anew."""
    connection.execute("PRAGMA journal_mode = DELETE")
