"""Letters between both parties, whether they were received, and where each party is reached."""

import streamlit as st

from data_access.access.registering import check_may_read
from data_access.words import mark as _
from ui.agreeing import addresses
from ui.agreeing.places import PAGE_OF
from ui.agreeing.section import registers
from ui.session import t, viewer

me = viewer("kerja_sama/korespondensi")
check_may_read(me)

st.title(t(_("Korespondensi")), anchor=False)
st.markdown(t(_("Surat mana yang sudah diterima pihak lain, dan ke mana surat dialamatkan?")))
addresses.today(me)
registers(me, PAGE_OF["korespondensi"])
