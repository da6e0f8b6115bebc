"""The scenarios of a tab: a list of plain values in the session, from which `Scenario`s are read; at most six side by side."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from data_access.errors import InvalidQuery
from data_access.projection.base import LONGEST
from data_access.projection.scenario import Scenario, Shift
from data_access.words import mark as _
from ui.session import t

KEPT, NEXT = "asn_scenarios", "asn_scenario_next"
CHOSEN, HORIZON = "scenario_chosen", "scenario_horizon"  # keys of the two choosers
PICKED = "asn_scenario_picked"
WISHED = "asn_horizon_wished"  # the horizon of the next run: a chooser that is drawn cannot be set any more
MOST = 20  # the chart draws the first six, the table all
HALF = 0.5
YEARS = 10


def begin(year: int, pppk_share: float | None) -> None:
    """Three scenarios to start from, the first time the page is opened in a tab.

    Where the share of PPPK among the hired is not known from movements (None), one half is filled in.
    """
    if KEPT in st.session_state:
        return
    replaced = Scenario(
        name=t(_("Penggantian 80%")),
        inflow="penggantian",
        replacement={"": 0.8},
        pppk_share=HALF if pppk_share is None else None,
    )
    later = {"name": t(_("Penggantian 80%, BUP naik 2 tahun")), "shifts": (Shift(years=2, since=year + 3),)}
    put([Scenario(name=t(_("Tanpa pengadaan"))), replaced, replaced.model_copy(update=later)])


def wish(horizon: int) -> None:
    """Sets the horizon in the next run."""
    st.session_state[WISHED] = horizon


def ready() -> None:
    """Gives the choosers what they shall show; to be called before they are drawn.

    The scenario chosen is kept apart and set anew: the browser knows options by their words, and a scenario that is renamed
    would be lost to the first one.
    """
    st.session_state.setdefault(HORIZON, YEARS)
    if WISHED in st.session_state:
        st.session_state[HORIZON] = st.session_state.pop(WISHED)
    numbers = [one["number"] for one in st.session_state[KEPT]]
    chosen = st.session_state.get(PICKED)
    st.session_state[PICKED] = st.session_state[CHOSEN] = chosen if chosen in numbers else numbers[0]


def picked() -> None:
    """Keeps the choice at the moment somebody makes it."""
    st.session_state[PICKED] = st.session_state[CHOSEN]


def put(scenarios: list[Scenario]) -> None:
    """Replaces the scenarios of the tab; each gets a number of its own, by which its fields are known."""
    st.session_state[KEPT] = []
    for scenario in scenarios:
        add(scenario)


def add(scenario: Scenario) -> int:
    """Adds a scenario; its number."""
    number = int(st.session_state.get(NEXT, 0))
    st.session_state[NEXT] = number + 1
    st.session_state[KEPT] = [*st.session_state[KEPT], {"number": number, "values": scenario.model_dump(mode="json")}]
    return number


def pick_new(scenario: Scenario) -> None:
    """Adds a scenario and chooses it."""
    st.session_state[PICKED] = add(scenario)


def all_of() -> dict[int, Scenario]:
    """The scenarios by their numbers."""
    return {one["number"]: Scenario.model_validate(one["values"]) for one in st.session_state.get(KEPT, [])}


def change(number: int, scenario: Scenario) -> None:
    """Keeps what was typed for a scenario."""
    st.session_state[KEPT] = [
        one | {"values": scenario.model_dump(mode="json")} if one["number"] == number else one
        for one in st.session_state[KEPT]
    ]


def drop(number: int) -> None:
    st.session_state[KEPT] = [one for one in st.session_state[KEPT] if one["number"] != number]


def params(horizon: int) -> dict[str, Any]:
    """What is kept by name: the horizon and the scenarios, no number of persons but those typed."""
    return {"horizon": horizon, "scenarios": [scenario.model_dump(mode="json") for scenario in all_of().values()]}


def read(kept: Mapping[str, Any]) -> tuple[int, list[Scenario]]:
    """The horizon and the scenarios of a kept set; InvalidQuery if it is not one (any more)."""
    try:
        horizon, scenarios = int(kept["horizon"]), [Scenario.model_validate(one) for one in kept["scenarios"]]
    except (KeyError, TypeError, ValueError):
        horizon, scenarios = 0, []
    if not scenarios or not 1 <= horizon <= LONGEST:
        raise InvalidQuery("scenarios-unreadable", _("Skenario tersimpan ini tidak dapat dibaca lagi."))
    return horizon, scenarios[:MOST]
