"""The projection against examples computed by hand, against a plain oracle, and by the laws it must obey."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.access.result import State
from data_access.projection.base import KINDS, SPAN, Base
from data_access.projection.engine import PARTS, Projection, project
from data_access.projection.rates import Rates
from data_access.projection.scenario import EarlyRetirement, Scenario, Shift
from tests.data_access.projection.made import DAY, GROUPS, even, made_base, made_rates
from tests.data_access.projection.oracle import projected

NOBODY = Scenario(name="tanpa pengadaan")


def of(projection: Projection, name: str, **chosen: str) -> list[float]:
    """A part summed over the cells of a group or kind."""
    rows = np.array(
        [
            chosen.get("group", unit[0]) == unit[0] and chosen.get("kind", kind) == kind
            for unit, kind in zip(projection.base.units, projection.base.kinds, strict=True)
        ]
    )
    return [round(float(number), 6) for number in getattr(projection, name)[rows].sum(axis=0)]


def test_only_bup_by_hand() -> None:
    """4 cells of 30 years each: 2 x 3,000 teachers and 2 x 1,500 health workers; 300 leave a year."""
    made = project(made_base(even), made_rates(), NOBODY, 3)
    assert made.years == (2026, 2027, 2028)
    assert of(made, "retired") == [300, 300, 300]
    assert of(made, "stock") == [8_700, 8_400, 8_100]
    assert of(made, "stock", group="guru", kind="PNS") == [2_900, 2_800, 2_700]


def test_attrition_by_hand() -> None:
    """1,000 teachers due in 2030: a tenth leaves in each year before."""
    start = made_base(lambda kind, group, year: 1_000 if (kind, group, year) == ("PNS", "guru", 2028) else 0)
    made = project(start, made_rates(0.1), NOBODY, 3)
    assert of(made, "other") == [100, 90, 0]
    assert of(made, "retired") == [0, 0, 810]
    assert of(made, "stock") == [900, 810, 0]


def test_the_rest_of_a_year_counts_as_a_part_of_it() -> None:
    start = made_base(
        lambda kind, group, year: 1_000 if (kind, group, year) == ("PNS", "guru", 2030) else 0, day=date(2025, 10, 19)
    )
    made = project(start, made_rates(0.19), NOBODY, 1)
    assert start.rest_of_year == pytest.approx(0.2)
    assert made.years == (2025, 2026)
    assert of(made, "other")[0] == pytest.approx(1_000 * (1 - 0.81**0.2), abs=1e-4)


def test_replacement_and_kinds_by_hand() -> None:
    """Of 200 leaving teachers 80 % are replaced, a quarter of these by PPPK; health workers are not."""
    scenario = Scenario(name="80 %", inflow="penggantian", replacement={"guru": 0.8}, pppk_share=0.25)
    made = project(made_base(even), made_rates(), scenario, 2)
    assert of(made, "hired", group="guru", kind="PPPK") == [40, 40]
    assert of(made, "hired", group="guru", kind="PNS") == [120, 120]
    assert of(made, "hired", group="nakes") == [0, 0]
    assert of(made, "stock", group="guru") == [5_960, 5_920]


def test_a_plan_by_hand() -> None:
    """Nobody joins after the last year typed."""
    scenario = Scenario(name="rencana", inflow="rencana", plan={"guru": (500, 300)}, pppk_share=1.0)
    made = project(made_base(even), made_rates(), scenario, 3)
    assert of(made, "hired", group="guru", kind="PPPK") == [500, 300, 0]
    assert of(made, "hired", kind="PNS") == [0, 0, 0]


def test_a_higher_bup_holds_people_back_by_hand() -> None:
    """Two years more from 2027 on: nobody is due in 2027 and 2028, and those of 2027 leave in 2029."""
    made = project(made_base(even), made_rates(), Scenario(name="+2", shifts=(Shift(years=2, since=2027),)), 5)
    assert of(made, "retired", group="guru") == [200, 0, 0, 200, 200]


def test_a_lower_bup_brings_people_forward_by_hand() -> None:
    """Two years less from 2027 on: those due 2027, 2028 and 2029 all leave in 2027."""
    made = project(made_base(even), made_rates(), Scenario(name="-2", shifts=(Shift(years=-2, since=2027),)), 3)
    assert of(made, "retired", group="guru") == [200, 600, 200]


def test_a_shift_of_one_group_leaves_the_others() -> None:
    scenario = Scenario(name="guru", shifts=(Shift(years=1, since=2026, groups=("guru",)),))
    made = project(made_base(even), made_rates(), scenario, 2)
    assert of(made, "retired", group="guru") == [0, 200]
    assert of(made, "retired", group="nakes") == [100, 100]


def test_early_retirement_by_hand() -> None:
    """Half of those aged 55 to 59 in 2026; all cohorts due 2030 are 50 to 54 at the end of 2025, one year older then."""
    start = made_base(lambda kind, group, year: 1_000 if (kind, group, year) == ("PNS", "guru", 2030) else 0)
    ages = np.zeros((SPAN + 1, 11))
    ages[5, 7] = 1.0  # due in five years, aged 51-55
    rates = made_rates()
    rates = Rates(**{**vars(rates), "ages": {"guru": ages}})
    scenario = Scenario(name="dini", early=(EarlyRetirement(share=0.5, ages=(55, 59), year=2026),))
    made = project(start, rates, scenario, 2)
    # At the end of 2026 they are 52 to 56 (up to the day before 57): two of five years lie in 55 to 59.
    assert of(made, "early") == [200, 0]
    assert of(made, "stock") == [800, 800]


def test_contract_ends_by_hand() -> None:
    made = project(made_base(even), made_rates(), Scenario(name="kontrak", contract_ends=0.1), 1)
    assert of(made, "ended", group="guru", kind="PPPK") == [290]
    assert of(made, "ended", kind="PNS") == [0]


def test_those_hired_are_due_in_their_turn() -> None:
    scenario = Scenario(name="pppk", inflow="rencana", plan={"guru": (100,)}, pppk_share=1.0)
    start = made_base(lambda _kind, group, year: 1_000 if (group, year) == ("guru", 2060) else 0)
    made = project(start, made_rates(entry={0: 0.5, 2: 0.25}), scenario, 4)
    # Hired in 2026: half are due at once, which is the year after; a quarter in 2028; the rest after the horizon.
    assert of(made, "retired") == [0, 50, 25, 0]


def test_those_past_their_bup_leave_in_the_first_year_that_is_left() -> None:
    start = made_base(lambda kind, group, year: 30 if (kind, group) == ("PNS", "guru") and year in (2024, 2025) else 0)
    assert of(project(start, made_rates(), NOBODY, 2), "retired") == [60, 0]


def test_what_is_not_shown_is_in_no_number() -> None:
    def some(kind: str, group: str, year: int) -> int | State:
        if (kind, group, year) == ("PNS", "guru", 2026):
            return State.SUPPRESSED
        return even(kind, group, year)

    known = made_base(some, stock={("PNS", "guru"): 3_000})
    made = project(known, made_rates(), NOBODY, 2)
    assert of(made, "retired", group="guru", kind="PNS") == [0, 100]
    assert known.hidden.sum() == 1


SHARES = st.floats(0, 1).map(lambda share: round(share, 3))
COUNTS = st.integers(0, 400).map(lambda n: n * 5)
SHIFTS = st.builds(
    Shift,
    years=st.integers(-5, 5),
    since=st.integers(2026, 2030),
    groups=st.sampled_from([(), ("guru",), ("nakes",)]),
)
EARLY = st.builds(
    EarlyRetirement,
    share=SHARES,
    ages=st.sampled_from([(50, 54), (55, 57), (40, 60)]),
    year=st.integers(2026, 2030),
    groups=st.sampled_from([(), ("guru",)]),
)
SCENARIOS = st.builds(
    Scenario,
    name=st.just("apa saja"),
    inflow=st.sampled_from(["tanpa", "penggantian", "tetap", "rencana"]),
    replacement=st.dictionaries(st.sampled_from(["", *GROUPS]), SHARES, max_size=3),
    plan=st.dictionaries(
        st.sampled_from(GROUPS), st.lists(st.integers(1, 900), min_size=1, max_size=8).map(tuple), min_size=1
    ),
    pppk_share=SHARES,
    contract_ends=SHARES,
    attrition=st.dictionaries(st.sampled_from(["", *GROUPS]), SHARES, max_size=2),
    shifts=st.lists(SHIFTS, max_size=1).map(tuple),
    early=st.lists(EARLY, max_size=2).map(tuple),
)


@st.composite
def bases(draw: st.DrawFn) -> Base:
    numbers = draw(st.lists(COUNTS, min_size=12, max_size=12))
    more = draw(st.integers(1, 500))
    day = draw(st.sampled_from([DAY, date(2025, 11, 1)]))

    def persons(kind: str, group: str, year: int) -> int:
        return numbers[(year * 7 + len(kind) + len(group)) % 12] if 2025 <= year <= 2060 else 0

    sums = {
        (kind, group): more + sum(persons(kind, group, y) for y in range(2021, 2081))
        for kind in KINDS
        for group in GROUPS
    }
    return made_base(persons, day=day, stock=sums)


@st.composite
def rates(draw: st.DrawFn) -> Rates:
    made = made_rates(
        draw(SHARES), pppk_share=draw(SHARES), entry=draw(st.sampled_from([{}, {0: 0.2, 3: 0.5}, {9: 1.0}]))
    )
    ages = np.zeros((SPAN + 1, 11))
    ages[:20, 7], ages[:20, 8] = 0.75, 0.25
    return Rates(**{**vars(made), "ages": {"": ages}})


@settings(max_examples=60, deadline=None)
@given(start=bases(), known=rates(), scenario=SCENARIOS, horizon=st.integers(5, 12))
def test_every_number_is_that_of_the_oracle(start: Base, known: Rates, scenario: Scenario, horizon: int) -> None:
    made = project(start, known, scenario, horizon)
    for number, cell in enumerate(zip(start.units, start.kinds, strict=True)):
        told = projected(start, known, scenario, horizon)[cell]
        for name in PARTS:
            assert [row[name] for row in told] == pytest.approx(getattr(made, name)[number].tolist(), abs=1e-6), (
                cell,
                name,
            )


@settings(max_examples=60, deadline=None)
@given(start=bases(), known=rates(), scenario=SCENARIOS)
def test_persons_are_conserved(start: Base, known: Rates, scenario: Scenario) -> None:
    made = project(start, known, scenario, 20)
    before = np.concatenate([start.stock[:, None], made.stock[:, :-1]], axis=1)
    np.testing.assert_allclose(made.stock, before - made.left + made.hired, atol=1e-6)
    assert all((getattr(made, name) >= -1e-9).all() for name in PARTS)


@settings(max_examples=40, deadline=None)
@given(start=bases(), known=rates(), lower=SHARES, higher=SHARES)
def test_more_replacement_never_means_fewer_people(start: Base, known: Rates, lower: float, higher: float) -> None:
    low, high = sorted((lower, higher))
    made = [
        project(start, known, Scenario(name="r", inflow="penggantian", replacement={"": share}), 20).stock
        for share in (low, high)
    ]
    assert (made[1] >= made[0] - 1e-6).all()


@settings(max_examples=40, deadline=None)
@given(start=bases())
def test_without_attrition_and_hiring_only_bup_is_left(start: Base) -> None:
    made = project(start, made_rates(), NOBODY, 20)
    first = made.years[0] - start.years[0]
    np.testing.assert_allclose(made.left, start.leaving[:, first:21], atol=1e-9)


@settings(max_examples=40, deadline=None)
@given(start=bases(), known=rates(), scenario=SCENARIOS)
def test_the_order_of_groups_changes_nothing(start: Base, known: Rates, scenario: Scenario) -> None:
    turned = np.argsort([kind + unit[0] for unit, kind in zip(start.units, start.kinds, strict=True)])[::-1]
    arrays = {
        name: getattr(start, name)[turned]
        for name in ("stock", "leaving", "later", "hidden", "unknown", "variance", "leaving_variance")
    }
    other = Base(
        **{**vars(start), **arrays},
    )
    object.__setattr__(other, "units", tuple(start.units[n] for n in turned))
    object.__setattr__(other, "kinds", tuple(start.kinds[n] for n in turned))
    for name in PARTS:
        straight, back = (getattr(project(one, known, scenario, 10), name) for one in (start, other))
        np.testing.assert_allclose(straight[turned], back, atol=1e-6)


def test_one_for_one_and_zero_growth_keep_the_total() -> None:
    for scenario in (
        Scenario(name="1:1", inflow="penggantian", replacement={"": 1.0}),
        Scenario(name="nol", inflow="tetap"),
    ):
        made = project(made_base(even), made_rates(0.03), scenario, 20)
        assert of(made, "stock") == pytest.approx([9_000.0] * 20)
