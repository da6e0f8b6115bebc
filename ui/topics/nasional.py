"""What the national summary asks and shows beyond its headlines."""

from datetime import date

import streamlit as st

from data_access.access import derive
from data_access.access.benchmarks import benchmarks
from data_access.access.result import Protected
from data_access.contract import Label
from data_access.errors import AsnError
from data_access.words import mark as _
from data_access.words import percent, short_day
from ui.frame import release
from ui.session import language, t
from ui.topics import changes
from ui.topics.door import Door

LEADERS = ("jpt_utama", "jpt_madya", "jpt_pratama", "administrator", "pengawas")
WOMEN = Label(id="Perempuan (%)", en="Women (%)")


def flows(door: Door, period: date, before: date | None) -> Protected | None:
    """The movements of the period that ends with the date, where they are known for exactly the time since `before`."""
    known = {snapshot.reference_date: snapshot.since for snapshot in release().of("arus")}
    if before is None or known.get(period) != before:
        return None
    try:
        return door("arah", periods=(period,), dataset="arus")
    except AsnError:  # not every role or place reaches movements; the sentence is left out then
        return None


def what_changed(facts: changes.Facts, period: date, before: date | None) -> None:
    """The sentences, in a frame of their own; nothing where there is no earlier date."""
    if before is None:
        return
    found = changes.sentences(facts, period, before, language())
    if found:
        with st.container(border=True):
            st.subheader(t(_("Apa yang berubah sejak {day}"), day=short_day(before, language())), anchor=False)
            st.markdown("\n".join(f"- {sentence}" for sentence in found))


def women_leading(door: Door, period: date) -> Protected:
    """The share of women at each level of leadership."""
    asked = door("jenjang", "jenis_kelamin", periods=(period,), jenjang=LEADERS)
    return derive.part_share(asked, "jenis_kelamin", ["P"], label=WOMEN)


def women_title(shares: Protected) -> str:
    """The finding on women in leadership: the level with the lowest share that is shown."""
    name = shares.axes[0].labels(language()) if shares.axes else {}
    shown = [(value, code) for code, value in shares.frame.select("jenjang", "nilai").iter_rows() if value is not None]
    if not shown:
        return t(_("Perempuan menurut jenjang kepemimpinan"))
    least, code = min(shown)
    return t(_("Perempuan paling sedikit pada {level}: {share}"), level=name[code], share=percent(least, language()))


def oecd_line() -> tuple[float, str]:
    """The OECD mean of women in senior management, and its words."""
    return benchmarks().women.manajemen_senior, t(_("Rata-rata OECD"))
