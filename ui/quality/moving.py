"""Volatility: how the total and each agency moved since the snapshot before. Official figures only."""

import streamlit as st

from charts import alt_text, labels, lines
from charts.changes import signed
from charts.quality_bars import Bar, Limit, bars
from charts.quality_words import signed_rate
from data_access.access.volatility import Move
from data_access.release.indicators import indicators
from data_access.words import mark as _
from data_access.words import number, percent, short_day
from reports import quality as words
from ui.quality.facts import Facts
from ui.result import CONFIG, notes
from ui.session import dark, language, t

TOP = 15
KINDS = {"new": _("baru"), "gone": _("hilang")}


def show(facts: Facts) -> None:
    """The course of the total, the agencies that moved most, and all of them in a table."""
    left, right = st.columns(2)
    with left:
        _course(facts)
    with right:
        _largest(facts)
    if facts.moves and facts.before:
        limit = indicators().limits.change_agency
        with st.expander(t(_("Semua instansi")), icon=":material/table_rows:"):
            frame = words.moves(facts.moves, facts.before, facts.period, limit=limit, language=language())
            config = {name: st.column_config.TextColumn(name, alignment="right") for name in frame.columns[1:5]}
            st.dataframe(frame, hide_index=True, column_config=config, key="quality_moves_table")


def _course(facts: Facts) -> None:
    if facts.status is None:
        return
    with st.container(border=True):
        st.subheader(t(_("PNS dan PPPK dari waktu ke waktu")), anchor=False)
        figure = lines.over_time(facts.status, language=language(), dark=dark())
        alt = alt_text(facts.status, language=language())
        st.plotly_chart(figure, theme=None, config=CONFIG, key="quality_status", alt=alt)
        notes(facts.status)


def _largest(facts: Facts) -> None:
    limit = indicators().limits.change_agency
    with st.container(border=True):
        st.subheader(t(_("Instansi yang paling berubah")), anchor=False)
        if facts.before is None or not facts.moves:
            st.info(t(_("Tidak ada snapshot sebelumnya untuk dibandingkan.")), icon=":material/info:")
            return
        days = {"before": short_day(facts.before, language()), "now": short_day(facts.period, language())}
        st.caption(t(_("Perubahan jumlah pegawai, {before} ke {now}. Baru dan hilang lebih dahulu."), **days))
        beyond = sum(move.beyond(limit) for move in facts.moves)
        rows = [_bar(move, limit) for move in facts.moves[:TOP]]
        told = t(_("perlu dilihat di atas {limit}"), limit=percent(limit, language(), decimals=0))
        note = t(_("{count} dari {all} instansi melewati batas."), count=beyond, all=len(facts.moves))
        figure = bars(rows, language=language(), dark=dark(), limit=Limit(limit, told), notes=[note])
        alt = "; ".join(f"{row.name} {row.told}" for row in rows[:3])
        st.plotly_chart(figure, theme=None, config=CONFIG, key="quality_moves", alt=alt)


def _bar(move: Move, limit: float) -> Bar:
    name = move.label.text(language())
    shown = signed_rate(move.share, language()) if move.share is not None else signed(move.persons, language())
    told = f"{shown} ({t(KINDS[move.kind])})" if move.kind else shown
    was, now = (number(value, language()) for value in (move.before, move.now))
    hover = f"<b>{labels.safe(name)}</b><br>{was} → {now}<br>{told}"
    value = move.share if move.share is not None else 0.0
    return Bar(move.code, name, value, told, hover, alarming=move.beyond(limit))
