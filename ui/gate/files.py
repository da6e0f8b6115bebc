"""Files made at a click: not too many, and held until fetched: Streamlit forgets them after any two runs of anybody."""

from collections import OrderedDict
from time import monotonic
from urllib.parse import quote

from starlette.responses import Response
from streamlit.runtime import get_instance
from streamlit.runtime.memory_media_file_storage import MemoryFile

from ui.turns import Turns

HELD = 60  # seconds; the browser asks for it at once
MOST = 100
# Files that one session may have made, at once and then a second: Streamlit makes them also for who has left meanwhile.
AT_ONCE, RATE = 10, 0.5
SESSIONS = 1_000


class Files:
    """The files made last, by their path; kept by the event loop alone. Who may have one is not asked here."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, tuple[MemoryFile, float]] = OrderedDict()
        self._turns: OrderedDict[str, Turns] = OrderedDict()

    def in_turn(self, session: str) -> bool:
        """Whether the session may have one more file made now; if so, that is counted."""
        turns = self._turns.setdefault(session, Turns(RATE, AT_ONCE))
        self._turns.move_to_end(session)
        while len(self._turns) > SESSIONS:
            self._turns.popitem(last=False)
        return turns.take(patience=0) is not None

    def hold(self, path: str) -> None:
        """Holds the file that was just made under this path."""
        now = monotonic()
        while self._held and (len(self._held) >= MOST or next(iter(self._held.values()))[1] < now):
            self._held.popitem(last=False)
        made = get_instance().media_file_mgr.read_file(path.rpartition("/")[2])
        if made is not None:
            self._held[path] = (made, now + HELD)
            self._held.move_to_end(path)

    def answer(self, path: str) -> Response | None:
        """The file as an attachment; None if it is not held (any more)."""
        made, until = self._held.get(path, (None, 0.0))
        if made is None or until < monotonic():
            return None
        named = {"Content-Disposition": f"attachment; filename*=utf-8''{quote(made.filename or '', safe='')}"}
        return Response(made.content, media_type=made.mimetype or "text/plain", headers=named)
