"""A browser made by hand: it speaks the protocol of Streamlit's pages, and says whatever it likes.

It knows nothing of the product but the address of a server and the name of a cookie: what it hears is what anybody could.
"""

import http.client
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from ui.cookies import PLAIN

STREAM = "/_stcore/stream"
# As the frontend sends them to a server that set no XSRF cookie; a third one asks to go on with an earlier page.
PROTOCOLS = ("streamlit", "PLACEHOLDER_AUTH_TOKEN")
WAIT = 60.0  # seconds, for a busy machine
ENDS = (
    ForwardMsg.FINISHED_SUCCESSFULLY,
    ForwardMsg.FINISHED_WITH_COMPILE_ERROR,
    ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
)


class Client:
    """One connection. `session_id` is what Streamlit calls its page, as soon as it has said so."""

    def __init__(
        self, base: str, session: str = "", *, resume: str = "", headers: Mapping[str, str] | None = None
    ) -> None:
        given = {"Origin": base} | ({"Cookie": f"{PLAIN}={session}"} if session else {}) | dict(headers or {})
        agent = given.pop("User-Agent", "Mozilla/5.0 (hand made)")
        self.session_id = ""
        self._open = ExitStack()
        opening = connect(
            f"ws://{base.removeprefix('http://')}{STREAM}",
            additional_headers=given,
            user_agent_header=agent,
            subprotocols=[Subprotocol(name) for name in (*PROTOCOLS, *([resume] if resume else []))],
            compression=None,
            max_size=None,
            max_queue=None,
            open_timeout=WAIT,
            ping_interval=None,
            proxy=None,
        )
        self._line = self._open.enter_context(opening)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Hangs up."""
        self._open.close()

    def send(self, message: BackMsg | bytes | str) -> None:
        """A message of the protocol, or any other frame."""
        self._line.send(message.SerializeToString() if isinstance(message, BackMsg) else message)

    def heard(self, seconds: float = WAIT) -> ForwardMsg | None:
        """The next message; None if none comes in time. Raises ConnectionClosed where the server has hung up."""
        try:
            frame = self._line.recv(timeout=seconds, decode=False)
        except TimeoutError:
            return None
        said: ForwardMsg = ForwardMsg.FromString(frame)
        self.session_id = said.new_session.initialize.session_id or self.session_id
        return said

    def run(self, state: ClientState | None = None, **wanted: Any) -> list[ForwardMsg]:
        """All that comes back of a run of the page: see `state_of`."""
        self.send(BackMsg(rerun_script=state or state_of(**wanted)))
        return self.finished()

    def finished(self) -> list[ForwardMsg]:
        """All that comes until a run has ended; AssertionError if it does not."""
        found: list[ForwardMsg] = []
        end = time.monotonic() + WAIT
        while (left := end - time.monotonic()) > 0:
            if (said := self.heard(left)) is not None:
                found.append(said)
                if said.WhichOneof("type") == "script_finished" and said.script_finished in ENDS:
                    return found
        raise AssertionError(f"no end of the run after {len(found)} messages")

    def rest(self, seconds: float = 1.0) -> list[ForwardMsg]:
        """All that comes until nothing has come for so long, or the server hangs up."""
        found: list[ForwardMsg] = []
        try:
            while (said := self.heard(seconds)) is not None:
                found.append(said)
        except ConnectionClosed:
            pass
        return found

    def closed(self, seconds: float = WAIT) -> int | None:
        """The code with which the server hangs up; None if it does not."""
        try:
            end = time.monotonic() + seconds
            while (left := end - time.monotonic()) > 0:
                self.heard(left)
        except ConnectionClosed as gone:
            return gone.rcvd.code if gone.rcvd else 1006
        return None


def state_of(
    page: str = "",
    *,
    script_hash: str = "",
    query: str = "",
    fragment: str = "",
    widgets: Iterable[WidgetState] = (),
) -> ClientState:
    """What a browser tells with each run: address, page, and the states of its widgets."""
    state = ClientState(page_name=page, page_script_hash=script_hash, query_string=query, fragment_id=fragment)
    state.widget_states.widgets.extend(widgets)
    state.context_info.timezone = "Asia/Jakarta"
    state.context_info.locale = "id-ID"
    return state


def everything(said: Iterable[ForwardMsg]) -> bytes:
    """All bytes of the messages."""
    return b"\n".join(one.SerializeToString() for one in said)


def elements(said: Iterable[ForwardMsg]) -> list[Any]:
    """What was drawn, in its order: the message of each new element, of a class of its own kind."""
    drawn = [one.delta.new_element for one in said if one.delta.WhichOneof("type") == "new_element"]
    return [getattr(one, kind) for one in drawn if (kind := one.WhichOneof("type"))]


def kinds(said: Iterable[ForwardMsg]) -> list[str]:
    """The kind of each new element, in its order."""
    return [str(one.delta.new_element.WhichOneof("type")) for one in said if one.delta.HasField("new_element")]


def widget_id(said: Iterable[ForwardMsg], key: str) -> str:
    """The id of the drawn widget, or of the block, whose key this is."""
    [found] = {one for one in ids(said) if one.endswith(f"-{key}")}
    return found


def ids(said: Iterable[ForwardMsg]) -> Iterator[str]:
    """The ids of all widgets that were drawn."""
    for one in elements(said):
        if "id" in one.DESCRIPTOR.fields_by_name and one.id:
            yield str(one.id)


@dataclass(frozen=True)
class Answer:
    """What came back from an address; status 0 if nothing did."""

    status: int
    body: bytes
    headers: Mapping[str, str]


def asked(
    base: str,
    path: str,
    session: str = "",
    *,
    method: str = "GET",
    body: str | None = None,
    seconds: float = WAIT,
    **headers: str,
) -> Answer:
    """The answer to one request, with a cookie of that session if one is given; headers by name, with `_` for `-`."""
    given = {"Origin": base} | ({"Cookie": f"{PLAIN}={session}"} if session else {})
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    line = http.client.HTTPConnection(urlsplit(base).netloc, timeout=seconds)
    try:
        line.request(method, path, body, given)
        answer = line.getresponse()
        return Answer(answer.status, answer.read(), {name.lower(): value for name, value in answer.getheaders()})
    except TimeoutError:
        return Answer(0, b"", {})
    finally:
        line.close()
