"""Which pages and files each session was told of. Another session that knows their numbers gets neither.

Streamlit gives a page to whoever names its number, and a file to whoever has its address; both are long and random, but a number
that was overheard or left in a log must not do. What the server says to a session passes here on its way.
"""

import re
from collections import OrderedDict
from typing import TypeVar

from google.protobuf.message import DecodeError
from starlette.types import Message, Scope, Send
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from ui.gate_sockets import PROTOCOLS, beginning_anew

FILE = re.compile(rb"/media/[A-Za-z0-9_.-]+")
KEPT = 100_000  # the newest of each kind
K = TypeVar("K")
V = TypeVar("V")


class Told:
    """Kept by the event loop alone. Sessions are named by their fingerprint."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, str] = OrderedDict()
        self._files: OrderedDict[tuple[str, str], None] = OrderedDict()

    def hearing(self, session: str, send: Send) -> Send:
        """`send` of a connection of this session, with an ear on what is said."""
        number = ""

        async def heard(message: Message) -> None:
            nonlocal number
            frame = message.get("bytes") or b""
            for found in FILE.findall(frame):
                _keep(self._files, (session, found.decode()), None)
            if frame and not number and (number := _number(frame)):
                _keep(self._pages, number, self._pages.get(number, session))
            await send(message)

        return heard

    def may_have(self, session: str, path: str) -> bool:
        """Whether the session was told of this file."""
        return (session, path) in self._files

    def own_pages_only(self, session: str, scope: Scope) -> Scope:
        """The connection, without the number of a page that it asks to go on with unless that is one of the session's."""
        asked = next((value for key, value in scope["headers"] if key == PROTOCOLS), b"").split(b",")[2:]
        own = all(self._pages.get(one.decode("latin-1").strip()) == session for one in asked)
        return scope if own else beginning_anew(scope)


def _number(frame: bytes) -> str:
    try:
        return str(ForwardMsg.FromString(frame).new_session.initialize.session_id)
    except DecodeError:
        return ""


def _keep(kept: OrderedDict[K, V], key: K, value: V) -> None:
    kept[key] = value
    kept.move_to_end(key)
    while len(kept) > KEPT:
        kept.popitem(last=False)
