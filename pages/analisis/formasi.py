"""Posts: how many are needed, approved and filled in a year of recruitment, by job, kind of agency, agency and place."""

from functools import partial

import streamlit as st

from charts import lines, ranking
from data_access.access import derive
from data_access.access.gateway import reach
from data_access.words import mark as _
from ui import filters, maps
from ui.exploring.view import home
from ui.frame import heading, release
from ui.result import show
from ui.session import language, t, viewer
from ui.topics import formasi as topic
from ui.topics import formasi_cards
from ui.topics.door import Door
from ui.topics.figures import figure, findings, tried

AGENCIES = 15

me = viewer("analisis/formasi")
scope = reach(me, topic.DATASET)
held = release().periods(topic.DATASET)

head = st.container()
title = t(_("Apakah formasi terisi?"))
question = t(_("Berapa formasi dibutuhkan, ditetapkan, dan terisi, dan di mana yang tetap kosong?"))
if not held:
    heading(title, question)
    topic.nothing_yet()
    st.stop()
period, place = filters.period_and_place(held, scope, key="posts")
with head:
    heading(title, question, reference=period)
kind = filters.switch(topic.kinds(filters.labels(topic.KIND, scope)), label=t(_("Jenis pengadaan")), key="posts_kind")
chosen = {topic.KIND: (kind,)} if kind else {}
door = partial(Door(me, place | chosen), dataset=topic.DATASET)
now, rated = (period,), (topic.APPROVED, topic.TAKEN)

stages = door(topic.STAGE, periods=filters.until(held, period))
before = max((day for day in stages.source.periods if day < period), default=None)
formasi_cards.show(stages, period, before)
groups = tried(partial(door, topic.STAGE, "kelompok_jabatan", periods=now, tahap=rated))
findings(topic.sentences(stages, groups, period, before, language()))

left, right = st.columns(2)
with left:
    posts, found = derive.only(stages, topic.STAGE, topic.POSTS), topic.funnel_title(stages, period, language())
    show(posts, partial(ranking.bars, period=period), title=found, key="funnel", columns=topic.STAGE)
with right:
    course = partial(door, topic.STAGE, periods=held, tahap=topic.POSTS)
    figure(course, lines.over_time, noun=t(_("Formasi tiap tahap dari tahun ke tahun")), key="course")

asked = partial(door, topic.STAGE, periods=now, tahap=rated)
nouns = {
    "kelompok_jabatan": t(_("Keterisian menurut kelompok jabatan")),
    "jenis_instansi": t(_("Keterisian menurut jenis instansi")),
}
for column, (level, noun) in zip(st.columns(2), nouns.items(), strict=True):
    with column:
        rates, told = topic.of(partial(asked, level), topic.filled), topic.rate_title(noun, language())
        figure(rates, ranking.bars, noun=noun, title=told, key=level)

left, right = st.columns(2)
with left:
    noun, unfilled = t(_("Formasi kosong menurut instansi")), topic.of(partial(asked, "instansi"), topic.unfilled)
    bars, told = partial(ranking.bars, top=AGENCIES), topic.open_title(noun, language())
    figure(unfilled, bars, noun=noun, title=told, key="agencies")
with right:
    noun, wider = t(_("Keterisian menurut provinsi penempatan")), Door(me, home(scope) | chosen)
    places = partial(wider, topic.STAGE, "provinsi", dataset=topic.DATASET, periods=now, tahap=rated)
    rates, told = topic.of(places, topic.filled), topic.rate_title(noun, language())
    figure(rates, maps.provinces, noun=noun, title=told, key="places")

if not kind:
    years = topic.of(partial(door, topic.STAGE, topic.KIND, periods=held, tahap=rated), topic.filled)
    noun, told = topic.course_noun(language()), partial(topic.course_title, language=language())
    figure(years, lines.over_time, noun=noun, title=told, key="kinds")
