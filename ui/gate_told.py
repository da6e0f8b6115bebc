"""Which pages and files each session was told of. Another session that knows their numbers gets neither.

Streamlit gives a page to whoever names its number, and a file to whoever has its address; both are long and random, but a number
that was overheard or left in a log must not do. What the server says to a session passes here on its way.
"""

import re
from collections import OrderedDict
from typing import TypeVar

from starlette.types import Scope
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

PROTOCOLS = b"sec-websocket-protocol"
FILE = re.compile(r"/media/[0-9a-f]{32}")  # what follows is the ending, and in a message whatever comes next
FILE_IN_MESSAGE = re.compile(FILE.pattern.encode())
BUTTON = 4_000  # bytes; no message that draws one is larger
PAGE = b"/ui/main.py"  # the message that tells the number of a page names the script, too
KEPT = 100_000  # the newest of each kind
K = TypeVar("K")
V = TypeVar("V")


class Told:
    """Kept by the event loop alone. Sessions are named by their fingerprint."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, str] = OrderedDict()
        self._files: OrderedDict[tuple[str, str], None] = OrderedDict()

    def note(self, session: str, frame: bytes) -> None:
        """What this message tells the session of: files, files to be made at a click, and the number of its page."""
        for found in FILE_IN_MESSAGE.findall(frame):
            _keep(self._files, (session, found.decode()), None)
        if len(frame) >= BUTTON and PAGE not in frame:
            return
        said = ForwardMsg.FromString(frame)
        if button := str(said.delta.new_element.download_button.deferred_file_id):
            _keep(self._files, (session, button), None)
        if page := str(said.new_session.initialize.session_id):
            _keep(self._pages, page, self._pages.get(page, session))

    def may_have(self, session: str, path: str) -> bool:
        """Whether the session was told of the file with this path."""
        name = FILE.match(path)
        return name is not None and (session, name.group()) in self._files

    def may_ask(self, session: str, button: str) -> bool:
        """Whether the session was told of the button with this number, at whose click a file is made."""
        return (session, button) in self._files

    def own_pages_only(self, session: str, scope: Scope) -> Scope:
        """The connection, without the number of a page that it asks to go on with unless that is one of the session's."""
        asked = next((value for key, value in scope["headers"] if key == PROTOCOLS), b"").split(b",")[2:]
        own = all(self._pages.get(one.decode("latin-1").strip()) == session for one in asked)
        return scope if own else beginning_anew(scope)


def beginning_anew(scope: Scope) -> Scope:
    """The connection without the number of an earlier page, which a browser sends third among the protocols to resume it."""

    def shortened(value: bytes) -> bytes:
        return b",".join(value.split(b",")[:2])

    headers = [(key, shortened(value) if key == PROTOCOLS else value) for key, value in scope["headers"]]
    return {**scope, "headers": headers}


def _keep(kept: OrderedDict[K, V], key: K, value: V) -> None:
    kept[key] = value
    kept.move_to_end(key)
    while len(kept) > KEPT:
        kept.popitem(last=False)
