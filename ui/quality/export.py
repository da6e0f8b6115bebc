"""The CSV of one dimension: whoever may read the figures may take them along, and each download is recorded before it exists."""

from functools import partial

import streamlit as st

from data_access.access.quality import exported
from data_access.access.viewer import viewer_of
from data_access.governance import sessions
from data_access.settings import settings
from data_access.state import engine
from data_access.words import mark as _
from reports import quality as words
from ui.quality.facts import DATASET, Facts
from ui.session import TOKEN, t


def offer(facts: Facts, dimension: str) -> None:
    """A button whose file is made at the click: rights are read anew, the record is written, then the bytes are made."""
    st.download_button(
        t(_("Unduh (CSV)")),
        partial(content, str(st.session_state[TOKEN]), facts.viewer.address, dimension),
        file_name=words.file_name(facts.quality, dimension),
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=f"quality_csv_{dimension}",
        help=t(_("Semua tanggal dan instansi dengan kode; unduhan ini dicatat.")),
    )


def content(token: str, address: str, dimension: str) -> bytes:
    """The file for the session of this token as it is now: the click may come long after the page was drawn.

    Raises what `sessions.session_account` and `access.quality.exported` raise; then there are no bytes.
    """
    account = sessions.session_account(engine(settings().state), token)
    viewer = viewer_of(account, settings(), session_sha256=sessions.fingerprint(token), address=address)
    return words.csv(exported(viewer, DATASET, dimension), dimension)
