"""Timeliness: days from reference date to publication, revisions, and the next expected delivery."""

import streamlit as st

from charts.quality_bars import Bar, Limit, bars
from data_access.access.result import State
from data_access.access.timeliness import Timing
from data_access.settings import settings
from data_access.words import mark as _
from data_access.words import number, short_day
from reports import quality as words
from reports.origin import next_delivery
from ui.quality.facts import Facts
from ui.result import CONFIG
from ui.session import dark, language, t


def show(facts: Facts) -> None:
    """The next delivery, the days that each snapshot took, and the same as a table."""
    limit = settings().delivery_days
    _coming(facts)
    with st.container(border=True):
        st.subheader(t(_("Hari dari tanggal acuan sampai terbit")), anchor=False)
        st.caption(t(_("Kalender setengah tahunan (30 Juni dan 31 Desember); ditunggu dalam {days} hari."), days=limit))
        rows = [_bar(one, limit) for one in reversed(facts.timings)]
        told = t(_("batas {days} hari"), days=limit)
        notes = [t(_("Muatan awal terbit bersama pada rilis pertama, jadi lamanya tidak diketahui."))]
        initial = any(one.initial for one in facts.timings)
        figure = bars(rows, language=language(), dark=dark(), limit=Limit(limit, told), notes=notes if initial else [])
        alt = "; ".join(f"{row.name}: {row.told}" for row in rows)
        st.plotly_chart(figure, theme=None, config=CONFIG, key="quality_days", alt=alt)
    frame = words.timings(facts.timings, limit=limit, language=language())
    numeric = {
        name: st.column_config.TextColumn(name, alignment="right") for name in (frame.columns[2], frame.columns[4])
    }
    st.dataframe(frame, hide_index=True, column_config=numeric, key="quality_timings")


def _coming(facts: Facts) -> None:
    coming = facts.coming
    told = next_delivery(coming, language())
    if not coming.late:
        st.info(told, icon=":material/event:")
        return
    if coming.overdue > 1:
        told += " " + t(_("Sudah {count} tanggal acuan terlewat."), count=coming.overdue)
    st.info(told, icon=":material/event_busy:")


def _bar(one: Timing, limit: int) -> Bar:
    name = short_day(one.reference_date, language())
    if one.days is None:
        told = t(_("muatan awal")) if one.initial else "–"
        return Bar(one.reference_date.isoformat(), name, None, told, f"<b>{name}</b><br>{told}", State.UNAVAILABLE)
    told = t(_("{days} hari"), days=number(one.days, language()))
    hover = f"<b>{name}</b><br>{told}"
    return Bar(one.reference_date.isoformat(), name, one.days, told, hover, alarming=one.days > limit)
