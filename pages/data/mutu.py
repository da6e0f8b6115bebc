"""The quality of the snapshots: six judgements of one date, and what stands behind each of them."""

import streamlit as st

from data_access.words import mark as _
from ui import filters
from ui.frame import heading, release
from ui.quality import cards, facts, matching, moving, records, timing
from ui.session import t, viewer

me = viewer("data/mutu")
held = release().periods(facts.DATASET)

head = st.container()
period = filters.period(held, key="quality_period")
with head:
    heading(
        t(_("Mutu data: dapatkah snapshot ini diandalkan?")),
        t(_("Enam penilaian per tanggal acuan, lalu rinciannya.")),
        reference=period,
    )
known = facts.gathered(me, period)
cards.show(known)

names = [_("Kelengkapan"), _("Validitas"), _("Konsistensi"), _("Ketepatan waktu"), _("Perubahan"), _("Kecocokan")]
# Tracked, so that only what is looked at is asked for.
complete, valid, consistent, timely, moved, matched = st.tabs(
    [t(name) for name in names], on_change="rerun", key="quality_tab"
)
for tab, dimension in ((complete, "kelengkapan"), (valid, "validitas"), (consistent, "konsistensi")):
    if tab.open:
        with tab:
            records.show(known, dimension)
if timely.open:
    with timely:
        timing.show(known)
if moved.open:
    with moved:
        moving.show(known)
if matched.open:
    with matched:
        matching.show(known)
