"""What a checked delivery would change: official figures only, against the snapshot before or the revision it replaces.

Compared are totals that become public cells anyway (one dimension each, and the agencies). Anything finer would be a raw
count outside the vault.
"""

from datetime import date
from typing import Any

import polars as pl

from data_access.contract import Dataset
from data_access.owner import OwnerSettings
from data_access.release import vault
from data_access.release.manifest import ReleaseManifest, Snapshot


def differences(
    dataset: Dataset, cube: pl.DataFrame, day: date, held: ReleaseManifest | None, settings: OwnerSettings
) -> dict[str, Any]:
    """`against` (reference date and revision compared with, or None) and per public level rows of code, before, after."""
    other = _other(dataset, day, held)
    before = (
        None if other is None else vault.cube_of(settings.vault, dataset.name, other.reference_date, other.revision)
    )
    levels = [combo[0] for combo in dataset.public.all if len(combo) == 1]
    if dataset.exact:
        levels = [level.name for level in dataset.levels.values() if level.lattice == "always"]
    return {
        "against": None if other is None else {"day": other.reference_date.isoformat(), "revision": other.revision},
        "total": [None if one is None else int(_headline(dataset, one)["jumlah"].sum()) for one in (before, cube)],
        "levels": {level: _rows(dataset, level, before, cube) for level in levels},
    }


def _other(dataset: Dataset, day: date, held: ReleaseManifest | None) -> Snapshot | None:
    """The snapshot that this delivery replaces, else the latest before it."""
    known = [s for s in (held.of(dataset.name) if held else ()) if s.reference_date <= day]
    return max(known, key=lambda snapshot: snapshot.reference_date, default=None)


def _rows(dataset: Dataset, level: str, before: pl.DataFrame | None, after: pl.DataFrame) -> list[list[Any]]:
    earlier = {} if before is None else _totals(dataset, level, before)
    later = _totals(dataset, level, after)
    codes = [code for code in dataset.levels[level].by_code if code in earlier or code in later]
    return [[code, earlier.get(code, 0) if before is not None else None, later.get(code, 0)] for code in codes]


def _totals(dataset: Dataset, level: str, cube: pl.DataFrame) -> dict[str, int]:
    """Persons per code of a level; a code that the contract has since dropped is left out."""
    carrier = dataset.carrier(level).name
    above = dataset.mapping(carrier, level)
    sums = _headline(dataset, cube, but=level).group_by(carrier).agg(pl.col("jumlah").sum())
    found: dict[str, int] = {}
    for fine, persons in sums.iter_rows():
        if fine in above:
            found[above[fine]] = found.get(above[fine], 0) + int(persons)
    return found


def _headline(dataset: Dataset, cube: pl.DataFrame, but: str = "") -> pl.DataFrame:
    """The cells that may be added up: of levels whose codes may not, those of the code that stands for the dataset."""
    usual = [pl.col(level) == code for level, code in dataset.headline.items() if level != but]
    return cube.filter(usual) if usual else cube
