"""Professionalism and reform: the indices of agencies by year, with coverage, bands, ranking and the rules behind them."""

from functools import partial

import streamlit as st

from charts import lines, ranking, stacked
from data_access.access.gateway import reach
from data_access.words import mark as _
from ui import filters
from ui.frame import heading, release
from ui.result import show
from ui.session import language, t, viewer
from ui.topics import profesionalitas as topic
from ui.topics import ranked, rules
from ui.topics.door import Door
from ui.topics.figures import findings

me = viewer("analisis/profesionalitas")
scope = reach(me, topic.DATASET)
held = release().periods(topic.DATASET)

head = st.container()
title, question = (
    t(_("Seberapa profesional instansi?")),
    t(_("Bagaimana nilai dan predikat instansi, seberapa luas penilaiannya, dan bagaimana perubahannya?")),
)
if not held:
    with head:
        heading(title, question)
    topic.nothing_yet()
    st.stop()
period, place = filters.period_and_place(held, scope, key="indices")
with head:
    heading(title, question, reference=period)
index = filters.switch(filters.labels(topic.INDEX, scope), label=t(_("Indeks")), key="indices_index")
door = partial(Door(me, place), dataset=topic.DATASET, indeks=(index,))

sums = door(topic.QUANTITY, periods=held)
known = topic.assessed_in(sums)
if period not in known:
    st.info(t(_("Indeks ini tidak dinilai pada tahun itu. Pilih tahun lain.")), icon=":material/info:")
    st.stop()
bands, obliged = topic.codes(index, period.year), (topic.OBLIGED,)
banded = partial(door, periods=(period,), ukuran=obliged, predikat=bands)
some = topic.of_agencies(banded(topic.BAND))
topic.headline(topic.verdict(sums, period), some, bands[0], period)
findings(topic.sentences(sums, index, period, max((day for day in known if day < period), default=None), language()))

left, right = st.columns(2)
with left:
    show(some, ranking.bars, title=topic.bands_title(some, index, period, language()), key="bands")
with right:
    kinds, noun = topic.of_agencies(banded("jenis_instansi", topic.BAND)), t(_("Predikat menurut jenis instansi"))
    show(kinds, partial(stacked.bars, parts=topic.BAND), title=noun, key="kinds", columns=topic.BAND)

course = door("jenis_instansi", topic.QUANTITY, periods=known)
left, right = st.columns(2)
with left:
    means = topic.mean(course)
    show(means, lines.over_time, title=topic.course_title(means, language()), key="means", columns="jenis_instansi")
with right:
    shares = topic.participation(course) if index == topic.PERSONS else topic.coverage(course)
    told = topic.coverage_title(shares, language())
    show(shares, lines.over_time, title=told, key="coverage", columns="jenis_instansi")

names = {"": t(_("Semua"))} | filters.labels("jenis_instansi", scope)
kind = filters.switch(names, label=t(_("Jenis instansi")), key="indices_kind")
asked = partial(door, jenis_instansi=(kind,)) if kind else door
scores = topic.mean(asked("instansi", topic.QUANTITY, periods=(period,)))
show(scores, ranking.bars, title=topic.best_title(scores, language()), key="ranking")
verdicts = asked("instansi", topic.BAND, periods=(period,), ukuran=(topic.ASSESSED,), predikat=bands)
ranked.show(scores, verdicts)
rules.show(index, period.year)
