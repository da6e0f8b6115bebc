"""Where ASN work: persons and persons per 1,000 inhabitants by province, and how agencies of a kind differ."""

from functools import partial

import streamlit as st

from charts import ranking, strip
from data_access.access import derive, measures
from data_access.access.benchmarks import benchmarks
from data_access.access.gateway import reach
from data_access.words import mark as _
from ui import filters, maps
from ui.exploring.view import home
from ui.frame import heading, plain, release
from ui.result import show
from ui.session import language, t, viewer
from ui.topics import sebaran
from ui.topics.door import Door
from ui.topics.figures import framed

DATASET = "pegawai"
PLACE = "provinsi"

me = viewer("analisis/sebaran")
scope = reach(me, DATASET)
held = release().periods(DATASET)
door, nation = Door(me, home(scope)), Door(me, {})  # official national figures are open to every role

head = st.container()
with st.container(horizontal=True):
    period = filters.period(held, key="place_period")
now = (period,)
with head:
    heading(t(_("Di mana ASN bekerja?")), t(_("Menurut provinsi tempat kerja dan menurut instansi.")), reference=period)

persons = door(PLACE, periods=now)
total = measures.total(nation(periods=now), period)
people = benchmarks().population
rate, rates = sebaran.national_rate(total, people), derive.per_thousand(persons, people, PLACE)
left, right = st.columns(2)
with left:
    show(persons, maps.provinces, title=sebaran.persons_title(persons, total, language()), key="persons")
with right:
    density = partial(maps.provinces, against=rate)
    show(rates, density, title=sebaran.rate_title(rates, rate, language()), key="rates")
st.caption(t(_("Penduduk: {source}."), source=plain(benchmarks().told(language()))))
provisional = sebaran.provisional(filters.labels(PLACE, scope))
if provisional:
    st.caption(t(_("Angka sementara: ASN per 1.000 penduduk di {places}."), places=", ".join(provisional)))

left, right = st.columns(2)
with left:
    bars = partial(ranking.bars, top=None, line=None if rate is None else (rate, t(_("Nasional"))))
    show(rates, bars, title=sebaran.spread_title(rates, language()), key="ranking")
with right:
    ways = {sebaran.WOMEN: t(_("Perempuan")), sebaran.AGE: t(_("Umur rata-rata"))}
    what = filters.switch(ways, label=t(_("Bandingkan provinsi menurut")), key="place_measure")
    with framed(ways[what]):
        crossed = sebaran.CROSSED[what]
        by_place = sebaran.derived(door(PLACE, crossed, periods=now), what)
        against = partial(maps.provinces, against=sebaran.national(nation(crossed, periods=now), what, period))
        show(by_place, against, title=sebaran.compared_title(by_place, what, language()), key="by_place")

    kinds = filters.labels(sebaran.KIND, scope)
    kind = filters.one_of(t(_("Jenis instansi")), list(kinds), kinds.__getitem__, key="place_kind")
    agencies = sebaran.agencies(filters.labels(sebaran.AGENCY, scope), kind)
    chosen = filters.one_of(t(_("Tandai instansi")), list(agencies), agencies.__getitem__, key="place_agency")
    ways = {sebaran.SIZE: t(_("Jumlah ASN")), sebaran.WOMEN: t(_("Perempuan"))}
    shown = filters.switch(ways, label=t(_("Ukuran")), key="place_shown")
    with framed(kinds[kind]):
        by = (sebaran.AGENCY,) if shown == sebaran.SIZE else (sebaran.AGENCY, "jenis_kelamin")
        spread = door(*by, periods=now, jenis_instansi=(kind,))
        spread = spread if shown == sebaran.SIZE else sebaran.derived(spread, sebaran.WOMEN)
        told = sebaran.agencies_title(spread, chosen, kinds[kind], language())
        show(spread, partial(strip.distribution, chosen=chosen), title=told, key="strip")
