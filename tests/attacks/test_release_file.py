"""A9: whoever steals the release, or looks into an answer's object, finds protected values and nothing else."""

import json
from collections import Counter
from dataclasses import fields, is_dataclass

import duckdb
import numpy as np
import polars as pl
import pytest

from data_access.access.query import Query
from data_access.access.result import Protected, State
from data_access.contract import contract
from data_access.keys import NAMES, key
from data_access.release import shelf
from data_access.release.manifest import DATABASE, NAME
from tests.attacks.values import asked
from tests.world import LATE, World, dataset

TABLES = {
    "cells": {"combination": "USMALLINT", "period": "DATE", "m": "INTEGER"}
    | {dimension.name: "USMALLINT" for one in contract().datasets.values() for dimension in one.dimensions},
    "combinations": {
        "id": "USMALLINT",
        "dataset": "VARCHAR",
        "period": "DATE",
        "levels": "VARCHAR",
        "public": "BOOLEAN",
        "admitted": "BOOLEAN",
        "held": "INTEGER",
        "shown": "INTEGER",
    },
    "codes": {"level": "VARCHAR", "ordinal": "USMALLINT", "code": "VARCHAR"},
}
MANIFEST = {
    "id",
    "created_at",
    "created_by",
    "note",
    "previous",
    "database",
    "contract",
    "ptable",
    "policy",
    "record_key",
    "quality",
    "snapshots",
    "mac",
}
SNAPSHOT = {
    "dataset",
    "reference_date",
    "revision",
    "delivery",
    "total",
    "example",
    "keys",
    "admitted",
    "refused",
    "since",
    "delivered_at",
    "published_at",
}


@pytest.fixture
def stolen(world: World) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(shelf.current(world.settings.releases) / DATABASE), read_only=True)


def cells_of(stolen: duckdb.DuckDBPyConnection, levels: tuple[str, ...], world: World) -> dict[tuple[str, ...], int]:
    """Codes -> m as the thief reads them with the codebook in the file."""
    columns = ", ".join(dataset().dimension_of[level] for level in levels)
    found = stolen.sql("SELECT level, list(code ORDER BY ordinal) FROM codes GROUP BY level").fetchall()
    book = dict(found)
    rows = stolen.sql(
        f"SELECT {columns}, m FROM cells JOIN combinations ON id = combination AND combinations.period = cells.period "
        "WHERE levels = ? AND cells.period = ?",
        params=[",".join(levels), LATE],
    ).fetchall()
    return {tuple(book[level][o] for level, o in zip(levels, row, strict=False)): row[-1] for row in rows}


def test_the_file_has_these_tables_and_columns_and_no_others(stolen: duckdb.DuckDBPyConnection) -> None:
    rows = stolen.sql("SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal").fetchall()
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in rows:
        found.setdefault(table, {})[column] = kind
    assert found == TABLES
    assert stolen.sql("SELECT count(*) FROM duckdb_views() WHERE NOT internal").fetchall() == [(0,)]


@pytest.mark.parametrize(
    "levels",
    [
        ("provinsi", "masa_kerja"),
        ("status", "jenjang"),
        ("provinsi", "jenis_kelamin", "umur_5"),
        ("instansi", "generasi"),
    ],
    ids="-".join,
)
def test_protected_cells_are_not_the_counts(
    stolen: duckdb.DuckDBPyConnection, world: World, levels: tuple[str, ...]
) -> None:
    true = Counter(world.people[LATE].select(levels).iter_rows())
    held = cells_of(stolen, levels, world)
    assert len(held) >= 25
    assert set(held) <= set(true)  # an empty cell stays empty
    noise = [held.get(cell, 0) - n for cell, n in true.items() if n >= 6]
    assert 0.1 < np.mean([change == 0 for change in noise]) < 0.3  # the ptable leaves a fifth of the counts alone
    assert max(map(abs, noise)) <= 5


def test_only_the_combinations_of_the_public_books_are_exact(stolen: duckdb.DuckDBPyConnection, world: World) -> None:
    listed = {frozenset(levels) for levels in dataset().public.all}
    rows = stolen.sql("SELECT DISTINCT levels, public FROM combinations").fetchall()
    assert {frozenset(levels.split(",") if levels else ()) for levels, public in rows if public} == listed
    true = Counter(world.people[LATE].select("provinsi", "status").iter_rows())
    held = cells_of(stolen, ("status", "provinsi"), world)
    assert {(place, status): m for (status, place), m in held.items()} == true


def test_refused_combinations_have_no_cells(stolen: duckdb.DuckDBPyConnection) -> None:
    statement = (
        "SELECT count(*) FROM cells ANTI JOIN (SELECT id, period FROM combinations WHERE admitted) AS ok "
        "ON ok.id = cells.combination AND ok.period = cells.period"
    )
    assert stolen.sql(statement).fetchall() == [(0,)]
    assert stolen.sql("SELECT count(*) > 100 FROM combinations WHERE NOT admitted").fetchall() == [(True,)]


def test_cells_of_no_persons_are_not_kept(stolen: duckdb.DuckDBPyConnection) -> None:
    assert stolen.sql("SELECT count(*) FROM cells WHERE m <= 0").fetchall() == [(0,)]


def test_the_counts_about_a_combination_follow_from_its_protected_cells(stolen: duckdb.DuckDBPyConnection) -> None:
    statement = (
        "SELECT count(*) FROM combinations JOIN (SELECT combination, period, count(*) AS held, "
        "count(*) FILTER (m >= 10) AS shown FROM cells GROUP BY ALL) AS c ON c.combination = id "
        "AND c.period = combinations.period WHERE c.held <> combinations.held OR c.shown <> combinations.shown"
    )
    assert stolen.sql(statement).fetchall() == [(0,)]


def test_the_manifest_names_no_count_but_the_public_total(world: World) -> None:
    manifest = json.loads((shelf.current(world.settings.releases) / NAME).read_text("utf-8"))
    assert set(manifest) == MANIFEST
    assert [set(snapshot) for snapshot in manifest["snapshots"]] == [SNAPSHOT] * 3
    assert [s["total"] for s in manifest["snapshots"]] == [people.height for people in world.people.values()]


def test_no_secret_lies_among_the_releases(world: World) -> None:
    secrets = [key(world.settings.keys, name) for name in NAMES]
    files = [file for file in world.settings.releases.rglob("*") if file.is_file()]
    assert len(files) >= 7
    for content in (file.read_bytes() for file in files):
        assert not any(secret in content or secret.hex().encode() in content for secret in secrets)


def test_everything_kept_is_readable_by_its_owner_only(world: World) -> None:
    kept = [p for name in ("releases", "vault", "keys") for p in (world.settings.var / name).rglob("*")]
    assert len(kept) > 20
    lock = world.settings.releases / shelf.LOCK
    pointer = world.settings.releases / shelf.POINTER
    assert all(path.stat().st_mode & 0o077 == 0 for path in kept if path not in (lock, pointer))


def test_an_answer_holds_displayed_values_only(world: World) -> None:
    answer = asked(world, "analis", Query("pegawai", by=("provinsi", "jenjang"), periods=tuple(world.people)))
    assert [f.name for f in fields(Protected)] == [
        "frame",
        "axes",
        "source",
        "official",
        "cells",
        "query",
        "query_sha256",
        "measure",
    ]
    assert answer.frame.schema == pl.Schema(
        {"periode": pl.Date, "provinsi": pl.String, "jenjang": pl.String, "nilai": pl.Int64, "keadaan": pl.String}
    )
    assert not answer.official
    hidden = answer.frame.filter(pl.col("keadaan") != State.SHOWN)
    displayed = answer.frame.filter(pl.col("keadaan") == State.SHOWN)["nilai"]
    assert hidden.height > 100
    assert hidden["nilai"].null_count() == hidden.height
    assert (displayed % 5 == 0).all()
    assert displayed.to_numpy().min() >= 10


def test_nothing_hangs_on_an_answer_beside_its_fields(world: World) -> None:
    """No perturbed sum in a private attribute, which a pickle or a debugger would show."""
    answer = asked(world, "analis", Query("pegawai", by=("provinsi", "jenjang")))
    assert set(vars(answer)) == {f.name for f in fields(Protected)}
    for part in (answer.source, *answer.axes):
        assert is_dataclass(part)
        assert set(vars(part)) == {f.name for f in fields(part)}
