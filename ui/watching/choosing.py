"""Which days are looked at, and how they are grouped."""

from collections.abc import Callable
from datetime import date, timedelta

import streamlit as st

from data_access.access.viewer import Viewer
from data_access.access.watching import watched_since
from data_access.words import mark as _
from ui import filters
from ui.session import language, t

DAYS = {"30": _("30 hari terakhir"), "90": _("90 hari terakhir"), "365": _("setahun terakhir"), "all": _("seluruhnya")}
STEPS = {"day": _("per hari"), "week": _("per minggu"), "month": _("per bulan")}
DAILY, WEEKLY = 31, 190


def days(me: Viewer) -> tuple[date, date] | None:
    """First and last day to be looked at; None where nothing was ever used."""
    first = summed(me)
    if first is None:
        return None
    chosen = filters.one_of(t(_("Masa")), list(DAYS), lambda name: t(DAYS[name]), key="watch_days", usual="90")
    since = first if chosen == "all" else max(first, me.day - timedelta(days=int(chosen) - 1))
    return min(since, me.day), me.day


def summed(me: Viewer) -> date | None:
    """The first day with use; the bar shows how far the sums are where much is new in the record."""
    bar = st.empty()
    found = watched_since(me, _progress(bar.progress))
    bar.empty()
    return found


def _progress(show: Callable[..., object]) -> Callable[[int, int], None]:
    def told(done: int, every: int) -> None:
        show(
            min(done / max(every, 1), 1.0), t(_("Menjumlahkan catatan audit: {done} dari {all}"), done=done, all=every)
        )

    return told


def step(since: date, until: date) -> str:
    """Day, week or month; what suits the length of time to begin with."""
    length = (until - since).days + 1
    usual = "day" if length <= DAILY else "week" if length <= WEEKLY else "month"
    chosen = st.segmented_control(
        t(_("Kelompokkan")),
        list(STEPS),
        default=usual,
        required=True,
        format_func=lambda name: t(STEPS[name]),
        label_visibility="collapsed",
        key=f"watch_step_{usual}_{language()}",
    )
    return str(chosen or usual)


def begin_of(day: date, by: str) -> date:
    """The first day of the day's week (Monday) or month, or the day itself."""
    if by == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if by == "month" else day


def after(begin: date, by: str) -> date:
    """The first day of the stretch after the one that begins on `begin`."""
    if by == "month":
        return (begin + timedelta(days=32)).replace(day=1)
    return begin + timedelta(days=7 if by == "week" else 1)
