"""Which pages and files each session was told of. Another session that knows their numbers gets neither.

Streamlit gives a page to whoever names its number, and a file to whoever has its address; both are long and random, but a number
that was overheard or left in a log must not do. What the server says to a session passes here on its way.
"""

from collections import OrderedDict
from collections.abc import Iterable

from starlette.types import Scope
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

PROTOCOLS = b"sec-websocket-protocol"
SMALL = 4_000  # bytes; no message that tells of a file is larger
PAGE = b"/ui/main.py"  # the message that tells the number of a page names the script, too
SESSIONS, NUMBERS = 10_000, 1_000  # the newest sessions, and the newest numbers of each


class Told:
    """Kept by the event loop alone. Sessions are named by their fingerprint."""

    def __init__(self) -> None:
        self._sessions: OrderedDict[str, OrderedDict[str, None]] = OrderedDict()
        self._owners: dict[str, str] = {}  # the session that was told of a number first

    def note(self, session: str, frame: bytes) -> str:
        """What this message tells the session of: files, files to be made at a click, and the number of its page.

        Returned is the path of a file that was made for it just now, if the message tells of one. Only what Streamlit itself
        says counts, in the fields made for it: a text on the page may hold anything.
        """
        if len(frame) >= SMALL and PAGE not in frame:
            return ""
        said = ForwardMsg.FromString(frame)
        button = said.delta.new_element.download_button
        made = str(said.backend_operation_response.deferred_file.url)
        for number in (str(button.url), str(button.deferred_file_id), made):
            if number:
                self._keep(session, number)
        page = str(said.new_session.initialize.session_id)
        if page and page not in self._owners:
            self._keep(session, page)
        return made

    def may_have(self, session: str, number: str) -> bool:
        """Whether the session was told of the file with this path, or the button with this number, at whose click one is made."""
        return number in self._sessions.get(session, ())

    def owner(self, numbers: Iterable[str]) -> str:
        """The session that was told of one of these first; empty if none (any more) was."""
        return next((self._owners[one] for one in numbers if one in self._owners), "")

    def own_pages_only(self, session: str, scope: Scope) -> Scope:
        """The connection, without the number of a page that it asks to go on with unless that is one of the session's."""
        own = all(self._owners.get(one) == session for one in pages_asked(scope))
        return scope if own else beginning_anew(scope)

    def _keep(self, session: str, number: str) -> None:
        mine = self._sessions.setdefault(session, OrderedDict())
        mine[number] = None
        self._owners.setdefault(number, session)
        mine.move_to_end(number)
        self._sessions.move_to_end(session)
        while len(mine) > NUMBERS:
            self._forget(session, mine.popitem(last=False)[0])
        while len(self._sessions) > SESSIONS:
            oldest, numbers = self._sessions.popitem(last=False)
            for one in numbers:
                self._forget(oldest, one)

    def _forget(self, session: str, number: str) -> None:
        if self._owners.get(number) == session:
            del self._owners[number]


def pages_asked(scope: Scope) -> list[str]:
    """The numbers of pages that the connection asks to go on with; a browser sends one, third among the protocols."""
    offered = next((value for key, value in scope["headers"] if key == PROTOCOLS), b"").split(b",")
    return [one.decode("latin-1").strip() for one in offered[2:]]


def beginning_anew(scope: Scope) -> Scope:
    """The connection without the number of an earlier page, which a browser sends third among the protocols to resume it."""

    def shortened(value: bytes) -> bytes:
        return b",".join(value.split(b",")[:2])

    headers = [(key, shortened(value) if key == PROTOCOLS else value) for key, value in scope["headers"]]
    return {**scope, "headers": headers}
