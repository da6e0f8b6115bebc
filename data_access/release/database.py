"""Writes the DuckDB file of a release: protected cells, the verdict on each combination, the codebook. No raw count.

One file holds all datasets: a cell has a number for each dimension of any of them, 0 where its combination has none.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from data_access.contract import contract
from data_access.release.build import Built
from data_access.release.codebook import Codebook
from data_access.release.literal import literal
from data_access.release.manifest import FIRST

VERDICT = {
    "id": pl.UInt16,
    "dataset": pl.String,
    "period": pl.Date,
    "levels": pl.String,
    "public": pl.Boolean,
    "admitted": pl.Boolean,
    "held": pl.Int32,
    "shown": pl.Int32,
}
BATCH = 40
SORTING = "combination, period, wilayah, instansi"

Key = tuple[str, date]  # dataset and reference date


def write(
    file: Path,
    *,
    book: Codebook,
    built: Mapping[Key, Sequence[Built]],
    earlier: Path | None,
    threads: int,
    memory_limit: str,
) -> None:
    """Writes `file`: the cells of `earlier`, and those of `built`, which replace the ones of their datasets and dates.

    Tables: cells(combination, period, one UInt16 per dimension of any dataset, m), combinations(id, dataset, period,
    levels, public, admitted, held, shown), codes(level, ordinal, code). A combination has one number for all dates.
    """
    options: dict[str, str | bool | int | float | list[str]] = {"threads": threads, "memory_limit": memory_limit}
    options |= {"temp_directory": str(file.parent), "preserve_insertion_order": True}
    with duckdb.connect(str(file), config=options) as connection:
        known = _known(connection, earlier)
        verdicts = _verdicts(built, known)
        replaced = pl.DataFrame(list(built), schema={"dataset": pl.String, "period": pl.Date}, orient="row")
        kept = known.join(replaced, on=["dataset", "period"], how="anti")
        connection.register("new_cells", _cells(built, verdicts))
        connection.register("kept", kept)
        connection.register("verdicts", pl.concat([verdicts, kept]))
        connection.register("new_codes", _codes(book))
        connection.execute("BEGIN")
        last = max([*verdicts["id"], *known["id"]])
        _write_cells(connection, last=last, with_earlier=earlier is not None)
        connection.execute("CREATE TABLE combinations AS SELECT * FROM verdicts")
        connection.execute("CREATE TABLE codes AS SELECT * FROM new_codes")
        connection.execute("COMMIT")


def dimensions() -> list[str]:
    """The dimensions of all datasets of the contract: the columns of a cell."""
    return list(dict.fromkeys(d.name for dataset in contract().datasets.values() for d in dataset.dimensions))


def _write_cells(connection: duckdb.DuckDBPyConnection, *, last: int, with_earlier: bool) -> None:
    """The sorted table of cells, a batch of combinations at a time: a sort of all at once would not fit the memory limit."""
    columns = ", ".join(["combination", "period", *dimensions(), "m"])
    source = f"SELECT {columns} FROM new_cells WHERE combination BETWEEN ? AND ?"
    if with_earlier:
        held = f"SELECT {_held_columns(connection)} FROM earlier.cells SEMI JOIN kept"
        held += " ON combination = kept.id AND cells.period = kept.period"
        source += f" UNION ALL SELECT * FROM ({held}) WHERE combination BETWEEN ? AND ?"
    connection.execute(f"CREATE TABLE cells AS SELECT {columns} FROM new_cells LIMIT 0")
    for first in range(1, last + 1, BATCH):
        batch = [first, first + BATCH - 1]
        connection.execute(f"INSERT INTO cells {source} ORDER BY {SORTING}", batch * (2 if with_earlier else 1))


def _held_columns(connection: duckdb.DuckDBPyConnection) -> str:
    """The columns of earlier cells; a dimension that the contract has gained since is 0, as in any cell without it."""
    held = {row[0] for row in connection.execute("DESCRIBE earlier.cells").fetchall()}
    names = (name if name in held else f"0::USMALLINT AS {name}" for name in dimensions())
    return ", ".join(["combination", "period", *names, "m"])


def read_book(file: Path) -> Codebook:
    """The codebook of a verified release."""
    with duckdb.connect(str(file), read_only=True, config={"enable_external_access": False}) as connection:
        rows = connection.execute("SELECT level, list(code ORDER BY ordinal) FROM codes GROUP BY level").fetchall()
    return Codebook({level: tuple(codes) for level, codes in rows})


def _known(connection: duckdb.DuckDBPyConnection, earlier: Path | None) -> pl.DataFrame:
    """The verdicts of the earlier release, as in VERDICT; none if there is no earlier release."""
    if earlier is None:
        return pl.DataFrame(schema=VERDICT)
    connection.execute(f"ATTACH {literal(earlier)} AS earlier (READ_ONLY)")
    held = {row[0] for row in connection.execute("DESCRIBE earlier.combinations").fetchall()}
    columns = ", ".join(name if name in held else f"'{FIRST}' AS {name}" for name in VERDICT)
    rows = connection.execute(f"SELECT {columns} FROM earlier.combinations").fetchall()
    return pl.DataFrame(rows, schema=VERDICT, orient="row")


def _verdicts(built: Mapping[Key, Sequence[Built]], known: pl.DataFrame) -> pl.DataFrame:
    """One row per dataset, reference date and combination; a combination keeps the number it has, a new one gets the next."""
    ids = {(dataset, levels): number for dataset, levels, number in known.select("dataset", "levels", "id").iter_rows()}
    rows = []
    for (dataset, day), verdicts in built.items():
        for b in verdicts:
            name = ",".join(b.combination.levels)
            # Not len: a revision leaves gaps.
            number = ids.setdefault((dataset, name), max(ids.values(), default=0) + 1)
            rows.append((number, dataset, day, name, b.combination.public, b.admitted, b.held, b.shown))
    return pl.DataFrame(rows, schema=VERDICT, orient="row")


def _cells(built: Mapping[Key, Sequence[Built]], verdicts: pl.DataFrame) -> pl.DataFrame:
    """All admitted cells, with the number of their combination and their reference date; 0 for dimensions of others."""
    flat = [b for verdicts_of_one in built.values() for b in verdicts_of_one]
    cells = pl.concat(
        (
            b.cells.with_columns(pl.lit(number, dtype=pl.UInt16).alias("combination"), pl.lit(day).alias("period"))
            for b, number, day in zip(flat, verdicts["id"], verdicts["period"], strict=True)
            if b.admitted
        ),
        how="diagonal",
    )
    missing = [name for name in dimensions() if name not in cells.columns]
    return cells.with_columns(pl.lit(0, dtype=pl.UInt16).alias(name) for name in missing).fill_null(0)


def _codes(book: Codebook) -> pl.DataFrame:
    rows = [(level, i, code) for level, codes in book.codes.items() for i, code in enumerate(codes)]
    return pl.DataFrame(rows, schema={"level": pl.String, "ordinal": pl.UInt16, "code": pl.String}, orient="row")
