"""What the national summary asks and shows beyond its headlines."""

from datetime import date

import streamlit as st

from data_access.access.result import Protected
from data_access.errors import AsnError
from data_access.words import mark as _
from data_access.words import short_day
from ui.frame import release
from ui.session import language, t
from ui.topics import changes, formasi, formasi_cards
from ui.topics.door import Door


def flows(door: Door, period: date, before: date | None) -> Protected | None:
    """The movements of the period that ends with the date, where they are known for exactly the time since `before`."""
    known = {snapshot.reference_date: snapshot.since for snapshot in release().of("arus")}
    if before is None or known.get(period) != before:
        return None
    try:
        return door("arah", periods=(period,), dataset="arus")
    except AsnError:  # not every role or place reaches movements; the sentence is left out then
        return None


def posts(door: Door, period: date) -> None:
    """The posts of the newest year of recruitment that is known by the period: needed, approved, filled.

    Nothing where the release holds none, or where the role does not reach them in the chosen place.
    """
    held = tuple(day for day in release().periods(formasi.DATASET) if day.year <= period.year)
    right = door.viewer.role.datasets.get(formasi.DATASET)
    if not held or right is None or (right.levels != "all" and not set(door.place) <= set(right.levels)):
        return
    try:
        stages = door(formasi.STAGE, periods=held, dataset=formasi.DATASET)
    except AsnError:  # the other party's grant may have ended; the page goes on without these numbers
        return
    with st.container(border=True, key="summary_posts"):
        st.subheader(t(_("Formasi tahun {year}"), year=str(held[-1].year)), anchor=False)
        formasi_cards.show(stages, held[-1], held[-2] if len(held) > 1 else None)


def what_changed(facts: changes.Facts, period: date, before: date | None, base: str) -> None:
    """The sentences on `base`, in a frame of their own; nothing where there is no earlier date."""
    if before is None:
        return
    found = changes.sentences(facts, period, before, base, language())
    if found:
        with st.container(border=True):
            st.subheader(t(_("Apa yang berubah sejak {day}"), day=short_day(before, language())), anchor=False)
            st.markdown("\n".join(f"- {sentence}" for sentence in found))
