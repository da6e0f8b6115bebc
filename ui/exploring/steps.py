"""The steps of a tab through views: every change goes by the address, and the last one can be undone."""

import streamlit as st

from ui.exploring.address import Params
from ui.exploring.view import View

READ, STEPS = "asn_explorer_read", "asn_explorer_steps"
KEPT = 30
CHART = "grafik"
Step = dict[str, list[str]]


def given() -> dict[str, list[str]]:
    """What the address asks for."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def is_new(asked: Params) -> bool:
    """True if the address is not the one that the page wrote itself."""
    return asked != st.session_state.get(READ)


def arrived(view: View) -> None:
    """Writes the view to the address and remembers the step."""
    params = view.params()
    wanted = {name: [value] if isinstance(value, str) else list(value) for name, value in params.items()}
    if given() != wanted:
        st.query_params.from_dict(params)
    st.session_state[READ] = wanted
    st.session_state[STEPS] = _with(st.session_state.get(STEPS, []), wanted)


def _with(steps: list[Step], wanted: Step) -> list[Step]:
    """The steps with a further one. A chart that turns out to be the proposed one is no step: the view is the same."""
    if steps and {name: value for name, value in steps[-1].items() if name != CHART} == wanted:
        steps = steps[:-1]
    return steps if steps and steps[-1] == wanted else [*steps, wanted][-KEPT:]


def go(view: View) -> None:
    """Opens another view at once."""
    _open(view.params())


def can_undo() -> bool:
    return len(st.session_state.get(STEPS, [])) > 1


def undo() -> None:
    """Opens the view before the last change; it is checked anew like any address."""
    *earlier, before, _now = st.session_state[STEPS]
    st.session_state[STEPS] = earlier
    _open(before)


def open_params(params: Params) -> None:
    """Opens a view that was kept as parameters."""
    _open({name: value if isinstance(value, str) else list(value) for name, value in params.items()})


def _open(params: dict[str, str | list[str]]) -> None:
    st.query_params.from_dict(params)
    st.session_state.pop(READ, None)
    st.rerun()


def count() -> int:
    """How many steps this tab remembers; it changes with every step until it is full."""
    return len(st.session_state.get(STEPS, []))
