"""The upload box: a file goes from the browser straight to the route in `receiving`, with its progress in view."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

from data_access.access.viewer import Viewer
from data_access.governance import tickets
from data_access.keys import key
from data_access.settings import settings
from data_access.words import mark as _
from ui.receiving import PATH, PURPOSE
from ui.session import language, t

TICKET = "asn_upload_ticket"
MEGA = 1_000_000


@lru_cache(maxsize=1)
def _component() -> Any:
    """Registered at its first use, when a server is there to be told of it."""
    html, css, js = (Path(__file__).with_name(f"upload.{kind}").read_text("utf-8") for kind in ("html", "css", "js"))
    return st.components.v2.component("asn_upload", html=html, css=css, js=js)


def box(viewer: Viewer, name: str) -> dict[str, Any] | None:
    """Draws the box; the folder below `incoming`, name and size of a file in the run in which it has arrived."""
    ticket = st.session_state.get(TICKET) or tickets.issue(
        key(settings().keys, "cookie"), PURPOSE, viewer.session_sha256
    )
    st.session_state[TICKET] = ticket
    words = {
        "address": f"{PATH.format(ticket=ticket)}?bahasa={language()}",
        "prompt": t(_("Pilih berkas atau seret ke sini")),
        "hint": t(
            _("Parquet, CSV, TSV, TXT, atau XLSX; paling besar {limit} MB."), limit=settings().upload_bytes // MEGA
        ),
        "sending": t(_("Mengunggah %s … %p%")),
        "done": t(_("%s telah diterima.")),
        "failed": t(_("Unggahan gagal. Periksa sambungan, lalu coba lagi.")),
    }
    answer = _component()(key=name, data=words, on_received_change=lambda: None).received
    if not answer:
        return None
    st.session_state.pop(TICKET, None)  # used up
    return dict(answer)
