"""A register on its page: what it is for, its matters, the form that opens one, and the matter that is looked at."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from data_access.access.registering import actor, book
from data_access.access.viewer import Viewer
from data_access.errors import Refused
from data_access.governance.registers.book import may_open
from data_access.governance.registers.catalogue import REGISTERS
from data_access.governance.registers.due import last_day
from data_access.governance.registers.model import Entry, Register
from data_access.words import mark as _
from data_access.words import short_day
from ui.agreeing import form, matter
from ui.agreeing.days import remaining
from ui.agreeing.matter import SHORT_PARTIES, Extra
from ui.session import language, t

FORM = "asn_register_form"
TAB = "daftar"
FOLLOWED = "asn_register_followed"


def registers(viewer: Viewer, names: Sequence[str], extras: Mapping[str, Extra] | None = None) -> None:
    """The registers of a page as tabs; the one of the matter in the address is open."""
    form.told()
    entries = book().entries(*names)
    looked_at = next((entry for entry in entries if str(entry.id) == st.query_params.get(form.CHOSEN)), None)
    if looked_at is not None:  # a link to the page where one is already leaves the address of the browser as it was
        st.query_params[form.CHOSEN] = str(looked_at.id)
    labels = {name: t(REGISTERS[name].label) for name in names}
    key = f"registers_{names[0]}"
    _follow(key, names, looked_at.register if looked_at else st.query_params.get(TAB))
    chosen = st.segmented_control(
        t(_("Daftar")),
        names,
        required=True,
        format_func=labels.__getitem__,
        label_visibility="collapsed",
        key=key,
        on_change=_leave,
    )
    register = REGISTERS[str(chosen)]
    st.markdown(f"{t(register.about)} :small[{t(register.article)}]")
    _opening(viewer, register)
    held = [entry for entry in entries if entry.register == register.name]
    if looked_at is not None and looked_at.register == register.name:
        matter.show(viewer, looked_at, (extras or {}).get(register.name))
    _table(viewer, register, held)


def _follow(key: str, names: Sequence[str], wanted: str | None) -> None:
    """A link to a matter or register turns the switch once, even on the page where it stands; then people turn it."""
    asked = f"{wanted} {st.query_params.get(form.CHOSEN)}"
    if wanted in names and st.session_state.get(FOLLOWED) != asked:
        st.session_state[key] = wanted
    st.session_state.setdefault(key, names[0])
    st.session_state[FOLLOWED] = asked


def _leave() -> None:
    """Another register: neither the matter nor the form of the one before is looked at any more."""
    st.query_params.pop(form.CHOSEN, None)
    st.query_params.pop(TAB, None)
    st.session_state.pop(FORM, None)


def _opening(viewer: Viewer, register: Register) -> None:
    try:
        may_open(actor(viewer), register)
    except Refused:
        return
    opened = st.session_state.get(FORM) == register.name
    label = t(_("Tutup isian")) if opened else t(register.opening.label)
    icon = ":material/close:" if opened else ":material/add:"
    st.button(label, icon=icon, key=f"new_{register.name}", on_click=partial(_turn, register.name, opened=opened))
    if opened:
        form.opening(viewer, register)


def _turn(name: str, *, opened: bool) -> None:
    st.query_params.pop(form.CHOSEN, None)
    if opened:
        st.session_state.pop(FORM, None)
    else:
        st.session_state[FORM] = name


def _table(viewer: Viewer, register: Register, entries: Sequence[Entry]) -> None:
    if not entries:
        st.info(t(_("Belum ada catatan pada daftar ini.")), icon=":material/inbox:")
        return
    rows = [_row(viewer, register, entry) for entry in entries]
    numbers = [entry.id for entry in entries]
    key = f"matters_{register.name}_{numbers[0]}"
    st.dataframe(
        rows,
        hide_index=True,
        on_select=partial(_picked, key, numbers),
        selection_mode="single-row",
        key=key,
    )
    st.caption(t(_("Pilih baris untuk membuka perkaranya.")))


def _row(viewer: Viewer, register: Register, entry: Entry) -> dict[str, Any]:
    waiting = min(register.due(entry, viewer.day), key=lambda one: last_day(one) or date.max, default=None)
    return {
        t(_("No.")): entry.id,
        t(_("Perkara")): register.title(entry),
        t(_("Pihak")): t(SHORT_PARTIES[entry.party]),
        t(_("Keadaan")): t(register.states[register.stands(entry, viewer.day)]),
        t(_("Menunggu")): "–" if waiting is None else " / ".join(t(SHORT_PARTIES[one]) for one in waiting.parties),
        t(_("Tenggat")): "–" if waiting is None else remaining(waiting, viewer.day),
        t(_("Dicatat")): short_day(entry.opening.day, language()),
        t(_("Terakhir")): short_day(entry.steps[-1].day, language()),
    }


def _picked(key: str, numbers: Sequence[int]) -> None:
    rows = st.session_state[key]["selection"]["rows"]
    if rows:
        st.query_params[form.CHOSEN] = str(numbers[rows[0]])
        st.session_state.pop(FORM, None)
