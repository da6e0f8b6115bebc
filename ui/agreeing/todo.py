"""What waits for the viewer's party ("jatuh tempo"), with the way to each matter."""

import streamlit as st

from data_access.access.registering import may_read
from data_access.access.viewer import Viewer
from data_access.governance.registers.catalogue import REGISTERS
from data_access.governance.registers.due import due, last_day
from data_access.governance.registers.model import Due
from data_access.governance.registers.standing import matters
from data_access.state import engine
from data_access.words import mark as _
from ui.agreeing.days import remaining
from ui.agreeing.form import CHOSEN
from ui.agreeing.places import path_of
from ui.agreeing.section import TAB
from ui.navigation import page_of
from ui.session import t

SHOWN = 5


def waiting(viewer: Viewer) -> list[Due]:
    """What waits for this viewer's party and right, the most urgent first."""
    held = matters(engine(viewer.state), *REGISTERS)
    return due(viewer.standing, held, party=viewer.party, right=viewer.role.registers, day=viewer.day)


def due_list(viewer: Viewer, *, opened: bool = False) -> None:
    """The list, whole where it is `opened`, else folded with its beginning; nothing for those whose role has no part in it."""
    if not may_read(viewer):
        return
    found = waiting(viewer)
    if not found:
        return
    late = sum(1 for one in found if (last_day(one) or viewer.day) < viewer.day)
    title = t(_("Jatuh tempo: {count} hal menunggu"), count=len(found))
    title += t(_(", {late} terlambat"), late=late) if late else ""
    with st.expander(title, expanded=opened, icon=":material/event_busy:"):
        for one in found if opened else found[:SHOWN]:
            _line(viewer, one)
        if len(found) > SHOWN and not opened:
            st.caption(t(_("dan {count} lainnya pada halaman Kerja sama."), count=len(found) - SHOWN))


def _line(viewer: Viewer, one: Due) -> None:
    path = path_of(one.register)
    target = {CHOSEN: str(one.entry)} if one.entry else {TAB: one.register}
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if viewer.may_open(path):
            st.page_link(
                page_of(path), label=t(one.what, **one.facts), query_params=target, icon=":material/arrow_forward:"
            )
        else:
            st.markdown(t(one.what, **one.facts))
        st.caption(f"{remaining(one, viewer.day)} · {t(one.article)}")
