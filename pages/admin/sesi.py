"""Who has signed in now, for the administrator: every open session, each of which can be ended."""

import streamlit as st

from data_access.words import mark as _
from ui import session_list
from ui.session import t, viewer

me = viewer("admin/sesi")

st.title(t(_("Siapa yang sedang masuk?")), anchor=False)
st.markdown(t(_("Sesi yang terbuka di semua peramban; yang diakhiri di sini berakhir seketika, dan itu dicatat.")))
session_list.everybody(me)
