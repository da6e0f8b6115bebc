"""Professionalism and reform: the indices of agencies by year, with coverage, bands, ranking and the rules behind them."""

from functools import partial

import streamlit as st

from charts import lines, ranking, stacked
from data_access.access import derive
from data_access.access.gateway import reach
from data_access.words import mark as _
from reports import tabular
from ui import filters
from ui.downloading import Offer
from ui.frame import heading, release
from ui.result import notes, show
from ui.session import language, t, viewer
from ui.topics import profesionalitas as topic
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
before = max((day for day in known if day < period), default=None)
verdict, earlier = topic.verdict(sums, period), topic.verdict(sums, before) if before else None
now, bands = (period,), topic.codes(index, period.year)
some = derive.in_units(door(topic.BAND, periods=now, ukuran=(topic.OBLIGED,), predikat=bands), topic.AGENCIES)
best = filters.labels(topic.BAND, scope)[bands[0]]
topic.headline(verdict, best, topic.count(some, bands[0], period))
years = (period.year, before.year if before else None)
findings(topic.sentences(verdict, earlier, index, years, language()))

left, right = st.columns(2)
with left:
    told = topic.bands_title(some, index, period, language())
    show(some, ranking.bars, title=told, key="bands")
with right:
    kinds = door("jenis_instansi", topic.BAND, periods=now, ukuran=(topic.OBLIGED,), predikat=bands)
    kinds = derive.in_units(kinds, topic.AGENCIES)
    show(
        kinds,
        partial(stacked.bars, parts=topic.BAND),
        title=t(_("Predikat menurut jenis instansi")),
        key="kinds",
        columns=topic.BAND,
    )

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
asked = door if not kind else partial(door, jenis_instansi=(kind,))
scores = topic.mean(asked("instansi", topic.QUANTITY, periods=now))
told = topic.best_title(scores, language())
show(scores, ranking.bars, title=told, key="ranking")
verdicts = asked("instansi", topic.BAND, periods=now, ukuran=(topic.ASSESSED,), predikat=bands)
with st.container(border=True, key="figure_ranked"):
    noun = t(_("Peringkat dan predikat setiap instansi"))
    st.subheader(noun, anchor=False)
    table = topic.ranked(scores, verdicts, noun, language())
    st.dataframe(tabular.frame(table), hide_index=True, key="ranked")
    notes(scores, Offer("ranked", noun, (scores, verdicts), lambda: table))
topic.rules(index, period.year)
