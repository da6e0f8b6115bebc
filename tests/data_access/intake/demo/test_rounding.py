"""Raking and rounding on tables small enough to check by eye."""

import numpy as np
import pytest

from data_access.intake.demo.arrays import pick, whole
from data_access.intake.demo.raking import Constraint, calibrate
from data_access.intake.demo.rounding import ExactMargin, whole_persons


def test_whole_never_drifts() -> None:
    expected = np.full(1000, 0.37)
    counts = whole(expected)
    assert set(counts.tolist()) <= {0, 1}
    assert np.abs(np.cumsum(counts) - np.cumsum(expected)).max() <= 0.5 + 1e-9


def test_pick_follows_the_shares() -> None:
    shares = np.array([[0.2, 0.0, 0.8], [1.0, 1.0, 2.0]])
    assert pick(shares, np.array([0.19, 0.49])).tolist() == [0, 1]
    assert pick(shares, np.array([0.2, 0.5])).tolist() == [2, 2], "an empty place is never picked"


def test_raking_meets_rows_and_columns() -> None:
    everyone = np.arange(4)
    rows = Constraint(everyone, np.array([0, 0, 1, 1]), np.array([30.0, 70.0]))
    columns = Constraint(everyone, np.array([0, 1, 0, 1]), np.array([40.0, 60.0]))
    weights = calibrate(np.array([1.0, 2.0, 3.0, 4.0]), [rows, columns], sweeps=50)
    assert weights.reshape(2, 2).sum(axis=1) == pytest.approx([30, 70])
    assert weights.reshape(2, 2).sum(axis=0) == pytest.approx([40, 60])


def test_raking_leaves_the_rest_and_the_absent_alone() -> None:
    present = Constraint(np.array([0, 1]), np.array([0, 1]), np.array([5.0]))
    weights = calibrate(np.array([1.0, 2.0, 3.0]), [present], sweeps=5)
    assert weights == pytest.approx([5, 2, 3])


@pytest.mark.parametrize(
    ("weights", "reason"),
    [
        ([2.5, 2.5, 2.5, 2.5], "all halves"),
        ([0.1, 4.9, 4.9, 0.1], "a nearly empty diagonal"),
        ([1.0, 3.0, 4.0, 2.0], "already whole, but for another table"),
    ],
)
def test_rounding_meets_every_margin(weights: list[float], reason: str) -> None:
    margins = [
        ExactMargin("rows", np.array([0, 0, 1, 1]), np.array([4, 6])),
        ExactMargin("columns", np.array([0, 1, 0, 1]), np.array([3, 7])),
    ]
    persons = whole_persons(np.array(weights), margins, total=10).reshape(2, 2)
    assert persons.sum(axis=1).tolist() == [4, 6], reason
    assert persons.sum(axis=0).tolist() == [3, 7], reason
    assert persons.min() >= 0, reason


def test_repair_goes_by_way_of_a_third_group() -> None:
    """Chiefs are men in one group and women in another; only clerks are both, so a person moves through them."""
    sex = ExactMargin("sex", np.array([0, 0, 1, 1]), np.array([5, 5]))
    post = ExactMargin("post", np.array([0, 2, 1, 2]), np.array([1, 2]))
    assert whole_persons(np.array([2.0, 3.0, 1.0, 4.0]), [sex, post], total=10).tolist() == [1, 4, 2, 3]


def test_margin_without_cells_is_refused() -> None:
    margin = ExactMargin("sex", np.array([0, 0]), np.array([5, 5]))
    with pytest.raises(ValueError, match="sex"):
        whole_persons(np.array([4.0, 6.0]), [margin], total=10)
