"""Small errands for the browser: fetch the session's cookie, give it back, remember the language.

An element of plain HTML with data, and a script that is always the same, so that the content policy can name it.
"""

from html import escape
from pathlib import Path

import streamlit as st

SCRIPT = Path(__file__).with_name("door.js").read_text("utf-8")


def errand(act: str, **data: str) -> None:
    """Draws the element; the browser does the errand once for each new `data`."""
    told = " ".join(f'data-{name}="{escape(value)}"' for name, value in {"act": act, **data}.items())
    st.html(f'<div class="asn-door" role="status" {told}></div><script>{SCRIPT}</script>', unsafe_allow_javascript=True)
