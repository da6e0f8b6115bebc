"""A set of scenarios: add, remove, keep by name, share with the role, open again."""

import streamlit as st

from data_access.access.viewer import Viewer
from data_access.errors import AsnError
from data_access.governance import saved_views
from data_access.governance.saved_views import LONGEST_NAME, SavedView
from data_access.projection.scenario import Scenario
from data_access.settings import settings
from data_access.state import engine
from data_access.words import mark as _
from ui.frame import failed, plain
from ui.retiring import sets
from ui.session import audit_key, event, language, t

PAGE = "analisis/pensiun"
SAVED = "asn_scenarios_saved"


def buttons(me: Viewer, known: dict[int, Scenario], number: int, horizon: int) -> None:
    """One row of buttons; each change begins a new run of the page."""
    full = len(known) >= sets.MOST
    if st.button(t(_("Salin")), icon=":material/content_copy:", disabled=full, key="scenario_copy"):
        copied = known[number].model_copy(
            update={"name": t(_("Salinan {name}"), name=known[number].name)[:LONGEST_NAME]}
        )
        sets.wish(chosen=sets.add(copied))
        st.rerun()
    if st.button(t(_("Hapus")), icon=":material/delete:", disabled=len(known) < 2, key="scenario_drop"):
        sets.drop(number)
        st.rerun()
    _keep(me, horizon)
    _kept(me)


def _keep(me: Viewer, horizon: int) -> None:
    with st.popover(t(_("Simpan")), icon=":material/bookmark_add:"), st.form("scenario_keep", border=False):
        name = st.text_input(t(_("Nama kumpulan skenario")), max_chars=LONGEST_NAME)
        shared = st.checkbox(t(_("Bagikan dengan peran {role}"), role=me.role.label.text(language())))
        st.caption(t(_("Yang disimpan hanya asumsinya; angkanya dihitung lagi menurut hak pembuka.")))
        if not st.form_submit_button(t(_("Simpan skenario")), type="primary"):
            return
        try:
            saved_views.save(
                engine(settings().state),
                audit_key(),
                event(me, "view-save"),
                name=name,
                params=sets.params(horizon),
                role=me.role_name if shared else "",
                page=PAGE,
            )
        except AsnError as error:
            failed(error)
            return
        st.session_state[SAVED] = name
    st.rerun()


def _kept(me: Viewer) -> None:
    if SAVED in st.session_state:
        name = plain(st.session_state.pop(SAVED))
        st.toast(t(_("Skenario disimpan: {name}"), name=name), icon=":material/bookmark:")
    found = saved_views.within_reach(engine(settings().state), me.account, me.role_name, PAGE)
    with st.popover(t(_("Tersimpan ({count})"), count=len(found)), icon=":material/bookmarks:", disabled=not found):
        for view in found:
            _one(me, view)


def _one(me: Viewer, view: SavedView) -> None:
    own = view.account == me.account
    with st.container(horizontal=True, vertical_alignment="center"):
        told = _("dibagikan dengan peran Anda") if own else _("dari {account}")
        st.markdown(plain(view.name) + (f"  \n:small[{t(told, account=plain(view.account))}]" if view.role else ""))
        if st.button(t(_("Buka")), key=f"scenario_open_{view.id}"):
            _opened(view)
        if own and st.button(
            t(_("Hapus")), key=f"scenario_remove_{view.id}", icon=":material/delete:", type="tertiary"
        ):
            _removed(me, view)


def _opened(view: SavedView) -> None:
    try:
        horizon, scenarios = sets.read(view.params)
    except AsnError as error:
        failed(error)
        return
    sets.put(scenarios)
    sets.wish(horizon=horizon)
    st.rerun()


def _removed(me: Viewer, view: SavedView) -> None:
    try:
        saved_views.remove(engine(settings().state), audit_key(), event(me, "view-remove"), view.id)
    except AsnError as error:
        failed(error)
        return
    st.rerun()
