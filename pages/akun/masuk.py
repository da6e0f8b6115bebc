"""Sign in. The only page without a viewer."""

import streamlit as st

from data_access.words import mark as _
from ui.frame import PRODUCT
from ui.session import NOTICE, farewell, language_switch, t
from ui.sign_in import form

left, middle, right = st.columns([1, 1.4, 1])
with middle:
    st.title(t(PRODUCT), anchor=False)
    st.markdown(t(_("Statistik ASN untuk penyusunan kebijakan nasional – pertukaran data KemenPANRB dan BKN.")))
    if notice := st.session_state.get(NOTICE) or farewell():
        st.info(notice, icon=":material/info:")
    form()
    st.caption(
        t(_("Akses terbatas menurut Perjanjian Kerja Sama 14/KS.00/2022 dan 3/HM.04.01/2022. Pemakaian dicatat."))
    )
    language_switch()
