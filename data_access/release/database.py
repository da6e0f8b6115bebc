"""Writes the DuckDB file of a release: protected cells, the verdict on each combination, the codebook. No raw count."""

from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from data_access.contract import Dataset
from data_access.release.build import Built
from data_access.release.codebook import Codebook

SORTING = "combination, period, wilayah, instansi"


def write(
    file: Path,
    *,
    dataset: Dataset,
    book: Codebook,
    day: date,
    built: list[Built],
    earlier: Path | None,
    threads: int,
    memory_limit: str,
) -> None:
    """Writes `file`: the cells of `earlier` (another snapshot's; this date's are replaced) and those of `built`.

    Tables: cells(combination, period, one UInt16 per dimension, m), combinations(id, period, levels, public, admitted,
    held, shown), codes(level, ordinal, code).
    """
    options: dict[str, str | bool | int | float | list[str]] = {"threads": threads, "memory_limit": memory_limit}
    options |= {"temp_directory": str(file.parent), "preserve_insertion_order": True}
    with duckdb.connect(str(file), config=options) as connection:
        verdicts = _verdicts(built, day, _known_ids(connection, earlier))
        connection.register("new_cells", _cells(built, verdicts, day))
        connection.register("new_verdicts", verdicts.with_columns(pl.col("levels").list.join(",")))
        connection.register("new_codes", _codes(book))
        columns = ", ".join(["combination", "period", *(d.name for d in dataset.dimensions), "m"])
        old_cells = f"UNION ALL SELECT {columns} FROM earlier.cells WHERE period <> ?" if earlier else ""
        old_verdicts = "UNION ALL SELECT * FROM earlier.combinations WHERE period <> ?" if earlier else ""
        bound = [day] if earlier else []
        connection.execute(
            f"CREATE TABLE cells AS SELECT {columns} FROM new_cells {old_cells} ORDER BY {SORTING}", bound
        )
        connection.execute(f"CREATE TABLE combinations AS SELECT * FROM new_verdicts {old_verdicts}", bound)
        connection.execute("CREATE TABLE codes AS SELECT * FROM new_codes")


def read_book(file: Path) -> Codebook:
    """The codebook of a verified release."""
    with duckdb.connect(str(file), read_only=True, config={"enable_external_access": False}) as connection:
        rows = connection.execute("SELECT level, list(code ORDER BY ordinal) FROM codes GROUP BY level").fetchall()
    return Codebook({level: tuple(codes) for level, codes in rows})


def _known_ids(connection: duckdb.DuckDBPyConnection, earlier: Path | None) -> dict[str, int]:
    """Numbers that combinations already have, so that old and new cells agree."""
    if earlier is None:
        return {}
    connection.execute(f"ATTACH '{earlier}' AS earlier (READ_ONLY)")
    return dict(connection.execute("SELECT DISTINCT levels, id FROM earlier.combinations").fetchall())


def _verdicts(built: list[Built], day: date, known: dict[str, int]) -> pl.DataFrame:
    free = max(known.values(), default=0) + 1
    ids = dict(known)
    for name in (",".join(b.combination.levels) for b in built):
        if name not in ids:
            ids[name], free = free, free + 1
    return pl.DataFrame(
        [
            (ids[",".join(c.levels)], day, list(c.levels), c.public, b.admitted, b.held, b.shown)
            for b in built
            for c in (b.combination,)
        ],
        schema={
            "id": pl.UInt16,
            "period": pl.Date,
            "levels": pl.List(pl.String),
            "public": pl.Boolean,
            "admitted": pl.Boolean,
            "held": pl.Int32,
            "shown": pl.Int32,
        },
        orient="row",
    )


def _cells(built: list[Built], verdicts: pl.DataFrame, day: date) -> pl.DataFrame:
    ids = verdicts["id"].to_list()
    return pl.concat(
        b.cells.with_columns(pl.lit(number, dtype=pl.UInt16).alias("combination"), pl.lit(day).alias("period"))
        for number, b in zip(ids, built, strict=True)
        if b.admitted
    )


def _codes(book: Codebook) -> pl.DataFrame:
    rows = [(level, i, code) for level, codes in book.codes.items() for i, code in enumerate(codes)]
    return pl.DataFrame(rows, schema={"level": pl.String, "ordinal": pl.UInt16, "code": pl.String}, orient="row")
