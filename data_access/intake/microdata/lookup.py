"""Understands a column of text by its distinct values: each is looked at once, however many rows hold it."""

from collections.abc import Callable

import numpy as np
import polars as pl

from data_access.intake.microdata.arrays import Ints

# A damaged column may hold millions of distinct values; then they are forgotten rather than kept.
MOST_KEPT = 200_000


class Lookup:
    """A column of text -> the number that `understand` gives each text; remembers what it has seen."""

    def __init__(self, understand: Callable[[str], int]) -> None:
        self._understand = understand
        self._known: dict[str, int] = {}

    def numbers(self, column: pl.Series) -> Ints:
        distinct = column.unique()
        texts = distinct.to_list()
        if len(self._known) > MOST_KEPT:
            self._known.clear()
        for text in texts:
            if text not in self._known:
                self._known[text] = self._understand(text)
        values = pl.Series([self._known[text] for text in texts], dtype=pl.Int64)
        return np.asarray(column.replace_strict(distinct, values, return_dtype=pl.Int64).to_numpy(), dtype=np.int64)
