"""Leadership: women and men from supervisor to the highest executive, over time, by place and by kind of agency."""

from functools import partial

import streamlit as st

from charts import lines, ranking, stacked
from data_access.access import derive
from data_access.access.gateway import reach
from data_access.words import mark as _
from ui import filters, maps
from ui.exploring.view import home
from ui.frame import heading, release
from ui.result import show
from ui.session import language, t, viewer
from ui.topics import kepemimpinan as topic
from ui.topics import terms
from ui.topics.door import Door
from ui.topics.figures import figure

DATASET = "pegawai"

me = viewer("analisis/kepemimpinan")
scope = reach(me, DATASET)
held = release().periods(DATASET)

head = st.container()
period, place = filters.period_and_place(held, scope, key="leaders")
with head:
    question = t(
        _("Berapa perempuan dan laki-laki di tiap jenjang, dan apakah jenjang di bawahnya menyiapkan penggantinya?")
    )
    heading(t(_("Siapa memimpin, dan siapa berikutnya?")), question, reference=period)
door = Door(me, place)

kinds = terms.women(door(topic.KIND, terms.SEX, periods=(period,), jenis_jabatan=topic.KINDS))
topic.headline(kinds, period)

levels = door(topic.LEVEL, terms.SEX, periods=filters.until(held, period), jenjang=topic.LEVELS)
shares = terms.women(levels)
for column, codes, kind in zip(st.columns(2), (topic.SENIOR, topic.MIDDLE), ("jpt", "administrator"), strict=True):
    with column:
        part = derive.only(shares, topic.LEVEL, codes)
        bars = partial(ranking.bars, period=period, line=topic.line(kind, language()))
        title = topic.title(shares, codes[::-1], period, language())
        show(part, bars, title=title, key=f"share_{kind}", columns=topic.LEVEL)

left, right = st.columns(2)
with left:
    title = topic.pipeline_title(shares, period, language())
    show(levels, partial(stacked.bars, period=period), title=title, key="pipeline", columns=terms.SEX)
with right:
    title = topic.course_title(shares, language())
    show(shares, lines.over_time, title=title, key="over_time", columns=topic.LEVEL)

left, right = st.columns(2)
with left:
    asked = partial(Door(me, home(scope)), "provinsi", terms.SEX, periods=(period,), jenis_jabatan=topic.KINDS)
    noun, told = (
        t(_("Perempuan di antara pejabat manajerial")),
        _("Pangsa terendah di antara pejabat manajerial: {name}, {share}"),
    )
    lowest = topic.lowest_title(noun, told, language())
    figure(lambda: terms.women(asked()), maps.provinces, noun=noun, title=lowest, key="places")
with right:
    by_kind = partial(door, "jenis_instansi", terms.SEX, periods=(period,), jenis_jabatan=topic.KINDS)
    noun, told = (
        t(_("Perempuan di antara pejabat menurut jenis instansi")),
        _("Paling sedikit perempuan: {name}, {share}"),
    )
    lowest = topic.lowest_title(noun, told, language())
    figure(lambda: terms.women(by_kind()), ranking.bars, noun=noun, title=lowest, key="agencies")
topic.sources(kinds, shares)
