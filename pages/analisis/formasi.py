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
from ui.topics.door import Door
from ui.topics.figures import figure, findings, tried

AGENCIES = 15

me = viewer("analisis/formasi")
scope = reach(me, topic.DATASET)
held = release().periods(topic.DATASET)

head = st.container()
title, question = (
    t(_("Apakah formasi terisi?")),
    t(_("Berapa formasi dibutuhkan, ditetapkan, dan terisi, dan di mana yang tetap kosong?")),
)
if not held:
    with head:
        heading(title, question)
    topic.nothing_yet()
    st.stop()
period, place = filters.period_and_place(held, scope, key="posts")
with head:
    heading(title, question, reference=period)
names = topic.kinds(filters.labels(topic.KIND, scope))
kind = filters.switch(names, label=t(_("Jenis pengadaan")), key="posts_kind")
before = max((day for day in held if day < period), default=None)
door = partial(Door(me, place | ({topic.KIND: (kind,)} if kind else {})), dataset=topic.DATASET)
now, rated = (period,), (topic.APPROVED, topic.TAKEN)

stages = door(topic.STAGE, periods=filters.until(held, period))
topic.headline(stages, period, before)
groups = tried(partial(door, topic.STAGE, "kelompok_jabatan", periods=now, tahap=rated))
findings(topic.sentences(stages, groups, period, before, language()))

left, right = st.columns(2)
with left:
    told = topic.funnel_title(stages, period, language())
    posts = derive.only(stages, topic.STAGE, topic.POSTS)
    show(posts, partial(ranking.bars, period=period), title=told, key="funnel", columns=topic.STAGE)
with right:
    course = partial(door, topic.STAGE, periods=held, tahap=topic.POSTS)
    figure(course, lines.over_time, noun=t(_("Formasi tiap tahap dari tahun ke tahun")), key="course")

left, right = st.columns(2)
asked = partial(door, topic.STAGE, periods=now, tahap=rated)
for column, level, noun in (
    (left, "kelompok_jabatan", t(_("Keterisian menurut kelompok jabatan"))),
    (right, "jenis_instansi", t(_("Keterisian menurut jenis instansi"))),
):
    with column:
        rates = topic.of(partial(asked, level), topic.filled)
        figure(rates, ranking.bars, noun=noun, title=topic.rate_title(noun, language()), key=level)

left, right = st.columns(2)
with left:
    noun = t(_("Formasi kosong menurut instansi"))
    unfilled = topic.of(partial(asked, "instansi"), topic.unfilled)
    bars = partial(ranking.bars, top=AGENCIES)
    figure(unfilled, bars, noun=noun, title=topic.open_title(noun, language()), key="agencies")
with right:
    noun = t(_("Keterisian menurut provinsi penempatan"))
    wider = Door(me, home(scope) | ({topic.KIND: (kind,)} if kind else {}))
    places = partial(wider, topic.STAGE, "provinsi", dataset=topic.DATASET, periods=now, tahap=rated)
    rates = topic.of(places, topic.filled)
    figure(rates, maps.provinces, noun=noun, title=topic.rate_title(noun, language()), key="places")

if not kind:
    years = partial(door, topic.STAGE, topic.KIND, periods=held, tahap=rated)
    noun = t(_("Keterisian tiap jenis pengadaan dari tahun ke tahun"))
    finding = partial(topic.course_title, language=language())
    figure(topic.of(years, topic.filled), lines.over_time, noun=noun, title=finding, key="kinds")
