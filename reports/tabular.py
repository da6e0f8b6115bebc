"""A table as a frame of text, as it stands on the screen."""

import polars as pl

from reports.table import Table


def frame(table: Table) -> pl.DataFrame:
    """One text column for each column of the table, numbers written as they are read."""
    rows = [(*row.heads, *(cell.text for cell in row.cells)) for row in table.rows]
    return pl.DataFrame(rows, schema=dict.fromkeys(table.columns, pl.String), orient="row")
