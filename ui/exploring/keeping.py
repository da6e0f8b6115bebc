"""Views by name: keep the one on the screen, open or delete a kept one. Names are shown as plain text."""

import streamlit as st

from data_access.access.viewer import Viewer
from data_access.errors import AsnError
from data_access.governance import saved_views
from data_access.governance.saved_views import LONGEST_NAME, SavedView
from data_access.settings import settings
from data_access.state import engine
from data_access.words import mark as _
from ui.exploring import steps
from ui.exploring.view import View
from ui.frame import failed, plain
from ui.session import audit_key, event, language, t

SAVED = "asn_explorer_saved"


def keep(me: Viewer, view: View) -> None:
    """A form with a name, and whether the own role sees the view too."""
    with st.popover(t(_("Simpan")), icon=":material/bookmark_add:"), st.form("x_keep", border=False):
        name = st.text_input(t(_("Nama tampilan")), max_chars=LONGEST_NAME)
        role = me.role.label.text(language())
        shared = st.checkbox(t(_("Bagikan dengan peran {role}"), role=role))
        st.caption(t(_("Yang disimpan hanya pilihannya, bukan angkanya; pembuka lain melihat menurut haknya sendiri.")))
        if st.form_submit_button(t(_("Simpan tampilan")), type="primary"):
            _keep(me, view, name, shared=shared)


def _keep(me: Viewer, view: View, name: str, *, shared: bool) -> None:
    role = me.role_name if shared else ""
    try:
        saved_views.save(
            engine(settings().state),
            audit_key(),
            event(me, "view-save"),
            name=name,
            params=view.params(),
            role=role,
        )
    except AsnError as error:
        failed(error)
        return
    st.session_state[SAVED] = name
    st.rerun()


def kept(me: Viewer) -> None:
    """The views within reach, each with a button to open it; own ones can be deleted."""
    if SAVED in st.session_state:
        st.toast(t(_("Tampilan disimpan: {name}"), name=plain(st.session_state.pop(SAVED))), icon=":material/bookmark:")
    found = saved_views.within_reach(engine(settings().state), me.account, me.role_name)
    with st.popover(t(_("Tersimpan ({count})"), count=len(found)), icon=":material/bookmarks:", disabled=not found):
        for view in found:
            _one(me, view)


def _one(me: Viewer, view: SavedView) -> None:
    own = view.account == me.account
    with st.container(horizontal=True, vertical_alignment="center"):
        told = _("dibagikan dengan peran Anda") if own else _("dari {account}")
        st.markdown(plain(view.name) + (f"  \n:small[{t(told, account=plain(view.account))}]" if view.role else ""))
        if st.button(t(_("Buka")), key=f"x_open_{view.id}"):
            steps.open_params(view.params)
        if own and st.button(t(_("Hapus")), key=f"x_remove_{view.id}", icon=":material/delete:", type="tertiary"):
            _remove(me, view)


def _remove(me: Viewer, view: SavedView) -> None:
    try:
        saved_views.remove(engine(settings().state), audit_key(), event(me, "view-remove"), view.id)
    except AsnError as error:
        failed(error)
        return
    st.rerun()
