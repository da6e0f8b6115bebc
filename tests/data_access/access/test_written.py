"""How displayed values are written, in both languages."""

import pytest

from data_access.access import derive
from data_access.access.result import PERSONS, Measure, State
from data_access.access.written import written

SHOWN, SUPPRESSED, UNAVAILABLE = State.SHOWN, State.SUPPRESSED, State.UNAVAILABLE
CASES: list[tuple[float | None, State, Measure, int | None, str, str]] = [
    (1_234_567, SHOWN, PERSONS, None, "1.234.567", "1,234,567"),
    (12, SUPPRESSED, PERSONS, None, "<10", "<10"),
    (12, UNAVAILABLE, PERSONS, None, "–", "–"),
    (None, SHOWN, PERSONS, None, "–", "–"),
    (0.1234, SHOWN, derive.SHARE, 1_000, "12,3%", "12.3%"),
    (0.1234, SHOWN, derive.SHARE, 995, "12%", "12%"),
    (0.1234, SUPPRESSED, derive.SHARE, 995, "n<10", "n<10"),
    (-0.0123, SHOWN, derive.GROWTH, 2_000, "−1,2%", "−1.2%"),
    (0.0001, SHOWN, derive.GROWTH, 2_000, "0,0%", "0.0%"),
    (1_250, SHOWN, derive.CHANGE, None, "+1.250", "+1,250"),
    (0, SHOWN, derive.CHANGE, None, "0", "0"),
    (41.26, SHOWN, derive.MEAN, None, "41,3 tahun", "41.3 years"),
    (17.24, SHOWN, derive.RATE, None, "17,2", "17.2"),
]


@pytest.mark.parametrize(("value", "state", "measure", "base", "id_", "en"), CASES)
def test_values_are_written_by_kind(
    value: float | None, state: State, measure: Measure, base: int | None, id_: str, en: str
) -> None:
    assert written(value, state, measure, "id", base=base) == id_
    assert written(value, state, measure, "en", base=base) == en


@pytest.mark.parametrize(
    ("value", "measure", "words"),
    [
        (995, PERSONS, "995"),
        (9_949, PERSONS, "9,9rb"),
        (345_000, PERSONS, "345rb"),
        (1_200_000, PERSONS, "1,2jt"),
        (-12_345, derive.CHANGE, "−12rb"),
        (0.456, derive.SHARE, "46%"),
        (41.26, derive.MEAN, "41,3"),
    ],
)
def test_narrow_cells_hold_few_letters(value: float, measure: Measure, words: str) -> None:
    assert written(value, SHOWN, measure, "id", base=5_000, compact=True) == words
