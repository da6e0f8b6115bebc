"""A12 and the strongest guesser: noise is unbiased, as wide as promised, and leaves small counts in doubt."""

from collections import Counter, defaultdict

import numpy as np
import polars as pl
import pytest

from data_access.release.build import build
from data_access.release.codebook import Codebook
from data_access.release.ptable import ptable
from data_access.release.record_keys import with_keys
from tests import world as worlds
from tests.attacks.test_averaging import small_lattice
from tests.world import LATE, cube, delivered


@pytest.fixture(scope="module", params=[True, False], ids=["delivered-keys", "pseudo-keys"])
def errors(request: pytest.FixtureRequest) -> dict[int, list[int]]:
    """True count -> the noise of every cell of that count, over all two-dimensional tables of several populations."""
    described = small_lattice(2)
    book = Codebook({}).extended(described)
    found: dict[int, list[int]] = defaultdict(list)
    for seed in (21, 22):
        people = worlds.persons(60_000, day=LATE, seed=seed)
        frame = with_keys(cube(people, keys=request.param), delivered(), b"q" * 32)
        for verdict in build(described, book, frame, ptable()):
            levels = verdict.combination.levels
            if not verdict.admitted or len(levels) != 2:
                continue
            held = {row[:-1]: row[-1] for row in _coded(verdict.cells, levels, book).iter_rows()}
            for cell, n in Counter(people.select(levels).iter_rows()).items() if _delivered(levels) else ():
                found[n].append(held.get(cell, 0) - n)
    return found


def _delivered(levels: tuple[str, ...]) -> bool:
    return set(levels) <= set(delivered())


def _coded(cells: pl.DataFrame, levels: tuple[str, ...], book: Codebook) -> pl.DataFrame:
    described = small_lattice()
    return cells.select(
        *(pl.Series(book.codes[level]).gather(cells[described.dimension_of[level]]).alias(level) for level in levels),
        "m",
    )


def test_the_mean_error_is_zero(errors: dict[int, list[int]]) -> None:
    values = np.array([e for n, found in errors.items() if n >= 6 for e in found])
    assert len(values) > 10_000
    assert abs(values.mean()) <= 3 * values.std() / np.sqrt(len(values))


def test_the_standard_deviation_is_two(errors: dict[int, list[int]]) -> None:
    values = np.array([e for n, found in errors.items() if n >= 6 for e in found])
    assert values.std() == pytest.approx(2.0, abs=0.05)


def test_small_counts_are_unbiased_too(errors: dict[int, list[int]]) -> None:
    for n in range(1, 6):
        values = np.array(errors[n])
        assert len(values) > 200
        assert abs(values.mean()) <= 4 * values.std() / np.sqrt(len(values))


def test_no_result_is_negative_and_no_change_is_above_five(errors: dict[int, list[int]]) -> None:
    assert all(n + e >= 0 and abs(e) <= 5 for n, found in errors.items() for e in found)


def test_who_learns_the_perturbed_value_guesses_a_small_count_rarely(errors: dict[int, list[int]]) -> None:
    """The end of every averaging attack: m is known exactly, and each count 0..5 was equally likely beforehand."""
    shares: dict[int, list[float]] = defaultdict(lambda: [0.0] * 6)
    shares[0][0] = 1.0
    for n in range(1, 6):
        for m, count in Counter(n + e for e in errors[n]).items():
            shares[m][n] = count / len(errors[n])
    right = sum(max(of_count) for of_count in shares.values()) / 6
    assert right <= 0.55
    assert all(sum(share > 0 for share in shares[m]) >= 2 for m in range(6))
