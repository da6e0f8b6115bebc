"""What one party asks of the other: more data, help, or consent to give data to somebody else."""

import streamlit as st

from data_access.access.registering import check_may_read
from data_access.words import mark as _
from ui.agreeing import assistance
from ui.agreeing.places import PAGE_OF
from ui.agreeing.section import registers
from ui.session import t, viewer

me = viewer("kerja_sama/permintaan")
check_may_read(me)

st.title(t(_("Permintaan")), anchor=False)
st.markdown(t(_("Apa yang diminta satu pihak dari pihak lain, sampai di mana, dan berapa lama jawabannya?")))
registers(me, PAGE_OF["permintaan"], {"pendampingan": assistance.more})
