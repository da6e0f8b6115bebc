"""Own account: rights with their reasons, the agreement's state, sessions, password, second factor."""

import streamlit as st

from data_access.words import mark as _
from ui import account, own_rights, second_factor
from ui.session import t, viewer

me = viewer("akun/profil")

st.title(t(_("Profil dan hak akses")), anchor=False)
st.markdown(t(_("Apa yang boleh Anda lihat, mengapa, dan di mana Anda sedang masuk.")))
account.identity(me)
rights, sessions, password, factor = st.tabs(
    [t(_("Hak akses")), t(_("Sesi")), t(_("Kata sandi")), t(_("Faktor kedua"))]
)
with rights:
    own_rights.show(me)
with sessions:
    account.sessions_list(me)
with password:
    account.password_form(me)
with factor:
    second_factor.in_profile(me)
