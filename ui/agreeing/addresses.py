"""Where each party is reached today (Pasal 8 ayat (1) dan (3))."""

import streamlit as st

from data_access.access.registering import book
from data_access.access.viewer import Viewer
from data_access.governance.registers.fields import PARTY_NAMES
from data_access.governance.registers.letters import address_of
from data_access.governance.registers.model import PARTIES
from data_access.words import mark as _
from ui.agreeing import typed
from ui.session import t


def today(viewer: Viewer) -> None:
    """The address of both parties, side by side."""
    changes = book().entries("alamat")
    for column, party in zip(st.columns(2), PARTIES, strict=True):
        found = address_of(party, changes, viewer.day)
        since = t(_("sejak {day}"), day=found.since) if found.since else t(_("menurut Pasal 8 ayat (1)"))
        with column.container(border=True):
            typed.lines(t(PARTY_NAMES[party]), found.unit, found.address, found.email)
            st.caption(since)
