"""Assumptions that cannot be computed with are refused in a sentence; nothing is cut to fit."""

from dataclasses import replace

import pytest
from pydantic import ValidationError

from data_access.access.result import State
from data_access.contract import contract
from data_access.errors import InvalidQuery
from data_access.projection.engine import project
from data_access.projection.scenario import EarlyRetirement, Scenario, Shift
from tests.data_access.projection.made import even, made_base, made_rates

BAD = [
    ("share-range", {"inflow": "penggantian", "replacement": {"guru": 1.2}}),
    ("share-range", {"inflow": "penggantian", "replacement": {"": -0.1}}),
    ("share-range", {"attrition": {"": 1.01}}),
    ("share-range", {"contract_ends": -0.01}),
    ("share-range", {"pppk_share": 2.0}),
    ("share-range", {"early": (EarlyRetirement(share=1.5, ages=(50, 55), year=2027),)}),
    ("plan-empty", {"inflow": "rencana"}),
    ("plan-empty", {"inflow": "rencana", "plan": {"guru": (0, 0)}}),
    ("plan-range", {"inflow": "rencana", "plan": {"guru": (-1, 5)}}),
    ("plan-range", {"inflow": "rencana", "plan": {"guru": (2_000_001,)}}),
    ("group-unknown", {"replacement": {"tukang sihir": 0.5}}),
    ("group-unknown", {"shifts": (Shift(years=1, since=2027, groups=("x",)),)}),
    ("group-unknown", {"early": (EarlyRetirement(share=0.1, ages=(50, 55), year=2027, groups=("x",)),)}),
    ("bup-range", {"shifts": (Shift(years=-9, since=2027),)}),  # 58 -> 49
    ("bup-range", {"shifts": (Shift(years=6, since=2027, groups=("dosen",)),)}),  # 70 -> 76
    ("bup-range", {"shifts": (Shift(years=-5, since=2027), Shift(years=-4, since=2028))}),  # both together
    ("bup-range", {"shifts": (Shift(years=20, since=2027), Shift(years=-20, since=2030))}),  # each step counts
    ("bup-range", {"shifts": (Shift(years=30, since=2028), Shift(years=-30, since=2027))}),  # by year, not as typed
    ("plan-range", {"inflow": "rencana", "plan": {"guru": (5, -1)}}),
    ("plan-group", {"inflow": "rencana", "plan": {"dosen": (5,)}}),  # nobody of that group is shown
    ("year-range", {"shifts": (Shift(years=1, since=2025),)}),
    ("year-range", {"shifts": (Shift(years=1, since=2036),)}),
    ("year-range", {"early": (EarlyRetirement(share=0.1, ages=(50, 55), year=2040),)}),
    ("early-ages", {"early": (EarlyRetirement(share=0.1, ages=(55, 50), year=2027),)}),
    ("early-ages", {"early": (EarlyRetirement(share=0.1, ages=(20, 55), year=2027),)}),
    ("early-ages", {"early": (EarlyRetirement(share=0.1, ages=(50, 90), year=2027),)}),
]


@pytest.mark.parametrize(("reason", "given"), BAD)
def test_bad_assumptions(reason: str, given: dict[str, object]) -> None:
    with pytest.raises(InvalidQuery) as refused:
        project(made_base(even), made_rates(), Scenario.model_validate({"name": "x", **given}), 10)
    assert refused.value.reason == reason
    for language in ("id", "en"):
        assert refused.value.sentence(language).strip().endswith(".")


@pytest.mark.parametrize(
    "given",
    [
        {"shifts": (Shift(years=1, since=2027, groups=("guru",)),)},
        {"inflow": "rencana", "plan": {"guru": (10,)}},
        {"inflow": "penggantian", "replacement": {"": 0.5, "guru": 1.0}},
        {"attrition": {"guru": 0.01}},
    ],
)
def test_groups_want_a_base_by_group(given: dict[str, object]) -> None:
    """A single agency is not split by group: nothing of a group is quietly applied to all, or to nobody."""
    grouped = made_base(even)
    start = replace(grouped, axes=(), units=((),) * len(grouped.units))
    with pytest.raises(InvalidQuery) as refused:
        project(start, made_rates(), Scenario.model_validate({"name": "x", **given}), 10)
    assert refused.value.reason == "groups-apart"


def test_a_researcher_bounds_the_technical_group() -> None:
    """Senior researchers leave at 70, so ten years more would be 80."""
    scenario = Scenario(name="x", shifts=(Shift(years=10, since=2027, groups=("teknis",)),))
    with pytest.raises(InvalidQuery, match="80"):
        project(made_base(even), made_rates(), scenario, 10)


@pytest.mark.parametrize("share", [float("nan"), float("inf"), -1e308])
def test_what_is_no_number_of_any_share_is_no_scenario(share: float) -> None:
    with pytest.raises(ValidationError):
        Scenario(name="x", contract_ends=share)


@pytest.mark.parametrize("name", ["", "   ", "x" * 81])
def test_a_scenario_has_a_name(name: str) -> None:
    with pytest.raises(InvalidQuery, match=r"nama|Nama"):
        project(made_base(even), made_rates(), Scenario(name=name), 10)


@pytest.mark.parametrize("horizon", [0, -1, 21, 200])
def test_the_horizon_is_1_to_20_years(horizon: int) -> None:
    with pytest.raises(InvalidQuery) as refused:
        project(made_base(even), made_rates(), Scenario(name="x"), horizon)
    assert refused.value.reason == "horizon"


@pytest.mark.parametrize(
    "shift", [Shift(years=-8, since=2027, groups=("nakes",)), Shift(years=5, since=2027, groups=("dosen",))]
)
def test_the_ends_of_the_range_are_allowed(shift: Shift) -> None:
    project(made_base(even), made_rates(), Scenario(name="x", shifts=(shift,)), 10)


def test_the_sentence_names_group_and_ages() -> None:
    scenario = Scenario(name="x", shifts=(Shift(years=6, since=2027, groups=("dosen",)),))
    with pytest.raises(InvalidQuery) as refused:
        project(made_base(even), made_rates(), scenario, 10)
    name = contract().datasets["pegawai"].levels["kelompok_jabatan"].by_code["dosen"].label.id
    assert name in refused.value.sentence("id")
    assert "76" in refused.value.sentence("id")


def test_nothing_shown_is_nothing_to_project() -> None:
    with pytest.raises(InvalidQuery) as refused:
        made_base(lambda _k, _g, _y: State.SUPPRESSED, stock={})
    assert refused.value.reason == "projection-base"


def test_hiring_wants_a_known_share_of_pppk() -> None:
    with pytest.raises(InvalidQuery) as refused:
        project(made_base(even), made_rates(pppk_share=None), Scenario(name="x", inflow="tetap"), 5)
    assert refused.value.reason == "pppk-share"
    project(made_base(even), made_rates(pppk_share=None), Scenario(name="x", inflow="tetap", pppk_share=0.3), 5)
