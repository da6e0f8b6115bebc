"""Who the ASN are: status, age, position and education, for the country or one province."""

from functools import partial

import streamlit as st

from charts import heatmap, pyramid, ranking, stacked, treemap
from data_access.access import derive, measures
from data_access.access.gateway import ask, reach
from data_access.access.query import Query
from data_access.words import mark as _
from ui import filters
from ui.frame import heading, release
from ui.result import show
from ui.session import language, t, viewer
from ui.topics import komposisi
from ui.topics.door import Door
from ui.topics.figures import framed

DATASET = "pegawai"

me = viewer("analisis/komposisi")
scope = reach(me, DATASET)
held = release().periods(DATASET)
names = filters.level_names(scope)

head = st.container()
with st.container(horizontal=True):
    level = filters.level(scope, komposisi.LEVELS, label=t(_("Menurut")), key="composition_level")
    period = filters.period(held, key="composition_period")
    place = filters.place(scope, key="composition_place")
door = Door(me, place)
now = (period,)
before = filters.year_before(period, held)
where = filters.place_name(place, scope)
title = t(_("Siapa ASN di {place}?"), place=where) if where else t(_("Siapa ASN Indonesia?"))
with head:
    heading(title, t(_("Susunan ASN menurut status, umur, jabatan, dan pendidikan.")), reference=period)

left, right = st.columns(2)
with left, framed(t(_("Status ASN"))):
    parts = door(level, "status", periods=now)
    show(parts, stacked.bars, title=komposisi.status_title(parts, language()), key="parts", columns="status")
with right, framed(t(_("Umur dan jenis kelamin"))):
    ages = door("umur_5", "jenis_kelamin", periods=(before, period) if before else now)
    told = komposisi.age_title(ages, period, before, language())
    show(ages, pyramid.age_sex, title=told, key="ages", columns="jenis_kelamin")

left, right = st.columns(2)
with left, framed(t(_("Kelompok jabatan"))):
    every = door(periods=now)
    groups = derive.share_of(door("kelompok_jabatan", periods=now), every)
    told = komposisi.group_title(groups, measures.total(every, period), language())
    show(groups, treemap.areas, title=told, key="groups")
with right, framed(t(_("Umur rata-rata"))):
    means = derive.mean(
        door(komposisi.aged_level(level), komposisi.AGE, periods=now), komposisi.AGE, label=komposisi.MEAN_AGE
    )
    # Official national figures are open to every role.
    nation = measures.mean(ask(me, Query(DATASET, by=(komposisi.AGE,), periods=now)), komposisi.AGE, period)
    line = None if nation is None else (nation, t(_("Rata-rata nasional")))
    show(means, partial(ranking.bars, line=line), title=komposisi.mean_title(means, language()), key="means")

options = {name: names[name] for name in komposisi.WITHIN if name in names}
within = filters.switch(options, label=t(_("Silangkan jenis jabatan dengan")), key="composition_within")
told = komposisi.within_title(within, language())
with framed(told):
    shares = derive.share_of(door(within, "jenis_jabatan", periods=now), door("jenis_jabatan", periods=now))
    told = komposisi.cell_title(shares, within, language())
    show(shares, heatmap.grid, title=told, key="within", columns="jenis_jabatan")
