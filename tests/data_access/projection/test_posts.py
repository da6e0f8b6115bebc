"""A plan made of posts: approved posts of one year times the fill rate of one, group by group."""

from datetime import date

import pytest

from data_access.access.result import Protected
from data_access.projection import posts
from data_access.projection.base import LONGEST
from data_access.projection.scenario import PlanSource, Scenario
from tests.charts.factory import protected

FIRST, SECOND = date(2023, 12, 31), date(2024, 12, 31)
# (date, group) -> approved, filled
KNOWN = {
    (FIRST, "guru"): (200, 100),
    (FIRST, "nakes"): (100, 80),
    (FIRST, "dosen"): (0, 0),
    (SECOND, "guru"): (1_000, 900),
    (SECOND, "nakes"): (500, 0),
    (SECOND, "dosen"): (40, 10),
}


def known(*, grouped: bool = True) -> Protected:
    def value(day: date, codes: tuple[str, ...]) -> int:
        stage, *group = codes
        place = ("penetapan", "terisi").index(stage)
        return sum(
            pair[place] for (when, code), pair in KNOWN.items() if when == day and (not group or [code] == group)
        )

    levels = ("tahap", "kelompok_jabatan") if grouped else ("tahap",)
    members = {"tahap": ["penetapan", "terisi"], "kelompok_jabatan": ["guru", "nakes", "dosen"]}
    return protected(levels, value, periods=(FIRST, SECOND), members=members)


@pytest.mark.parametrize(
    ("approved", "rated", "plan"),
    [
        (FIRST, FIRST, {"guru": 100, "nakes": 80}),
        (SECOND, SECOND, {"guru": 900, "dosen": 10}),  # nobody was taken on for health
        (SECOND, FIRST, {"guru": 500, "nakes": 400, "dosen": 24}),  # no lecturers in 2023: the rate of all, 180 of 300
        (FIRST, SECOND, {"guru": 180}),
    ],
)
def test_a_plan_by_group(approved: date, rated: date, plan: dict[str, int]) -> None:
    assert posts.plan(known(), approved, rated) == plan


def test_a_plan_of_all_groups_together() -> None:
    assert posts.plan(known(grouped=False), SECOND, FIRST) == {"": 924}


def test_years_are_those_with_approved_posts() -> None:
    assert posts.years(known()) == (SECOND, FIRST)
    nothing = protected(
        ("tahap",), lambda _day, _codes: 0, periods=(FIRST,), members={"tahap": ["penetapan", "terisi"]}
    )
    assert posts.years(nothing) == ()


def test_the_source_is_told_until_another_number_is_typed() -> None:
    source = PlanSource(approved=2024, rated=2023, persons={"guru": 500})
    filled = Scenario(name="x", inflow="rencana", plan={"guru": (500,) * LONGEST}, plan_source=source)
    assert filled.plan_from == source
    for plan in ({"guru": (501,) * LONGEST}, {"guru": (500,)}, {"guru": (500,) * LONGEST, "nakes": (1,) * LONGEST}, {}):
        assert filled.model_copy(update={"plan": plan}).plan_from is None
    assert Scenario(name="x", plan={"guru": (500,) * LONGEST}).plan_from is None
    assert Scenario.model_validate(filled.model_dump(mode="json")) == filled
