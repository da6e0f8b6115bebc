"""Kept sets of scenarios are read as what they are, or refused in a sentence."""

import pytest

from data_access.errors import InvalidQuery
from data_access.projection.scenario import Scenario, Shift
from ui.retiring import sets
from ui.retiring.editor import _numbers


@pytest.mark.parametrize(
    "kept",
    [
        {},
        {"horizon": 10},
        {"horizon": "lama", "scenarios": []},
        {"horizon": 10, "scenarios": [{"name": "x", "inflow": "sihir"}]},
        {"horizon": 10, "scenarios": [{"name": "x", "tak dikenal": 1}]},
        {"horizon": 10, "scenarios": []},
        {"horizon": 10, "scenarios": [{"name": "x", "contract_ends": 1e308}]},
        {"horizon": 99, "scenarios": [{"name": "x"}]},
        {"horizon": 10, "scenarios": "teks"},
    ],
)
def test_what_is_no_set_is_refused(kept: dict[str, object]) -> None:
    with pytest.raises(InvalidQuery):
        sets.read(kept)


def test_a_set_survives_being_kept() -> None:
    scenario = Scenario(name="x", inflow="rencana", plan={"guru": (1, 2)}, shifts=(Shift(years=1, since=2027),))
    kept = {"horizon": 7, "scenarios": [scenario.model_dump(mode="json")]}
    assert sets.read(kept) == (7, [scenario])


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("", ()),
        ("10000", (10_000,)),
        ("10.000 8.000", (10_000, 8_000)),
        ("1,000; 2,000", (1_000, 2_000)),
        ("banyak", (-1,)),
        ("2.5", (-1,)),
        ("10000,8000", (-1,)),
        ("-5", (-1,)),
        ("9" * 40, (-1,)),
    ],
)
def test_plans_as_people_type_them(typed: str, numbers: tuple[int, ...]) -> None:
    assert _numbers(typed) == numbers
