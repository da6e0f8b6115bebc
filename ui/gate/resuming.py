"""Pages that wait for a broken connection to come back: those of people who have signed in, and nobody else's.

Streamlit itself keeps the last 128 of anybody, so that a crowd of strangers would push out a page with all that was chosen there.
"""

from streamlit import config
from streamlit.runtime import Runtime
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.session_manager import SessionInfo

from ui.gate.told import Told

MOST = 1_000


class Resumable(MemorySessionStorage):
    """Keeps the newest pages for as long as `server.disconnectedSessionTTL` says."""

    def __init__(self, told: Told) -> None:
        super().__init__(maxsize=MOST, ttl_seconds=config.get_option("server.disconnectedSessionTTL"))
        self._told = told

    def save(self, session_info: SessionInfo) -> None:
        if self._told.owner([session_info.session.id]):
            super().save(session_info)


def keep_own_pages(runtime: Runtime, told: Told) -> None:
    """To be called before the first visitor. Streamlit's application makes its runtime itself and offers no other way."""
    runtime._session_mgr._session_storage = Resumable(told)  # type: ignore[attr-defined]
