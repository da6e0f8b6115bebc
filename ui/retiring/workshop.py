"""Where drafts are compared: scenarios side by side, edited in place, drawn again at once.

A fragment: an edit computes anew from the answers that the page has got, asks nothing, and stops as soon as the viewer's
rights are no longer those the answers were given for.
"""

from dataclasses import dataclass
from datetime import date
from functools import partial

import streamlit as st

from data_access.access.gateway import reach
from data_access.access.result import Protected
from data_access.access.scope import Scope
from data_access.access.viewer import Viewer
from data_access.errors import AsnError, InvalidQuery, Refused
from data_access.projection.band import Forecast, forecast
from data_access.projection.base import LONGEST, Base
from data_access.projection.scenario import GROUP, Scenario
from data_access.words import mark as _
from ui.frame import failed, guarded, plain
from ui.retiring import asking, editor, figures, keeping, method, sets
from ui.retiring.asking import Start
from ui.session import current, t
from ui.topics.door import Door, Place
from ui.topics.figures import framed

DATASET = "pegawai"


@dataclass(frozen=True, eq=False)
class Held:
    """What the page has asked for its viewer: the start of the place, that of all provinces where it can be had, and posts."""

    viewer: Viewer
    scope: Scope
    start: Start
    provinces: Base | None
    posts: Protected | None


def open_for(viewer: Viewer, place: Place, day: date) -> None:
    """Asks what projections start from, then hands over to the fragment."""
    st.header(t(_("Bagaimana bila aturannya lain?")), anchor=False)
    with framed(t(_("Skenario"))):
        start = asking.start(Door(viewer, place), day)
        scope = reach(viewer, DATASET)
        sets.begin(day.year, start.rates.pppk_share)
        door = Door(viewer, place)
        _bench(Held(viewer, scope, start, _provinces(viewer, place, day), asking.posts(door)))


def _provinces(viewer: Viewer, place: Place, day: date) -> Base | None:
    """The base by province and group, where more than one province is looked at and the question is admitted."""
    if len(place.get("provinsi", ())) == 1 or "instansi" in place:
        return None
    try:
        return asking.of(Door(viewer, place), ("provinsi", GROUP), day)
    except (InvalidQuery, Refused):
        return None


@st.fragment
def _bench(held: Held) -> None:
    guarded(partial(_drawn, held))


def _drawn(held: Held) -> None:
    viewer = current()
    if viewer != held.viewer or reach(held.viewer, DATASET) != held.scope:
        st.rerun()
    start = held.start
    known = sets.all_of()
    number, horizon = _chosen(known, held)
    with st.container(border=True, key="scenario_editor"):
        grouped = any(axis.level == GROUP for axis in start.base.axes)
        year = start.base.day.year
        made = editor.edited(number, known[number], start.rates, year=year, grouped=grouped, posts=held.posts)
        sets.change(number, made)
    made_of = _projected(start, horizon)
    if made_of:
        figures.comparison(start, made_of)
        chosen = made_of.get(number)
        left, right = st.columns(2)
        if chosen is not None:
            with left:
                figures.sensitivity(start, chosen.middle.scenario, horizon)
            with right:
                figures.gaps(held.provinces, start.rates, chosen.middle.scenario, horizon)
    method.note(start)


def _chosen(known: dict[int, Scenario], held: Held) -> tuple[int, int]:
    """The scenario to edit and the horizon; beside them what is done with the whole set."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        names = {number: scenario.name or "–" for number, scenario in known.items()}
        sets.ready()
        number = st.selectbox(
            t(_("Skenario yang diubah")),
            list(names),
            format_func=names.__getitem__,
            key=sets.CHOSEN,
            on_change=sets.picked,
        )
        horizon = st.slider(t(_("Horizon (tahun)")), 1, LONGEST, key=sets.HORIZON)
    with st.container(horizontal=True):
        keeping.buttons(held.viewer, known, number, horizon)
    return number, horizon


def _projected(start: Start, horizon: int) -> dict[int, Forecast]:
    """The forecasts of all scenarios that can be computed; the others are told by name with the reason."""
    made: dict[int, Forecast] = {}
    for number, scenario in sets.all_of().items():
        try:
            made[number] = forecast(start.base, start.rates, scenario, horizon)
        except AsnError as error:
            st.markdown(f"**{plain(scenario.name)}**")
            failed(error)
    return made
