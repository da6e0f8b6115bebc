"""Releases and the snapshots they hold: which data were shown when, and who published them."""

import streamlit as st

from data_access.words import mark as _
from ui import history
from ui.frame import heading
from ui.session import t, viewer

me = viewer("data/riwayat")

heading(t(_("Riwayat rilis")), t(_("Data mana yang disajikan, sejak kapan, dan siapa yang menerbitkannya?")))
served, rest = st.tabs([t(_("Snapshot yang disajikan")), t(_("Semua rilis"))])
with served:
    history.snapshots(me)
with rest:
    history.releases()
