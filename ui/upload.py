"""The upload box: a file goes from the browser straight to the route in `receiving`, with its progress in view.

It is plain HTML with a script of ours. A component of Streamlit would keep an object in the session that cannot be
serialized, and its own uploader keeps files in memory.
"""

import json
from collections.abc import Callable
from html import escape
from pathlib import Path

import streamlit as st

from data_access.access.viewer import Viewer
from data_access.governance import tickets
from data_access.keys import key
from data_access.settings import settings
from data_access.words import FileSize
from data_access.words import mark as _
from ui.receiving import DELIVERY, PATH, Arrived, Way, arrived, under_way
from ui.session import language, t

TICKET = "asn_upload_ticket"
HTML, SCRIPT = (Path(__file__).with_name(f"upload.{kind}").read_text("utf-8") for kind in ("html", "js"))


def box(viewer: Viewer, keep: Callable[[Arrived], None], way: Way = DELIVERY) -> bool:
    """Draws the box, of which a page has one at a time. True in the run in which a file has arrived, once `keep` has it.

    A run may be cut short anywhere: the ticket is given up last, or the file would be lost on the way.
    """
    secret, place = key(settings().keys, "cookie"), f"{TICKET}_{way.purpose}"
    ticket = str(st.session_state.get(place, ""))
    found = arrived(ticket) if ticket else None
    if found is not None:
        keep(found)
        st.session_state.pop(place)
        return True
    if not tickets.valid(secret, way.purpose, ticket) and not (ticket and under_way(ticket)):
        ticket = tickets.issue(secret, way.purpose, viewer.session_sha256)
        st.session_state[place] = ticket
    form = HTML.replace("ASN_ACCEPTED", ",".join(way.kinds)).replace("ASN_UPLOAD_DATA", escape(_words(ticket, way)))
    # The script is always the same: the content policy knows it by its fingerprint (ui/headers.py).
    st.html(f"{form}<script>{SCRIPT}</script>", unsafe_allow_javascript=True)
    # Hidden: the script presses it once the file is there.
    st.button(t(_("Berkas telah diterima")), key="asn_upload_arrived")
    return False


def _words(ticket: str, way: Way) -> str:
    words = {
        "address": f"{PATH.format(ticket=ticket)}?bahasa={language()}&untuk={way.purpose}",
        "prompt": t(_("Pilih berkas atau seret ke sini")),
        "hint": t(way.told, limit=FileSize(way.limit())),
        "sending": t(_("Mengunggah %s … %p%")),
        "done": t(_("%s telah diterima.")),
        "failed": t(_("Unggahan gagal. Periksa sambungan, lalu coba lagi.")),
    }
    return json.dumps(words)
