"""Which requests anybody may send, which need a live session, and which nobody may: everything that is not listed.

The lists hold whole paths as the server routes them, already decoded. Another spelling (`//`, `..`, `%2f`, capitals, a slash
at the end) is another path and on no list. The same holds for what a later version of Streamlit adds.
"""

import re
from enum import Enum

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from ui import entering
from ui.health import ALIVE, READY

READ = ("GET", "HEAD")
SOCKET = "/_stcore/stream"
SIGN_ON = ("/auth/login", "/oauth2callback")
NAME = "[A-Za-z0-9_.-]*[A-Za-z0-9_-]"

OPEN_EXACT = ("/", "/favicon.png", "/_stcore/health", "/_stcore/host-config", entering.LIVES, ALIVE, READY)
# The empty shell, alike for every page that exists and every one that does not.
SHELL = re.compile(r"/[a-z][a-z0-9-]*")
FRONTEND = re.compile(rf"/static/(js|css|media)/{NAME}")
MEDIA = re.compile(rf"/media/{NAME}")
UPLOAD = re.compile(rf"/unggah/{NAME}")


class Access(Enum):
    """For whom a request is."""

    ANYBODY = "anybody"
    SESSION = "session"
    NOBODY = "nobody"


def access(method: str, path: str) -> Access:
    """Who may send this request."""
    if method in READ:
        return _reading(path)
    if method == "POST" and path in (entering.ENTER, entering.LEAVE):
        return Access.ANYBODY
    if method == "POST" and UPLOAD.fullmatch(path):
        return Access.SESSION
    return Access.NOBODY


def _reading(path: str) -> Access:
    if path in SIGN_ON:
        return Access.ANYBODY if signs_on_elsewhere() else Access.NOBODY
    if path in OPEN_EXACT or SHELL.fullmatch(path) or FRONTEND.fullmatch(path):
        return Access.ANYBODY
    return Access.SESSION if MEDIA.fullmatch(path) else Access.NOBODY


def signs_on_elsewhere() -> bool:
    """Whether a single sign-on of the government is set up: only then its two addresses are open."""
    try:
        return "auth" in st.secrets
    except StreamlitSecretNotFoundError:
        return False
