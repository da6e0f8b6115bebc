"""Numbers that stand for codes inside a release. The list of a level only grows, so old cells keep their meaning."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from data_access.contract import Dataset


@dataclass(frozen=True)
class Codebook:
    """Level name -> its codes; the place in the list is the number stored in a cell."""

    codes: dict[str, tuple[str, ...]]

    def extended(self, dataset: Dataset) -> "Codebook":
        """This book with the codes and levels that the contract has added since."""
        grown = {
            level.name: (*(old := self.codes.get(level.name, ())), *(c for c in level.by_code if c not in old))
            for level in dataset.levels.values()
        }
        return Codebook(self.codes | grown)

    def ordinals(self, level: str) -> dict[str, int]:
        return {code: i for i, code in enumerate(self.codes[level])}

    def column(self, cube: pl.DataFrame, dataset: Dataset, level: str) -> npt.NDArray[np.int64]:
        """The ordinals of `level` for each row of a cube with delivered columns."""
        carrier = dataset.carrier(level).name
        numbers = self.ordinals(level)
        mapping = {fine: numbers[coarse] for fine, coarse in dataset.mapping(carrier, level).items()}
        values = cube[carrier].replace_strict(mapping, return_dtype=pl.Int64)
        return values.to_numpy()
