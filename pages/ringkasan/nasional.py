"""The national summary: how many, who and where, on one page."""

from functools import partial

import streamlit as st

from charts import lines, pyramid, ranking, tiles
from data_access.access.gateway import ask, reach
from data_access.access.query import Query
from data_access.access.result import Protected
from data_access.words import mark as _
from ui import filters, headline
from ui.frame import heading, release
from ui.result import show
from ui.session import t, viewer

DATASET = "pegawai"
AGENCIES = 12

me = viewer("ringkasan/nasional")
scope = reach(me, DATASET)
held = release().periods(DATASET)

head = st.container()
with st.container(horizontal=True):
    period = filters.period(held, key="summary_period")
    place = filters.place(scope, key="summary_place")
where = filters.place_name(place, scope)
title = t(_("Ringkasan ASN: {place}"), place=where) if where else t(_("Ringkasan ASN nasional"))
with head:
    heading(title, t(_("Berapa jumlah ASN, siapa mereka, dan di mana mereka bekerja?")), reference=period)


def asked(*by: str, all_periods: bool = False) -> Protected:
    return ask(me, Query(DATASET, by=by, where=place, periods=held if all_periods else (period,)))


headline.figures(me, place=place, period=period, held=held)

left, right = st.columns(2)
with left:
    show(
        asked("status", all_periods=True), lines.over_time, title=t(_("PNS dan PPPK dari waktu ke waktu")), key="status"
    )
with right:
    show(asked("umur_5", "jenis_kelamin"), pyramid.age_sex, title=t(_("Umur dan jenis kelamin")), key="pyramid")
left, right = st.columns(2)
with left:
    show(asked("provinsi"), tiles.provinces, title=t(_("Jumlah ASN menurut provinsi tempat kerja")), key="map")
with right:
    show(asked("instansi"), partial(ranking.bars, top=AGENCIES), title=t(_("Instansi terbesar")), key="agencies")
