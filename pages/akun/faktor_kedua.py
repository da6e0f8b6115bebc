"""Whoever must have a second factor sets it up here; and new recovery codes are shown here, this once."""

import streamlit as st

from data_access.words import mark as _
from ui import second_factor
from ui.session import signed_in, t

me = signed_in()
if second_factor.codes_wait():
    st.title(t(_("Kode pemulihan")), anchor=False)
    second_factor.show_codes()
elif me.first == "second-factor":
    st.title(t(_("Siapkan faktor kedua")), anchor=False)
    st.markdown(
        t(_("Peran Anda memerlukan faktor kedua: selain kata sandi, kode dari ponsel Anda pada setiap kali masuk."))
    )
    second_factor.setting_up(me)
