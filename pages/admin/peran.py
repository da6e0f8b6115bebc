"""Who may see what, and why: the matrix of rights as the application applies it; the technical team may see as a role."""

import streamlit as st

from data_access.words import mark as _
from ui import role_matrix, seeing
from ui.session import t, viewer

me = viewer("admin/peran")

st.title(t(_("Siapa boleh melihat apa, dan mengapa?")), anchor=False)
st.markdown(t(_("Disusun dari daftar peran dan kontrak data yang sedang berlaku.")))
seeing.offer(me)
role_matrix.overview()
role_matrix.by_dataset()
role_matrix.by_page()
