"""The rows of a delivery before they are validated: the same shape whether the files were canonical or mapped."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from data_access.intake.findings import COLUMN, FILE, ROW, Finding, Proposal

PLACE = (FILE, ROW, COLUMN)


@dataclass(frozen=True)
class Source:
    """`rows`: `berkas`, `baris`, `kolom`, a column for each delivered level, the measure as text, perhaps `kunci`, and levels
    that can be derived where the source brings them.

    `read` rows were there, `total` is the sum of the measure over all of them, `headings` maps levels and measures to
    the source column of their own, `columns` are all headings of mapped files.
    """

    rows: pl.DataFrame
    read: int
    total: int
    headings: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    columns: tuple[str, ...] = ()
