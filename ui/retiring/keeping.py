"""A set of scenarios: add, remove, keep by name, share with the role, open again."""

import streamlit as st

from data_access.access.viewer import Viewer
from data_access.errors import AsnError
from data_access.governance.saved_views import LONGEST_NAME, Params
from data_access.projection.scenario import Scenario
from data_access.words import mark as _
from ui import keeping
from ui.frame import failed
from ui.retiring import sets
from ui.session import t

PAGE, KEY = "analisis/pensiun", "scenario"


def buttons(me: Viewer, known: dict[int, Scenario], number: int, horizon: int) -> None:
    """One row of buttons. Copying and removing happen before the run that follows the click, which then draws the new set."""
    name = t(_("Salinan {name}"), name=known[number].name)[:LONGEST_NAME]
    st.button(
        t(_("Salin")),
        icon=":material/content_copy:",
        disabled=len(known) >= sets.MOST,
        on_click=sets.pick_new,
        args=(known[number].model_copy(update={"name": name}),),
        key="scenario_copy",
    )
    st.button(
        t(_("Hapus")),
        icon=":material/delete:",
        disabled=len(known) < 2,
        on_click=sets.drop,
        args=(number,),
        key="scenario_drop",
    )
    keeping.keep(
        me,
        PAGE,
        lambda: sets.params(horizon),
        label=t(_("Nama kumpulan skenario")),
        hint=t(_("Yang disimpan hanya asumsinya; angkanya dihitung lagi menurut hak pembuka.")),
        button=t(_("Simpan skenario")),
        key=KEY,
    )
    keeping.kept(me, PAGE, _opened, key=KEY)


def _opened(params: Params) -> None:
    try:
        horizon, scenarios = sets.read(params)
    except AsnError as error:
        failed(error)
        return
    sets.put(scenarios)
    sets.wish(horizon)
    st.rerun()
