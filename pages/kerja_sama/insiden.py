"""Incidents with their clock of 3 x 24 hours, and force majeure with what rests because of it."""

import streamlit as st

from data_access.access.registering import check_may_read
from data_access.words import mark as _
from ui.agreeing import incident
from ui.agreeing.places import PAGE_OF
from ui.agreeing.section import registers
from ui.session import t, viewer

me = viewer("kerja_sama/insiden")
check_may_read(me)

st.title(t(_("Insiden dan keadaan kahar")), anchor=False)
st.markdown(t(_("Apa yang terjadi, data apa yang terkait, dan kapan paling lambat harus diberitahukan?")))
registers(me, PAGE_OF["insiden"], {"insiden": incident.more})
