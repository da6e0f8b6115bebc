"""How number and make-up of the ASN change: over all dates, between two of them, and by agency."""

from functools import partial

import streamlit as st

from charts import dumbbell, lines, multiples, ranking
from data_access.access import derive
from data_access.access.gateway import reach
from data_access.words import mark as _
from ui import filters
from ui.frame import heading, release
from ui.result import show
from ui.session import language, t, viewer
from ui.topics import tren
from ui.topics.door import Door
from ui.topics.figures import TWO_DATES, framed, left_out
from ui.topics.headlines import contracts_by_title

DATASET = "pegawai"
AGENCIES = 24

me = viewer("analisis/tren")
scope = reach(me, DATASET)
held = release().periods(DATASET)
names = filters.level_names(scope)

head = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    level = filters.level(scope, tren.LEVELS, label=t(_("Menurut")), key="trend_level")
    place = filters.place(scope, key="trend_place")
    ways = {tren.PERSONS: t(_("Jumlah")), tren.SHARE: t(_("Pangsa dari seluruhnya"))}
    way = filters.switch(ways, label=t(_("Ukuran")), key="trend_measure")
door = Door(me, place)
where = filters.place_name(place, scope)
with head:
    answers = t(_("Dari waktu ke waktu dan antara dua tanggal: {place}."), place=where or t(_("seluruh Indonesia")))
    heading(t(_("Bagaimana jumlah dan susunan ASN berubah?")), answers)

with framed(t(_("Dari waktu ke waktu"))):
    counts = door(level, periods=held)
    if way == tren.SHARE:
        shares = derive.share_of(counts, door(periods=held))
        show(shares, lines.over_time, title=tren.share_title(shares, language()), key="course", columns=level)
    else:
        show(counts, lines.over_time, title=tren.course_title(counts, language()), key="course", columns=level)

options = {name: names[name] for name in tren.PLACES if name in names}
split = filters.switch(options, label=t(_("Status ASN menurut")), key="trend_split")
noun = tren.status_title(split, language())
with framed(noun):
    parts = door(split, "status", periods=held)
    told = contracts_by_title(parts, noun, language())
    show(parts, multiples.over_time, title=told, key="split", columns="status")

plain, agencies = t(_("Pertumbuhan")), t(_("Pertumbuhan menurut instansi"))
with st.container(horizontal=True, vertical_alignment="bottom"):
    before, now = filters.two_periods(held, key="trend_dates")
    one_province = len(place.get(tren.PLACE, ())) == 1
    options = {name: names[name] for name in tren.compared(level, one_province=one_province)}
    by = filters.switch(options, label=t(_("Bandingkan menurut")), key="trend_by")
if before is None:
    left_out(plain, TWO_DATES)
else:
    both = (before, now)
    with framed(plain):
        pair = door(by, periods=both)
        whole = tren.whole_growth(door(periods=both), now, before, language())
        grown = derive.growth(pair, now, before)
        left, right = st.columns(2)
        with left:
            show(pair, dumbbell.two_dates, title=tren.pair_title(pair, language()), key="pair", columns=by)
        with right:
            told = tren.growth_title(grown, before, plain, language())
            show(grown, partial(ranking.bars, line=whole, ends=True), title=told, key="grown")
    with framed(agencies):
        grown = derive.growth(door("instansi", periods=both), now, before)
        bars = partial(ranking.bars, top=AGENCIES, ends=True)
        show(grown, bars, title=tren.loss_title(grown, before, language()), key="agencies")
        st.caption(t(_("Instansi dengan kurang dari 50 orang pada tanggal pertama dikosongkan.")))
