"""A hiring plan filled from posts: the choice of the two years, and what a click puts into the fields of the plan."""

from datetime import date
from functools import partial

import streamlit as st

from data_access.access.result import Protected
from data_access.projection import posts as approved_posts
from data_access.projection.scenario import PlanSource, Scenario
from data_access.words import mark as _
from ui import filters
from ui.session import t


def field(key: str, group: str) -> str:
    """The key of the field for a group of a plan."""
    return f"{key}_plan_{group}"


def offer(key: str, scenario: Scenario, posts: Protected | None, groups: list[str]) -> PlanSource | None:
    """The choosers and the button, where there are posts to fill from; what the plan was filled from, if it was."""
    known = approved_posts.years(posts) if posts is not None else ()
    if posts is not None and known:
        approved = filters.one_of(t(_("Formasi ditetapkan tahun")), known, _year, key=f"{key}_approved")
        rated = filters.one_of(t(_("Keterisian tahun")), known, _year, key=f"{key}_rated")
        st.button(
            t(_("Isi dari formasi")),
            icon=":material/assignment_ind:",
            on_click=partial(_fill, key, approved_posts.plan(posts, approved, rated), approved, rated, groups),
            help=t(_("Formasi yang ditetapkan dikali keterisiannya, menurut kelompok jabatan, sama setiap tahun.")),
            key=f"{key}_fill",
        )
    kept = st.session_state.get(_source_key(key))
    return scenario.plan_source if kept is None else PlanSource.model_validate(kept)


def _fill(key: str, plan: dict[str, int], approved: date, rated: date, groups: list[str]) -> None:
    """Puts the plan into the fields, before they are drawn; groups without posts hire nobody."""
    persons = plan if groups else {"": sum(plan.values())}
    for group in groups or [""]:
        st.session_state[field(key, group)] = str(persons[group]) if group in persons else ""
    source = PlanSource(approved=approved.year, rated=rated.year, persons=persons)
    st.session_state[_source_key(key)] = source.model_dump(mode="json")


def _source_key(key: str) -> str:
    return f"{key}_plan_source"


def _year(day: date) -> str:
    return str(day.year)
