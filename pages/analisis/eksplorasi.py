"""Any level by any other: rows × columns × filters × dates × measure, as chart and table. The address holds the whole view."""

import streamlit as st

from data_access.access.gateway import reach
from data_access.words import mark as _
from ui.exploring import choosers, figure, toolbar
from ui.frame import heading
from ui.session import t, viewer

me = viewer("analisis/eksplorasi")
head = st.container()
scope = reach(me, toolbar.dataset(me))
lattice = toolbar.lattice(scope.dataset)
view = choosers.choose(scope, lattice)
with head:
    question = t(_("Silangkan dimensi apa pun: pilih baris, kolom, saringan, tanggal acuan, dan ukuran."))
    heading(t(_("Eksplorasi")), question, reference=max(view.periods, default=None))
    toolbar.show(me, view)
figure.chips(view, scope)
figure.show(me, view, scope, lattice)
