"""How the other party uses the own party's data: what is worth a question, then when, who, and what for."""

import streamlit as st

from data_access.access.watching import watched
from data_access.words import mark as _
from ui.session import t, viewer
from ui.watching import choosing, course, suspicious, tables

me = viewer("kerja_sama/pemantauan")

st.title(t(_("Bagaimana pihak lain memakai data kita?")), anchor=False)
st.markdown(
    t(_("Hak memantau menurut Pasal 3 ayat (1) huruf c dan ayat (3) huruf c. Melihat halaman ini pun dicatat."))
)
days = choosing.days(me)
if days is None:
    st.info(t(_("Belum ada penggunaan data pihak Anda oleh pihak lain.")), icon=":material/visibility_off:")
    st.stop()
found = watched(me, *days)
suspicious.show(found.patterns)
course.headline(found.use)
course.over_time(found.use)
tables.by_whom(found.use)
tables.files(found.use)
tables.refused(found.use)
