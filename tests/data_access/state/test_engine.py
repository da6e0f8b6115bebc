"""The engine: private files, safe settings, one writer at a time, failures as sentences."""

import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_mock_engine, text
from sqlalchemy.exc import IntegrityError

from data_access.errors import Misconfigured
from data_access.state import engine, one_writer, reading, writing


def _table(empty: Engine) -> None:
    with writing(empty) as connection:
        connection.execute(text("CREATE TABLE t (n INTEGER UNIQUE)"))


def test_one_engine_per_address(empty: Engine) -> None:
    assert engine(str(empty.url)) is empty


def test_files_and_a_new_folder_are_private(empty: Engine) -> None:
    _table(empty)
    file = Path(str(empty.url.database))
    with reading(empty) as connection:  # the files beside the database live as long as a connection
        connection.execute(text("SELECT * FROM t"))
        assert {f.name for f in file.parent.iterdir()} == {"state.db", "state.db-wal", "state.db-shm"}
        assert {f.stat().st_mode & 0o777 for f in file.parent.iterdir()} == {0o600}
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_folder_of_others_keeps_its_mode(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir(mode=0o755)
    engine(f"sqlite:///{tmp_path / 'shared' / 'state.db'}")
    assert (tmp_path / "shared").stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "shared" / "state.db").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),  # readers do not wait for the writer
        ("foreign_keys", 1),  # SQLite ignores them unless told
        ("busy_timeout", 10_000),  # milliseconds
        ("synchronous", 1),  # NORMAL: enough under WAL for a database that is never half written
    ],
)
def test_every_connection_is_set_up(empty: Engine, pragma: str, value: object) -> None:
    with reading(empty) as connection:
        assert connection.scalar(text(f"PRAGMA {pragma}")) == value


def test_error_undoes_the_whole_write(empty: Engine) -> None:
    _table(empty)
    with pytest.raises(RuntimeError), writing(empty) as connection:
        connection.execute(text("INSERT INTO t VALUES (1)"))
        raise RuntimeError
    with reading(empty) as connection:
        assert connection.scalar(text("SELECT count(*) FROM t")) == 0


def test_reading_keeps_nothing(empty: Engine) -> None:
    _table(empty)
    with reading(empty) as connection:
        connection.execute(text("INSERT INTO t VALUES (1)"))
    with reading(empty) as connection:
        assert connection.scalar(text("SELECT count(*) FROM t")) == 0


def test_read_modify_write_loses_nothing_between_threads(empty: Engine) -> None:
    _table(empty)

    def count_up() -> None:
        for _turn in range(25):
            with writing(empty) as connection:
                one_writer(connection)
                highest = connection.scalar(text("SELECT coalesce(max(n), 0) FROM t"))
                connection.execute(text("INSERT INTO t VALUES (:n)"), {"n": highest + 1})

    threads = [threading.Thread(target=count_up) for _thread in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading(empty) as connection:
        assert connection.scalar(text("SELECT count(*) FROM t")) == 100


def test_reader_sees_one_state_while_another_writes(empty: Engine) -> None:
    _table(empty)
    with reading(empty) as reader:
        assert reader.scalar(text("SELECT count(*) FROM t")) == 0
        with writing(empty) as writer:
            writer.execute(text("INSERT INTO t VALUES (1)"))
        assert reader.scalar(text("SELECT count(*) FROM t")) == 0


def test_broken_constraint_stays_what_it_is(empty: Engine) -> None:
    _table(empty)
    with pytest.raises(IntegrityError), writing(empty) as connection:
        connection.execute(text("INSERT INTO t VALUES (1), (1)"))


def test_damaged_file_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "state.db").write_bytes(b"this is not a database" * 100)
    with pytest.raises(Misconfigured) as caught, reading(engine(f"sqlite:///{tmp_path / 'state.db'}")):
        pass
    assert caught.value.reason == "state-unusable"
    assert "Hubungi pengelola" in caught.value.sentence("id")


@pytest.mark.parametrize(
    "url",
    [
        "not an address",
        "nosuchdatabase://host/name",  # no such dialect
        "sqlite:////proc/nothing/state.db",  # a place where nobody can write
    ],
)
def test_impossible_address_is_a_sentence(url: str) -> None:
    with pytest.raises(Misconfigured):
        engine(url)


def test_memory_database_needs_no_file() -> None:
    with reading(engine("sqlite://")) as connection:
        assert connection.scalar(text("SELECT 1")) == 1


def test_postgresql_takes_a_lock_of_its_own() -> None:
    sent: list[str] = []
    recorder = create_mock_engine("postgresql://", lambda statement, *_rest: sent.append(str(statement)))
    one_writer(recorder)  # type: ignore[arg-type]  # a mock connection, which only notes what it is sent
    assert "pg_advisory_xact_lock" in sent[0]
