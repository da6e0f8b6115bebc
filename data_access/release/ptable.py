"""The perturbation table of the cell-key method: which change a count gets for which key.

Maximum entropy under zero mean and variance V, changes within ±D, no negative result (Giessing 2016; R package ptable).
The design (D, V, number of keys) is public; what protects is the secret behind the record keys.
"""

import hashlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from data_access.errors import Damaged
from data_access.words import mark as _

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Changes = npt.NDArray[np.int16]

MEAN_TOLERANCE = 0.001
VARIANCE_TOLERANCE = 0.02


@dataclass(frozen=True)
class Design:
    """Largest change, variance, number of keys, and the count from which one row serves all."""

    largest: int = 5
    variance: float = 4.0
    keys: int = 4096
    last_row: int = 6


DESIGN = Design()


def ptable(design: Design = DESIGN) -> pl.DataFrame:
    """One row per (n, kunci): columns `n` (0..last_row), `kunci` (0..keys-1), `perubahan` (Int16). Row 0 changes nothing."""
    rows = [np.zeros(design.keys, dtype=np.int64)]
    rows += [_row(n, design) for n in range(1, design.last_row + 1)]
    return pl.DataFrame(
        {
            "n": np.repeat(np.arange(design.last_row + 1), design.keys),
            "kunci": np.tile(np.arange(design.keys), design.last_row + 1),
            "perubahan": np.concatenate(rows),
        },
        schema={"n": pl.Int16, "kunci": pl.Int16, "perubahan": pl.Int16},
    )


def check_ptable(table: pl.DataFrame, design: Design = DESIGN) -> None:
    """Stops a build whose table lacks an entry, is biased, or has not the promised variance (Damaged)."""
    entries = table.drop_nulls().unique(["n", "kunci"]).height
    if entries != design.keys * (design.last_row + 1) or table.height != entries:
        raise Damaged("ptable-incomplete", _("Tabel perturbasi tidak lengkap; rilis tidak dibuat."))
    for n, changes in table.group_by("n", maintain_order=True).agg("perubahan").iter_rows():
        values = np.asarray(changes, dtype=np.float64)
        target = _attainable(n, design) if n else 0.0
        off = abs(values.mean()) > MEAN_TOLERANCE or abs(values.var() - target) > VARIANCE_TOLERANCE
        if off or values.min() < -min(n, design.largest) or np.abs(values).max() > design.largest:
            raise Damaged(
                "ptable-biased", _("Tabel perturbasi tidak memenuhi syarat pada baris {n}; rilis tidak dibuat."), n=n
            )


def changes(table: pl.DataFrame) -> Changes:
    """The entries as a grid: one row per n, one column per key."""
    return table.sort("n", "kunci")["perubahan"].to_numpy().reshape(DESIGN.last_row + 1, DESIGN.keys)


def perturbed(persons: Integers, keys: Integers, table: Changes) -> Integers:
    """m = max(0, n + change) for counts n and the sums of the record keys behind each of them; `table` as `changes` gives it."""
    moved = persons + table[np.minimum(persons, DESIGN.last_row), keys % DESIGN.keys]
    return np.asarray(np.maximum(0, moved))


def ptable_hash(table: pl.DataFrame) -> str:
    """SHA-256 over the entries in order of (n, kunci), for the manifest."""
    ordered = table.sort("n", "kunci")["perubahan"].to_numpy().astype("<i2")
    return hashlib.sha256(ordered.tobytes()).hexdigest()


def _attainable(n: int, design: Design) -> float:
    """V, or the largest variance that changes between -n and D with mean 0 can have (-n and D alone: n times D)."""
    return min(design.variance, float(min(n, design.largest) * design.largest))


def _row(n: int, design: Design) -> Integers:
    changes = np.arange(-min(n, design.largest), design.largest + 1)
    counts = _whole(_entropy_maximal(changes, _attainable(n, design)), changes, design)
    return np.repeat(changes, counts).astype(np.int64)


def _entropy_maximal(changes: Integers, variance: float) -> Floats:
    """Probabilities exp(a·d + b·d²)/Z with mean 0 and the variance wanted: Newton's method on the two moments."""
    d = changes.astype(np.float64)
    moments = np.stack([d, d**2])
    wanted = np.array([0.0, variance])
    weights = np.zeros(2)
    for _step in range(200):
        p = _gibbs(weights @ moments)
        mean = moments @ p
        if np.abs(wanted - mean).max() < 1e-12:
            break
        covariance = (moments * p) @ moments.T - np.outer(mean, mean)
        weights += np.linalg.solve(covariance, wanted - mean)
    return p


def _gibbs(energy: Floats) -> Floats:
    p = np.exp(energy - energy.max())
    return np.asarray(p / p.sum())


def _whole(p: Floats, changes: Integers, design: Design) -> Integers:
    """Key counts near p·keys whose mean is exactly 0: largest remainders, then single keys moved to a neighbouring change."""
    exact = p * design.keys
    counts = np.floor(exact).astype(np.int64)
    short = design.keys - int(counts.sum())
    counts[np.argsort(counts - exact, kind="stable")[:short]] += 1
    while (bias := int(counts @ changes)) != 0:
        step = 1 if bias < 0 else -1
        sources = np.arange(len(changes) - 1) if step > 0 else np.arange(1, len(changes))
        cost = (counts - exact)[sources + step] - (counts - exact)[sources]
        source = int(sources[np.argmin(cost)])
        counts[source] -= 1
        counts[source + step] += 1
    return counts
