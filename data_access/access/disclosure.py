"""From protected cells to what may be seen: the display rules. The only place that constructs `Protected`.

Official cells are exact. Any other value below the threshold is shown as suppressed, else rounded to the nearest 5.
"""

import hashlib
from collections.abc import Sequence
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from data_access.access.grid import axes as axes_of
from data_access.access.grid import grid, impossible
from data_access.access.plan import Part
from data_access.access.query import Query
from data_access.access.result import Protected, Source, State
from data_access.access.scope import Scope
from data_access.contract import Dataset, contract
from data_access.release.codebook import Codebook
from data_access.release.manifest import ReleaseManifest
from data_access.release.policy import POLICY

Arrays = dict[str, npt.NDArray[np.int64]]


def protect(
    query: Query,
    scope: Scope,
    parts: Sequence[tuple[Part, Arrays]],
    *,
    periods: tuple[date, ...],
    book: Codebook,
    release: ReleaseManifest,
    row_limit: int,
) -> Protected:
    """The displayed answer made of the sums `m` that were read for each part."""
    dataset = contract().datasets[scope.dataset]
    axes = axes_of(query, scope)
    frame = grid(axes, periods, row_limit)
    sums = pl.concat([_decoded(dataset, query, part, arrays, book) for part, arrays in parts])
    joined = frame.join(sums, on=["periode", *query.by], how="left", maintain_order="left")
    official = {day: part.combination.public for part, _arrays in parts for day in part.selection.periods}
    displayed = joined.select("periode", *query.by, *_displayed(dataset, query, official))
    if query.order == "nilai":
        names = [axis.level for axis in axes]
        displayed = displayed.sort(
            "periode", "nilai", *names, descending=[False, True, *[False for _n in names]], nulls_last=True
        )
    return Protected(
        frame=displayed,
        axes=axes,
        source=_source(dataset, periods, release),
        official=all(official.values()),
        cells=max(part.cells for part, _arrays in parts),
        query=query.canonical,
        query_sha256=hashlib.sha256(query.canonical.encode()).hexdigest(),
    )


def _decoded(dataset: Dataset, query: Query, part: Part, arrays: Arrays, book: Codebook) -> pl.DataFrame:
    """Columns `periode`, the `by` levels as codes, and `m` (finer cells summed)."""
    frame = pl.DataFrame(
        {"periode": pl.Series(arrays["period"]).cast(pl.Date), "m": pl.Series(arrays["m"]).cast(pl.Int64)}
    )
    coded = {
        level: pl.Series(
            level, _coded(dataset, book, level, part.served_by[level], arrays[dataset.dimension_of[level]])
        )
        for level in query.by
    }
    frame = frame.with_columns(**coded).select("periode", *query.by, "m")
    if all(coarse == fine for coarse, fine in part.served_by.items()):
        return frame
    return frame.group_by("periode", *query.by).agg(pl.col("m").sum())


def _coded(dataset: Dataset, book: Codebook, level: str, held: str, numbers: npt.NDArray[np.int64]) -> pl.Series:
    above = dataset.mapping(held, level)
    names = pl.Series([above.get(code) for code in book.codes[held]], dtype=pl.String)
    return names.gather(pl.Series(numbers).cast(pl.UInt32))


def _displayed(dataset: Dataset, query: Query, official: dict[date, bool]) -> list[pl.Expr]:
    """`nilai` and `keadaan` by the display rules."""
    m = pl.col("m").fill_null(0)
    exact = pl.col("periode").is_in([day for day, public in official.items() if public])
    held = pl.col("periode").is_in(list(official))
    missing = ~held | impossible(dataset, query)
    hidden = ~exact & (m < POLICY.threshold)
    base = POLICY.rounding
    rounded = (m + base // 2) // base * base
    value = pl.when(missing | hidden).then(None).when(exact).then(m).otherwise(rounded)
    state = (
        pl.when(missing).then(pl.lit(State.UNAVAILABLE.value)).when(hidden).then(pl.lit(State.SUPPRESSED.value))
    ).otherwise(pl.lit(State.SHOWN.value))
    return [value.cast(pl.Int64).alias("nilai"), state.alias("keadaan")]


def _source(dataset: Dataset, periods: tuple[date, ...], release: ReleaseManifest) -> Source:
    return Source(
        dataset=dataset.name,
        label=dataset.label,
        unit=dataset.unit,
        owner=dataset.owner,
        active=dataset.active,
        release=release.id,
        contract=dataset.version,
        periods=periods,
        example=release.example,
    )
