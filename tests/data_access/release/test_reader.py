"""The reader's connection reads one verified file and can do nothing else, whatever is sent to it."""

import gc
from pathlib import Path

import duckdb
import pytest

from data_access.errors import Damaged
from data_access.keys import key
from data_access.release import shelf
from data_access.release.reader import Reader, Selection
from tests.world import EARLY, LATE, MIDDLE, World, dataset


@pytest.fixture(scope="module")
def reader(world: World) -> Reader:
    folder = shelf.current(world.settings.releases)
    return Reader(folder, secret=key(world.settings.keys, "manifest"), threads=2, memory_limit="1GB", seconds=10)


FORBIDDEN = [
    ("COPY release.cells TO '{folder}/out.csv'", "writes a file"),
    ("COPY (SELECT 1) TO '{folder}/out.parquet'", "writes a file"),
    ("EXPORT DATABASE '{folder}'", "writes files"),
    ("ATTACH '{folder}/other.duckdb' AS other", "opens a file"),
    ("ATTACH '{release}' AS again", "opens the release for writing"),
    ("SELECT * FROM read_csv('/etc/passwd')", "reads a file"),
    ("SELECT * FROM read_text('/etc/passwd')", "reads a file"),
    ("SELECT * FROM read_blob('{key}')", "reads a key"),
    ("SELECT * FROM '/etc/passwd'", "reads a file by its name"),
    ("SELECT * FROM glob('/etc/*')", "lists files"),
    ("SELECT * FROM read_parquet('https://example.com/x.parquet')", "calls out"),
    ("INSTALL httpfs", "installs an extension"),
    ("LOAD httpfs", "loads an extension"),
    ("SET enable_external_access = true", "opens the door"),
    ("SET threads = 8", "changes the settings"),
    ("SET memory_limit = '100GB'", "changes the settings"),
    ("SET lock_configuration = false", "unlocks the settings"),
    ("RESET max_execution_time", "changes the settings"),
    ("PRAGMA enable_external_access = true", "changes the settings"),
    ("INSERT INTO release.cells SELECT * FROM release.cells LIMIT 1", "writes"),
    ("UPDATE release.cells SET m = 0", "writes"),
    ("DELETE FROM release.cells", "writes"),
    ("DROP TABLE release.cells", "writes"),
    ("CREATE TABLE release.own (x INTEGER)", "writes"),
    ("CREATE SECRET (TYPE s3, KEY_ID 'x', SECRET 'y')", "keeps a secret"),
    ("SELECT * FROM frame", "reads a variable of the program"),
]


@pytest.mark.parametrize(("statement", "why"), FORBIDDEN, ids=[f"{i}-{f[1]}" for i, f in enumerate(FORBIDDEN)])
def test_the_connection_refuses_everything_but_reading(
    reader: Reader, world: World, tmp_path: Path, statement: str, why: str
) -> None:
    frame = {"x": [1]}  # what a replacement scan would find
    assert frame
    release = shelf.current(world.settings.releases) / "release.duckdb"
    text = statement.format(folder=tmp_path, release=release, key=world.settings.keys / "record.key")
    with pytest.raises(duckdb.Error):
        reader._cursor().execute(text).fetchall()
    assert list(tmp_path.iterdir()) == []


def test_reading_still_works_afterwards(reader: Reader) -> None:
    rows = reader._cursor().execute("SELECT count(*) FROM release.cells").fetchall()
    assert rows[0][0] > 100_000


def test_a_view_holds_its_combination_and_its_places_only(reader: Reader) -> None:
    """Even a question without any filter cannot see beyond the view."""
    ((number, combination),) = reader.admitted("pegawai")[LATE][frozenset({"wilayah", "umur"})][:1]
    assert combination.levels == ("provinsi", "umur_5")
    own = tuple(i for i, code in enumerate(reader.book.codes["provinsi"]) if code in ("33", "34"))
    name = reader._view(dataset(), number, ("wilayah", own))
    found = reader._cursor().execute(f"SELECT DISTINCT wilayah FROM {name}").fetchall()
    assert {row[0] for row in found} == set(own)
    wide = reader._view(dataset(), number, None)
    assert wide != name
    counts = [reader._cursor().execute(f"SELECT count(*) FROM {view}").fetchall()[0][0] for view in (wide, name)]
    held = (
        reader._cursor().execute("SELECT count(*) FROM release.cells WHERE combination = ?", [number]).fetchall()[0][0]
    )
    assert counts[0] == held > counts[1] > 0


def test_a_view_for_no_place_is_empty(reader: Reader) -> None:
    ((number, _combination),) = reader.admitted("pegawai")[LATE][frozenset({"wilayah", "umur"})][:1]
    selection = Selection(number, (LATE,), (), ("wilayah",), ("wilayah", (-1,)))
    assert len(reader.read(dataset(), selection)["m"]) == 0


def test_admitted_combinations_are_given_per_date(reader: Reader) -> None:
    assert set(reader.admitted("pegawai")) == {EARLY, MIDDLE, LATE}
    assert reader.periods("pegawai") == (EARLY, MIDDLE, LATE)
    for by_dimensions in reader.admitted("pegawai").values():
        for dimensions, found in by_dimensions.items():
            for _number, combination in found:
                assert {dataset().dimension_of[level] for level in combination.levels} == dimensions


def test_a_question_that_takes_too_long_is_stopped(world: World) -> None:
    folder = shelf.current(world.settings.releases)
    made = Reader(folder, secret=key(world.settings.keys, "manifest"), threads=1, memory_limit="1GB", seconds=1)
    endless = "SELECT sum(a.m * b.m) FROM release.cells AS a, release.cells AS b"
    with pytest.raises(duckdb.Error):
        made._cursor().execute(endless).fetchall()


def test_a_release_signed_with_another_key_is_not_opened(world: World) -> None:
    folder = shelf.current(world.settings.releases)
    with pytest.raises(Damaged):
        Reader(folder, secret=b"z" * 32, threads=1, memory_limit="1GB", seconds=1)


def test_the_connection_ends_with_its_reader(world: World) -> None:
    folder = shelf.current(world.settings.releases)
    made = Reader(folder, secret=key(world.settings.keys, "manifest"), threads=1, memory_limit="1GB", seconds=1)
    cursor = made._cursor()
    del made
    gc.collect()
    with pytest.raises(duckdb.Error):
        cursor.execute("SELECT 1")


def test_a_dimension_that_the_contract_has_gained_since_does_not_stop_the_release(reader: Reader, world: World) -> None:
    """Until the next publish a release has no column for it, and no combination with it."""
    old = dataset()
    level = old.levels["status"].model_copy(update={"name": "agama", "parent": None})
    new = old.dimensions[0].model_copy(update={"name": "agama", "levels": (level,)})
    grown = old.model_copy(update={"dimensions": (*old.dimensions, new)})
    number, _combination = reader.admitted("pegawai")[LATE][frozenset({"status"})][0]
    selection = Selection(combination=number, periods=(LATE,), where=(), by=("status",), rows=None)
    assert reader.read(grown, selection)["m"].sum() == len(world.people[LATE])
