"""The retirement wave: who reaches the retirement age when and where, and what drafts of rules would make of it."""

from functools import partial

import streamlit as st

from charts import columns, ranking, tiles
from data_access.access import derive
from data_access.access.gateway import reach
from data_access.words import mark as _
from ui import filters
from ui.exploring.view import home
from ui.frame import heading, release
from ui.result import show
from ui.retiring import workshop
from ui.session import language, t, viewer
from ui.topics import pensiun, terms
from ui.topics.door import Door
from ui.topics.figures import findings, framed, tried

DATASET = "pegawai"
AGENCIES = 12

me = viewer("analisis/pensiun")
scope = reach(me, DATASET)
held = release().periods(DATASET)

head = st.container()
with st.container(horizontal=True):
    period = filters.period(held, key="retiring_period")
    place = filters.place(scope, key="retiring_place")
    agency = filters.agency(scope, key="retiring_agency")
    span = filters.switch(pensiun.spans(), label=t(_("Jangka waktu")), key="retiring_span")
with head:
    question = t(_("Berapa yang mencapai batas usia pensiun, di mana, dan apa akibat aturan yang lain?"))
    heading(t(_("Siapa yang pensiun, dan kapan?")), question, reference=period)
now, years = (period,), terms.years_ahead(period, int(span))
door, agencies, everywhere = Door(me, place | agency), Door(me, place), Door(me, home(scope))

with framed(t(_("Mencapai batas usia pensiun per tahun"))):
    by_year = door(pensiun.YEAR, periods=now)
    split = partial(door, pensiun.GROUP, pensiun.YEAR, periods=now)  # not of every place and role
    findings(pensiun.sentences(by_year, tried(split), door(pensiun.GROUP, periods=now), language()))
    by = filters.switch(pensiun.splits(), label=t(_("Dirinci menurut")), key="retiring_split")
    shown = tried(partial(door, by, pensiun.YEAR, periods=now, tahun_bup=years)) or door(
        pensiun.YEAR, periods=now, tahun_bup=years
    )
    title = pensiun.wave_title(by_year, years, language())
    show(shown, columns.by_year, title=title, key="wave", columns=pensiun.YEAR)

left, right = st.columns(2)
with left, framed(t(_("Mencapai BUP menurut provinsi"))):
    due = everywhere("provinsi", periods=now, tahun_bup=years)
    shares = derive.share_of(due, everywhere("provinsi", periods=now), label=pensiun.label(years))
    title = pensiun.share_title(shares, years, t(_("provinsi")), language())
    show(shares, tiles.provinces, title=title, key="places")
with right, framed(t(_("Mencapai BUP menurut instansi"))):
    due, whole = agencies("instansi", periods=now, tahun_bup=years), agencies("instansi", periods=now)
    large = pensiun.large(whole)
    shares = derive.share_of(derive.only(due, "instansi", large), whole, label=pensiun.label(years))
    title = pensiun.share_title(shares, years, t(_("instansi")), language())
    show(shares, partial(ranking.bars, top=AGENCIES), title=title, key="agencies")
    st.caption(t(_("Instansi dengan paling sedikit {least} ASN."), least=pensiun.LARGE))

workshop.open_for(me, place | agency, period)
