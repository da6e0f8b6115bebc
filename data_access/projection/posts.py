"""A hiring plan made of posts: those approved in a year times how well the posts of a year were filled, group by group."""

from datetime import date

from data_access.access import measures
from data_access.access.result import Protected

DATASET, STAGE, GROUP = "formasi", "tahap", "kelompok_jabatan"
APPROVED, TAKEN = "penetapan", "terisi"


def plan(posts: Protected, approved: date, rated: date) -> dict[str, int]:
    """Persons a year by occupational group (all of them as "" where the answer has no groups), whole and above zero.

    `posts` are the displayed posts by stage, perhaps crossed by group, over the dates of both years. A group without posts in
    the year of the rate is filled as all groups together are.
    """
    axis = next((axis for axis in posts.axes if axis.level == GROUP), None)
    usual = _rate(posts, rated, "") or 0.0
    found = {}
    for group in [code for code, _label in axis.members] if axis else [""]:
        rate = _rate(posts, rated, group)
        found[group] = round(_sum(posts, approved, APPROVED, group) * (usual if rate is None else rate))
    return {group: persons for group, persons in found.items() if persons > 0}


def years(posts: Protected) -> tuple[date, ...]:
    """The dates of which some posts were approved, the latest first."""
    return tuple(sorted((day for day in posts.source.periods if _sum(posts, day, APPROVED, "")), reverse=True))


def _rate(posts: Protected, day: date, group: str) -> float | None:
    """Filled over approved posts of a group ("": all); None where none was approved."""
    approved = _sum(posts, day, APPROVED, group)
    return _sum(posts, day, TAKEN, group) / approved if approved else None


def _sum(posts: Protected, day: date, stage: str, group: str) -> int:
    codes: dict[str, tuple[str, ...]] = {STAGE: (stage,)}
    if group:
        codes[GROUP] = (group,)
    return measures.total(posts, day, codes) or 0
