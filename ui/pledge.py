"""The confidentiality statement on the screen: its points, and the consent that opens the data."""

import streamlit as st

from data_access.access.viewer import Viewer
from data_access.governance import statements
from data_access.settings import settings
from data_access.state import engine
from data_access.words import mark as _
from ui.session import audit_key, event, language, t


def accept_form(viewer: Viewer) -> None:
    """The text in force and its consent; afterwards the page that was asked for is run anew."""
    text = statements.statement()
    st.title(text.title.text(language()), anchor=False)
    told = _(
        "Sebelum melihat data, bacalah dan setujui pernyataan ini. Persetujuan Anda dicatat dengan nama, versi, dan waktunya."
    )
    st.markdown(t(told))
    with st.container(border=True):
        st.markdown("\n".join(f"{place}. {point.text(language())}" for place, point in enumerate(text.points, 1)))
        st.caption(t(_("Pasal 3 ayat (2) e dan (4) e, Pasal 9 ayat (5). Versi {version}."), version=text.version))
    with st.form(f"pledge_{text.sha256}", border=False):
        agreed = st.checkbox(
            t(_("Saya, {name}, telah membaca pernyataan ini dan menyetujuinya."), name=viewer.full_name),
            key=f"pledge_agreed_{text.sha256}",  # to these words; others are asked for anew
        )
        sent = st.form_submit_button(t(_("Setujui")), type="primary", icon=":material/verified_user:")
    if not sent:
        return
    if not agreed:
        st.warning(t(_("Beri tanda bahwa Anda telah membaca dan menyetujuinya.")))
        return
    statements.accept(engine(settings().state), audit_key(), event(viewer, "statement-accept"), text)
    st.rerun()
