"""The perturbation table is complete, unbiased, as wide as promised, and never makes a negative count."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from data_access.release.policy import POLICY, Policy
from data_access.release.ptable import DESIGN, check_ptable, ptable, ptable_hash

ROWS = range(DESIGN.last_row + 1)


def changes(n: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return ptable().filter(pl.col("n") == n)["perubahan"].to_numpy().astype(np.float64)


def test_every_count_and_key_has_exactly_one_change() -> None:
    table = ptable()
    assert table.height == table.unique(["n", "kunci"]).height == 4096 * 7
    assert (table["n"].to_numpy().min(), table["n"].to_numpy().max()) == (0, 6)
    assert set(table["kunci"]) == set(range(4096))
    assert table.null_count().sum_horizontal().item() == 0


def test_zero_stays_zero() -> None:
    assert not changes(0).any()


@pytest.mark.parametrize("n", ROWS)
def test_the_mean_is_zero(n: int) -> None:
    assert changes(n).mean() == 0


@pytest.mark.parametrize("n", [n for n in ROWS if n])
def test_the_variance_is_four(n: int) -> None:
    """D = 5 makes 4 attainable for every count from 1 on: -1 and 5 alone would have 5."""
    assert changes(n).var() == pytest.approx(4, abs=0.02)


@pytest.mark.parametrize("n", ROWS)
def test_no_result_is_negative_and_no_change_is_above_five(n: int) -> None:
    assert changes(n).min() >= -min(n, 5)
    assert changes(n).max() <= 5


@pytest.mark.parametrize("n", [n for n in ROWS if n])
def test_every_possible_change_occurs(n: int) -> None:
    """No displayed value excludes a count that its neighbours allow."""
    assert set(changes(n)) == set(range(-min(n, 5), 6))


def test_the_last_row_is_symmetric() -> None:
    values, counts = np.unique(changes(6), return_counts=True)
    assert list(values) == list(-values[::-1])
    assert np.abs(counts - counts[::-1]).max() <= 2


def test_the_hash_depends_on_the_entries_and_not_on_their_order() -> None:
    table = ptable()
    assert ptable_hash(table.reverse()) == ptable_hash(table)
    other = table.with_columns(pl.col("perubahan").reverse())
    assert ptable_hash(other) != ptable_hash(table)


@pytest.mark.parametrize(
    "design", [replace(DESIGN, variance=2.0), replace(DESIGN, largest=4, variance=3.0), replace(DESIGN, keys=1024)]
)
def test_another_design_keeps_its_own_promises(design: type(DESIGN)) -> None:  # type: ignore[valid-type]
    check_ptable(ptable(design), design)


def test_the_policy_version_changes_with_every_number() -> None:
    versions = {
        Policy().version,
        Policy(threshold=5).version,
        Policy(rounding=10).version,
        Policy(shown_share=0.4).version,
    }
    assert len(versions) == 4
    assert Policy().version == POLICY.version
