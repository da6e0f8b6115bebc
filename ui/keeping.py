"""What people keep by name on a page: save it, share it with the own role, open or delete it. Names are shown as plain text."""

from collections.abc import Callable

import streamlit as st

from data_access.access.viewer import Viewer
from data_access.errors import AsnError
from data_access.governance import saved_views
from data_access.governance.saved_views import LONGEST_NAME, Params, SavedView
from data_access.settings import settings
from data_access.state import engine
from data_access.words import mark as _
from ui.frame import failed, plain
from ui.session import audit_key, event, language, t

SAVED = "asn_saved"


def keep(me: Viewer, page: str, params: Callable[[], Params], *, label: str, hint: str, button: str, key: str) -> None:
    """A form with a name, and whether the own role sees it too; `params` gives what is kept."""
    with st.popover(t(_("Simpan")), icon=":material/bookmark_add:"), st.form(f"{key}_keep", border=False):
        name = st.text_input(label, max_chars=LONGEST_NAME)
        shared = st.checkbox(t(_("Bagikan dengan peran {role}"), role=me.role.label.text(language())))
        st.caption(hint)
        if st.form_submit_button(button, type="primary"):
            _save(me, page, params(), name, role=me.role_name if shared else "")


def kept(me: Viewer, page: str, opened: Callable[[Params], None], *, key: str) -> None:
    """What is within reach, each with a button to open it; own ones can be deleted."""
    if SAVED in st.session_state:
        st.toast(t(_("Disimpan: {name}"), name=plain(st.session_state.pop(SAVED))), icon=":material/bookmark:")
    found = saved_views.within_reach(engine(settings().state), me.account, me.role_name, page)
    with st.popover(t(_("Tersimpan ({count})"), count=len(found)), icon=":material/bookmarks:", disabled=not found):
        for view in found:
            _one(me, view, opened, key)


def _save(me: Viewer, page: str, params: Params, name: str, *, role: str) -> None:
    try:
        told = event(me, "view-save")
        saved_views.save(engine(settings().state), audit_key(), told, name=name, params=params, role=role, page=page)
    except AsnError as error:
        failed(error)
        return
    st.session_state[SAVED] = name
    st.rerun()


def _one(me: Viewer, view: SavedView, opened: Callable[[Params], None], key: str) -> None:
    own = view.account == me.account
    with st.container(horizontal=True, vertical_alignment="center"):
        told = _("dibagikan dengan peran Anda") if own else _("dari {account}")
        st.markdown(plain(view.name) + (f"  \n:small[{t(told, account=plain(view.account))}]" if view.role else ""))
        if st.button(t(_("Buka")), key=f"{key}_open_{view.id}"):
            opened(view.params)
        if own and st.button(t(_("Hapus")), key=f"{key}_remove_{view.id}", icon=":material/delete:", type="tertiary"):
            _remove(me, view)


def _remove(me: Viewer, view: SavedView) -> None:
    try:
        saved_views.remove(engine(settings().state), audit_key(), event(me, "view-remove"), view.id)
    except AsnError as error:
        failed(error)
        return
    st.rerun()
