"""The national summary: how many, who, where, what has changed, who leaves and who leads, on one page."""

from functools import partial

import streamlit as st

from charts import columns, lines, pyramid, ranking
from data_access.access import measures
from data_access.access.gateway import reach
from data_access.errors import AsnError
from data_access.words import mark as _
from ui import filters, headline, maps
from ui.agreeing.todo import due_list
from ui.frame import heading, release
from ui.result import show
from ui.session import language, t, viewer
from ui.topics import kepemimpinan, nasional, pensiun, terms
from ui.topics.changes import Facts
from ui.topics.door import Door
from ui.topics.figures import findings, tried
from ui.topics.headlines import contracts_title, most_title
from ui.topics.komposisi import age_title
from ui.topics.sebaran import persons_title

DATASET = "pegawai"
AGENCIES = 12

me = viewer("ringkasan/nasional")
try:
    scope = reach(me, DATASET)
except AsnError:
    due_list(me)  # what waits is needed most while nothing is open
    raise
held = release().periods(DATASET)

head = st.container()
period, place = filters.period_and_place(held, scope, key="summary")
before = max((day for day in held if day < period), default=None)
both = (before, period) if before else (period,)
door = Door(me, place)
one_province = len(place.get("provinsi", ())) == 1
where = filters.place_name(place, scope)
title = t(_("Ringkasan ASN: {place}"), place=where) if where else t(_("Ringkasan ASN nasional"))
with head:
    heading(title, t(_("Berapa jumlah ASN, siapa mereka, dan di mana mereka bekerja?")), reference=period)

asked = headline.asked(me, place=place, held=filters.until(held, period))
headline.figures(asked, period)
due_list(me)

provinces = door("provinsi", periods=both)
moved = nasional.flows(door, period, before)
facts = Facts(asked.status, asked.sex, asked.leaving, None if one_province else provinces, moved)
base = filters.base(place, scope)
nasional.what_changed(facts, period, before, base)

left, right = st.columns(2)
with left:
    show(asked.status, lines.over_time, title=contracts_title(asked.status, base, language()), key="status")
with right:
    ages = door("umur_5", "jenis_kelamin", periods=both)
    told = age_title(ages, period, before, language())
    show(ages, pyramid.age_sex, title=told, key="pyramid", columns="jenis_kelamin")
left, right = st.columns(2)
with left:
    total = None if place else measures.total(asked.status, period)
    told = persons_title(provinces, total, language())
    show(provinces, partial(maps.provinces, period=period), title=told, key="map")
with right:
    agencies = door("instansi", periods=(period,))
    told = most_title(agencies, t(_("Instansi terbesar")), language())
    show(agencies, partial(ranking.bars, top=AGENCIES), title=told, key="agencies")
nasional.posts(door, period)
now, years = (period,), terms.years_ahead(period, terms.LATER)
by_year, groups = door(pensiun.YEAR, periods=now), door(pensiun.GROUP, periods=now)
split = partial(door, pensiun.GROUP, pensiun.YEAR, periods=now)  # not of every place
findings(pensiun.sentences(by_year, tried(split), groups, language()), t(_("Gelombang pensiun")))
left, right = st.columns(2)
with left:
    waves = tried(partial(split, tahun_bup=years))
    leaving = door(pensiun.YEAR, periods=now, tahun_bup=years) if waves is None else waves
    told = pensiun.wave_title(by_year, years, language())
    show(leaving, columns.by_year, title=told, key="leaving", columns=pensiun.YEAR)
with right:
    senior = kepemimpinan.SENIOR
    leading = terms.women(door(kepemimpinan.LEVEL, terms.SEX, periods=now, jenjang=senior))
    bars = partial(ranking.bars, line=kepemimpinan.line("jpt", language()))
    told = kepemimpinan.title(leading, senior[::-1], period, language())
    show(leading, bars, title=told, key="women")
