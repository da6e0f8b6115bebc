"""Any level by any other: rows × columns × filters × dates, as chart and table. The address holds the whole view."""

import streamlit as st

from data_access.access.gateway import ask, reach
from data_access.words import mark as _
from ui import explorer
from ui.frame import heading, release
from ui.result import show_choosable
from ui.session import t, viewer

me = viewer("analisis/eksplorasi")
scope = reach(me, explorer.DATASET)
held = release().periods(explorer.DATASET)

head = st.container()
view = explorer.choose(scope, held)
with head:
    question = t(_("Silangkan dimensi apa pun: pilih baris, kolom, saringan, dan tanggal acuan."))
    heading(t(_("Eksplorasi")), question, reference=max(view.periods, default=None))
explorer.chips(view, scope)
result = ask(me, view.query())
show_choosable(result, title=explorer.title(view, scope), columns=view.columns, key=explorer.CHART_KEY)
