"""The agreement's life: where it stands today, what it opens to whom, and the documents that change it."""

import streamlit as st

from data_access.access.registering import check_may_read
from data_access.words import mark as _
from ui.agreeing import life
from ui.agreeing.places import PAGE_OF
from ui.agreeing.section import registers
from ui.agreeing.todo import due_list
from ui.session import t, viewer

me = viewer("kerja_sama/perjanjian")
check_may_read(me)

st.title(t(_("Perjanjian")), anchor=False)
st.markdown(t(_("Sampai kapan perjanjian berlaku, apa yang dibukanya bagi siapa, dan dokumen apa yang mengubahnya?")))
life.stage_today(me)
due_list(me, opened=True)
with st.expander(t(_("Masa berlaku dan hak akses")), icon=":material/key:"):
    life.periods(me)
    life.grants(me)
registers(me, PAGE_OF["perjanjian"])
