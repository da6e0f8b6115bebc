"""Whoever has a one-time password comes here first, and to no other page before it is replaced."""

import streamlit as st

from data_access.words import mark as _
from ui import account
from ui.session import signed_in, t

me = signed_in()
if me.first != "password":
    st.stop()

st.title(t(_("Ganti kata sandi sekali pakai")), anchor=False)
st.markdown(
    t(_("Kata sandi Anda dibuatkan orang lain. Gantilah dengan yang hanya Anda ketahui; setelah itu halaman terbuka."))
)
st.caption(t(_("12 sampai 72 karakter, misalnya beberapa kata acak.")))
account.password_form(me)
