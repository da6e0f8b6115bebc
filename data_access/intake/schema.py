"""The contract as a dataframely schema: one Enum column per delivered level, whole counts, no cell twice."""

from functools import lru_cache

import dataframely as dy
import polars as pl

from data_access.contract import Dataset, contract
from data_access.intake.findings import COLUMN, FILE, ROW


@lru_cache(maxsize=8)
def schema(dataset: str, *, with_keys: bool) -> type[dy.Schema]:
    """Schema of a delivery of `dataset`; `kunci` is a column if the owner delivers record-key sums."""
    described = contract().datasets[dataset]
    columns: dict[str, object] = {name: dy.String(nullable=False) for name in (FILE, COLUMN)}
    columns[ROW] = dy.Int64(nullable=False)
    columns |= {level.name: dy.Enum(list(level.by_code), nullable=False) for level in described.delivered}
    columns["jumlah"] = dy.Int64(nullable=False, min=0)
    if with_keys:
        columns["kunci"] = dy.Int64(nullable=False, min=0)
    columns["cell_twice"] = _cell_twice(described)
    return type(f"Delivery_{dataset}", (dy.Schema,), columns)


def _cell_twice(dataset: Dataset) -> object:
    names = [level.name for level in dataset.delivered]

    @dy.rule()
    def cell_twice(_cls: type[dy.Schema]) -> pl.Expr:
        return ~pl.struct(names).is_duplicated()

    return cell_twice
