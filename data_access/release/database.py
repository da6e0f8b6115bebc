"""Writes the DuckDB file of a release: protected cells, the verdict on each combination, the codebook. No raw count."""

from collections.abc import Sized
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from data_access.contract import Dataset
from data_access.release.build import Built
from data_access.release.codebook import Codebook
from data_access.release.literal import literal

VERDICT = {
    "id": pl.UInt16,
    "period": pl.Date,
    "levels": pl.String,
    "public": pl.Boolean,
    "admitted": pl.Boolean,
    "held": pl.Int32,
    "shown": pl.Int32,
}
BATCH = 40
SORTING = "combination, period, wilayah, instansi"


def write(
    file: Path,
    *,
    dataset: Dataset,
    book: Codebook,
    built: dict[date, list[Built]],
    earlier: Path | None,
    threads: int,
    memory_limit: str,
) -> None:
    """Writes `file`: the cells of `earlier`, and those of `built`, which replace the ones of their reference dates.

    Tables: cells(combination, period, one UInt16 per dimension, m), combinations(id, period, levels, public, admitted,
    held, shown), codes(level, ordinal, code).
    """
    options: dict[str, str | bool | int | float | list[str]] = {"threads": threads, "memory_limit": memory_limit}
    options |= {"temp_directory": str(file.parent), "preserve_insertion_order": True}
    with duckdb.connect(str(file), config=options) as connection:
        verdicts = _verdicts(built, _known_ids(connection, earlier))
        connection.register("new_cells", _cells(built, verdicts))
        connection.register("new_verdicts", verdicts)
        connection.register("new_codes", _codes(book))
        connection.execute("BEGIN")
        _write_cells(connection, dataset, list(built), max(verdicts["id"].to_list()), with_earlier=earlier is not None)
        connection.execute("CREATE TABLE combinations AS SELECT * FROM new_verdicts")
        if earlier:
            kept = f"SELECT * FROM earlier.combinations WHERE period NOT IN ({_marks(built)})"
            connection.execute(f"INSERT INTO combinations {kept}", list(built))
        connection.execute("CREATE TABLE codes AS SELECT * FROM new_codes")
        connection.execute("COMMIT")


def _write_cells(
    connection: duckdb.DuckDBPyConnection, dataset: Dataset, days: list[date], last: int, *, with_earlier: bool
) -> None:
    """The sorted table of cells, a batch of combinations at a time: a sort of all at once would not fit the memory limit."""
    columns = ", ".join(["combination", "period", *(d.name for d in dataset.dimensions), "m"])
    source = f"SELECT {columns} FROM new_cells WHERE combination BETWEEN ? AND ?"
    if with_earlier:
        kept = f"period NOT IN ({_marks(days)})"
        held = _held_columns(connection, dataset)
        source += f" UNION ALL SELECT {held} FROM earlier.cells WHERE combination BETWEEN ? AND ? AND {kept}"
    connection.execute(f"CREATE TABLE cells AS SELECT {columns} FROM new_cells LIMIT 0")
    for first in range(1, last + 1, BATCH):
        batch: list[object] = [first, first + BATCH - 1]
        bound = batch + (batch + list[object](days) if with_earlier else [])
        connection.execute(f"INSERT INTO cells {source} ORDER BY {SORTING}", bound)


def _held_columns(connection: duckdb.DuckDBPyConnection, dataset: Dataset) -> str:
    """The columns of earlier cells; a dimension that the contract has gained since is 0, as in any cell without it."""
    held = {row[0] for row in connection.execute("DESCRIBE earlier.cells").fetchall()}
    names = (d.name if d.name in held else f"0::USMALLINT AS {d.name}" for d in dataset.dimensions)
    return ", ".join(["combination", "period", *names, "m"])


def _marks(values: Sized) -> str:
    return ", ".join("?" * len(values))


def read_book(file: Path) -> Codebook:
    """The codebook of a verified release."""
    with duckdb.connect(str(file), read_only=True, config={"enable_external_access": False}) as connection:
        rows = connection.execute("SELECT level, list(code ORDER BY ordinal) FROM codes GROUP BY level").fetchall()
    return Codebook({level: tuple(codes) for level, codes in rows})


def _known_ids(connection: duckdb.DuckDBPyConnection, earlier: Path | None) -> dict[str, int]:
    """Numbers that combinations already have, so that old and new cells agree."""
    if earlier is None:
        return {}
    connection.execute(f"ATTACH {literal(earlier)} AS earlier (READ_ONLY)")
    return dict(connection.execute("SELECT DISTINCT levels, id FROM earlier.combinations").fetchall())


def _verdicts(built: dict[date, list[Built]], known: dict[str, int]) -> pl.DataFrame:
    """One row per reference date and combination; a combination keeps the number it has, a new one gets the next."""
    ids = dict(known)
    rows = []
    for day, verdicts in built.items():
        for b in verdicts:
            name = ",".join(b.combination.levels)
            number = ids.setdefault(name, max(ids.values(), default=0) + 1)  # not len: a revision leaves gaps
            rows.append((number, day, name, b.combination.public, b.admitted, b.held, b.shown))
    return pl.DataFrame(rows, schema=VERDICT, orient="row")


def _cells(built: dict[date, list[Built]], verdicts: pl.DataFrame) -> pl.DataFrame:
    """All admitted cells, with the number of their combination and their reference date."""
    flat = [b for per_day in built.values() for b in per_day]
    return pl.concat(
        b.cells.with_columns(pl.lit(number, dtype=pl.UInt16).alias("combination"), pl.lit(day).alias("period"))
        for b, number, day in zip(flat, verdicts["id"], verdicts["period"], strict=True)
        if b.admitted
    )


def _codes(book: Codebook) -> pl.DataFrame:
    rows = [(level, i, code) for level, codes in book.codes.items() for i, code in enumerate(codes)]
    return pl.DataFrame(rows, schema={"level": pl.String, "ordinal": pl.UInt16, "code": pl.String}, orient="row")
