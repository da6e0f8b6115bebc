"""Movements: who came in, who moved, who went out in a period, where and in which jobs, and what that leaves unexplained."""

from functools import cache, partial

import streamlit as st

from charts import flows, ranking
from data_access.access.gateway import reach
from data_access.words import mark as _
from ui import filters, maps
from ui.exploring.view import home
from ui.frame import heading, release
from ui.session import language, t, viewer
from ui.topics import arus
from ui.topics.door import Door
from ui.topics.figures import figure, tried
from ui.topics.headlines import most_title

me = viewer("analisis/arus")
scope = reach(me, arus.DATASET)
known = {snapshot.reference_date: snapshot for snapshot in release().of(arus.DATASET)}
held = tuple(sorted(known))

head = st.container()
title, question = (
    t(_("Siapa masuk, pindah, dan keluar?")),
    t(_("Berapa ASN bertambah dan berkurang, di mana, dan mengapa?")),
)
if not held:
    with head:
        heading(title, question)
    arus.nothing_yet()
    st.stop()
period, place = filters.period_and_place(held, scope, key="flows")
with head:
    heading(title, question, reference=period)
    one_event = _(
        "Yang dihitung adalah peristiwa, bukan orang: satu pengangkatan atau satu pensiun dihitung satu kali. Mutasi "
        "antarinstansi dihitung dua kali: keluar di instansi asal, masuk di instansi tujuan."
    )
    st.caption(t(one_event))
snapshot, door = known[period], partial(Door(me, place), dataset=arus.DATASET)

directions, moves = tried(partial(door, "arah", periods=held)), cache(partial(door, "peristiwa", periods=held))
stock = arus.stock_at_both_ends(Door(me, place), snapshot, release().periods("pegawai"))
found = arus.balance(directions, snapshot, stock)
arus.headline(found, arus.span(snapshot, language()))

drawing = partial(flows.in_out, plus=arus.events("masuk"), minus=arus.events("keluar"))
figure(moves, drawing, noun=arus.flows_title(found, language()), key="flows", columns="peristiwa")
st.caption(t(_("Panjang periode tidak sama; bandingkan tinggi batang dengan hati-hati.")))

left, right = st.columns(2)
with left:
    bars, noun = partial(ranking.bars, period=period), t(_("Peristiwa pada periode ini"))
    most = partial(most_title, noun=noun, language=language(), period=period)
    figure(moves, bars, noun=noun, title=most, key="events", columns="peristiwa")
with right:
    jobs = arus.difference(partial(door, "arah", "kelompok_jabatan", periods=(period,)), "arah", arus.IN, arus.OUT)
    noun, told = t(_("Masuk dikurangi keluar menurut kelompok jabatan")), _("Selisih terbesar: {name}, {value}")
    figure(jobs, ranking.bars, noun=noun, title=arus.largest_title(noun, told, language()), key="jobs")
left, right = st.columns(2)
with left:
    asked = partial(Door(me, home(scope)), "arah", "provinsi", dataset=arus.DATASET, periods=(period,))
    noun, told = t(_("Masuk dikurangi keluar menurut provinsi")), _("Selisih terbesar: {name}, {value}")
    places = arus.difference(asked, "arah", arus.IN, arus.OUT)
    figure(places, maps.provinces, noun=noun, title=arus.largest_title(noun, told, language()), key="places")
with right:
    asked = partial(
        door, "peristiwa", "jenis_instansi", periods=(period,), peristiwa=arus.TRANSFER_IN + arus.TRANSFER_OUT
    )
    noun, told = t(_("Mutasi antarjenis instansi")), _("Mutasi paling mengubah {name}: {value}")
    between = arus.difference(asked, "peristiwa", arus.TRANSFER_IN, arus.TRANSFER_OUT)
    figure(between, ranking.bars, noun=noun, title=arus.largest_title(noun, told, language()), key="transfers")
arus.beside_stock(found, place=bool(place))
