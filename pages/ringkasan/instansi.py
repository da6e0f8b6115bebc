"""The profile of one instansi: how large, who, how old, and where it stands among its peers."""

from functools import partial

import streamlit as st

from charts import lines, pyramid, ranking
from data_access.access.gateway import reach
from data_access.words import mark as _
from ui import filters
from ui.exploring.view import home
from ui.frame import heading, release
from ui.session import language, t, viewer
from ui.topics import instansi as topic
from ui.topics.door import Door
from ui.topics.figures import figure
from ui.topics.headlines import contracts_title, most_title
from ui.topics.komposisi import age_title

DATASET = "pegawai"

me = viewer("ringkasan/instansi")
scope = reach(me, DATASET)
held = release().periods(DATASET)
door = Door(me, home(scope))

head, note = st.container(), st.container()
with st.container(horizontal=True):
    period = filters.period(held, key="profile_period")
    names = filters.labels(topic.LEVEL, scope)
    sizes = door(topic.LEVEL, periods=(period,))
    chosen = topic.choose(names, topic.largest(sizes, names), note)
with head:
    question = t(_("Bagaimana instansi ini dibandingkan dengan instansi sejenis yang seukuran?"))
    heading(t(_("Profil instansi: {name}"), name=names[chosen]), question, reference=period)

among = topic.peers(sizes, chosen)
st.caption(topic.peers_words(among, chosen, language()))
if scope.rows:
    st.caption(t(_("Hanya pegawai yang bekerja di provinsi Anda yang dihitung, pada instansi ini dan pembandingnya.")))
found = topic.measured(door, sizes, among, period)
topic.headline(found, chosen, period)
topic.strips(found, chosen)

own, until, base = (chosen,), filters.until(held, period), topic.base(scope)
left, right = st.columns(2)
with left:
    noun = t(_("PNS dan PPPK dari waktu ke waktu"))
    status, told = partial(door, "status", periods=until, instansi=own), partial(contracts_title, base=base)
    figure(status, lines.over_time, noun=noun, title=partial(told, language=language()), key="course", columns="status")
with right:
    noun = t(_("ASN menurut kelompok jabatan"))
    jobs, told = partial(door, "kelompok_jabatan", periods=(period,), instansi=own), partial(most_title, noun=noun)
    figure(jobs, ranking.bars, noun=noun, title=partial(told, language=language()), key="jobs")
ages = partial(door, "umur_5", "jenis_kelamin", periods=(period,), instansi=own)
figure(
    ages,
    pyramid.age_sex,
    noun=t(_("Umur dan jenis kelamin")),
    title=partial(age_title, period=period, before=None, language=language()),
    key="pyramid",
    columns="jenis_kelamin",
)
