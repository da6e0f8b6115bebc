"""Releases and the snapshots they hold: which data were shown when, who published them, and what changed between two."""

import streamlit as st

from data_access.words import mark as _
from ui import comparing, history, serving
from ui.frame import heading
from ui.refreshing import rolling_back
from ui.session import t, viewer

me = viewer("data/riwayat")

heading(t(_("Riwayat rilis")), t(_("Data mana yang disajikan, sejak kapan, dari siapa, dan apa yang berubah?")))
known = history.shelved()
names = [t(_("Snapshot yang disajikan")), t(_("Semua rilis")), t(_("Bandingkan dua rilis"))]
# Tracked, so that an older release is opened only by those who compare.
served, every, two = st.tabs(names, on_change="rerun", key="history_tab")
with served:
    history.snapshots(me, known)
with every:
    turns = serving.turns()
    serving.returned(turns)
    history.releases(known)
    serving.table(turns)
    rolling_back.offer(me, known)
with two:
    if two.open:
        comparing.compare(me, known)
