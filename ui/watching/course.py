"""Headline numbers of use, and their course over time."""

from datetime import date

import streamlit as st
from babel.dates import format_date

from charts.used import Column, alt, columns
from data_access.governance.watching import Tally, Use
from data_access.words import day, number
from data_access.words import mark as _
from ui.result import CONFIG
from ui.session import dark, language, t
from ui.watching.choosing import after, begin_of, step

KINDS = (_("Pertanyaan"), _("Unduhan"), _("Ditolak"))


def headline(use: Use) -> None:
    """Questions, files, refusals and accounts of the time looked at."""
    named = zip(KINDS, (use.total.questions, use.total.exports, use.total.refused), strict=True)
    with st.container(horizontal=True):
        for kind, value in named:
            st.metric(t(kind), number(value, language()), border=True)
        st.metric(t(_("Akun")), number(use.accounts, language()), border=True)


def over_time(use: Use) -> None:
    """The chart per day, week or month; a stretch without use is a gap, not left out."""
    with st.container(border=True, key="figure_watch"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.subheader(t(_("Penggunaan dari waktu ke waktu")), anchor=False)
            by = step(use.since, use.until)
        rows = stretches(use, by)
        kinds = [t(kind) for kind in KINDS]
        figure = columns(rows, kinds, language=language(), dark=dark())
        told = alt(rows, kinds, language=language())
        st.plotly_chart(figure, theme=None, config=CONFIG, key="watch_course", alt=told)


def stretches(use: Use, by: str) -> list[Column]:
    """One column for each stretch of time from the first day looked at to the last."""
    sums: dict[date, Tally] = {}
    at = begin_of(use.since, by)
    while at <= use.until:
        sums[at] = Tally()
        at = after(at, by)
    for one, tally in use.by_day.items():
        begin = begin_of(one, by)
        sums[begin] += tally
    return [Column(_short(one, by), _long(one, by), (s.questions, s.exports, s.refused)) for one, s in sums.items()]


def _short(begin: date, by: str) -> str:
    pattern = "MMM y" if by == "month" else "d MMM"
    return str(format_date(begin, pattern, locale=language()))


def _long(begin: date, by: str) -> str:
    if by == "month":
        return str(format_date(begin, "MMMM y", locale=language()))
    told = day(begin, language())
    return t(_("minggu mulai {day}"), day=begin) if by == "week" else told
