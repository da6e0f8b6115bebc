"""Half-yearly evaluation, minutes of coordination, and what was decided there."""

import streamlit as st

from data_access.access.registering import check_may_read
from data_access.words import mark as _
from ui.agreeing import evaluation
from ui.agreeing.places import PAGE_OF
from ui.agreeing.section import registers
from ui.session import t, viewer

me = viewer("kerja_sama/evaluasi")
check_may_read(me)

st.title(t(_("Evaluasi dan koordinasi")), anchor=False)
st.markdown(t(_("Semester mana yang sudah dievaluasi, apa hasilnya, dan apa tindak lanjutnya?")))
evaluation.list_of_half_years(me)
registers(me, PAGE_OF["evaluasi"], {"evaluasi": evaluation.report})
