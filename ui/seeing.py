"""Seeing as another role: how it begins and ends, and the marks that tell of it in the side bar and above every page."""

import streamlit as st

from data_access.access.roles import role, roles
from data_access.access.seen_as import begun, ended, may_see_as, real_and_seen
from data_access.access.viewer import Viewer
from data_access.words import mark as _
from ui import filters
from ui.session import SEEN_AS, language, t


def offer(viewer: Viewer) -> None:
    """A choice of roles for whoever may see as another one; nothing for others."""
    names = [name for name in roles().roles if may_see_as(viewer, name)]
    if not names:
        return
    with st.container(border=True, key="see_as"):
        st.markdown(
            f"**{t(_('Lihat sebagai peran lain'))}**  \n{t(_('Untuk memeriksa apa yang ditemui suatu peran.'))}"
        )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            chosen = filters.one_of(
                t(_("Peran")), names, lambda name: role(name).label.text(language()), key="see_as_role"
            )
            if st.button(t(_("Lihat sebagai peran ini")), icon=":material/visibility:", key="seeing_begin"):
                begin(viewer, chosen)
        st.caption(
            t(_("Data tetap dibatasi pada hak Anda sendiri; unduhan dan perubahan ditutup; dicatat dalam audit."))
        )


def begin(viewer: Viewer, name: str) -> None:
    """From the next run on this tab is seen as the role; recorded. Refused for a role that may not be seen as."""
    begun(viewer, name)
    st.session_state[SEEN_AS] = name
    st.rerun()


def banner(viewer: Viewer) -> None:
    """Nothing for a viewer who sees as itself; else which role is seen, what is left out, and the way back."""
    _real, seen = real_and_seen(viewer.role_name)
    if not seen:
        return
    name = role(seen).label.text(language())
    with st.sidebar:
        st.badge(t(_("Melihat sebagai {role}"), role=name), icon=":material/visibility:", color="orange")
    with st.container(border=True, key="seeing_as"):
        told = _(
            "**Anda melihat aplikasi sebagai {role}.** Data dibatasi pada yang boleh dilihat kedua peran; unduhan dan "
            "perubahan ditutup. Setiap langkah dicatat atas nama Anda."
        )
        st.markdown(f":material/visibility: {t(told, role=name)}")
        # Not as a callback: one that fails is outside `guarded`.
        if st.button(t(_("Kembali ke peran sendiri")), icon=":material/undo:", key="seeing_back", type="primary"):
            ended(viewer)
            del st.session_state[SEEN_AS]
            st.rerun()
