"""What may be said over a connection, either way: the kinds of message that the product uses, and no more than need be told."""

import re
from collections.abc import Awaitable, Callable

from google.protobuf.message import DecodeError
from starlette.types import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from ui.gate.files import Files
from ui.gate.told import PAGE, Told

# Close codes of RFC 6455: a protocol that is not spoken here, a kind of frame that is not taken.
GARBLED, TEXT, BUSY = 1002, 1003, 1013
ANYBODY = ("rerun_script", "app_heartbeat")
SIGNED_IN = (*ANYBODY, "stop_script", "backend_operation_request")
OPERATIONS = ("deferred_file", "dataframe_chunk")
PLAIN = re.compile(r"[0-9A-Za-z_-]{1,128}")  # it is written into the log where something fails


class Sieve:
    """For one connection; `session` is the fingerprint of its session, empty for a stranger.

    `stolen` is told the number of a file that the session asks for and was never told of.
    """

    def __init__(
        self, told: Told, files: Files, session: str, stolen: Callable[[str], Awaitable[None]] | None = None
    ) -> None:
        self._told, self._files, self._session, self._stolen = told, files, session, stolen

    async def comes(self, message: Message) -> Message | int | None:
        """What is handed on: the message, nothing, or the code with which to hang up."""
        if message["type"] != "websocket.receive":
            return message
        if message.get("bytes") is None:
            return TEXT
        try:
            said = BackMsg.FromString(message["bytes"])
        except DecodeError:
            return GARBLED
        if not self._may_say(said):
            return None
        return await self._file(message, str(said.backend_operation_request.deferred_file.file_id))

    def goes(self, message: Message) -> Message:
        """The message without folders and versions of this server, and noted where it tells of a page or a file."""
        frame = message.get("bytes")
        if not frame:
            return message
        if self._session and (made := self._told.note(self._session, frame)):
            self._files.hold(made)
        return {**message, "bytes": _quiet(frame)} if PAGE in frame else message

    def _may_say(self, said: BackMsg) -> bool:
        kind = said.WhichOneof("type")
        if kind not in (SIGNED_IN if self._session else ANYBODY):
            return False
        return kind != "backend_operation_request" or self._may_ask(said)

    def _may_ask(self, said: BackMsg) -> bool:
        asked = said.backend_operation_request
        kind = asked.WhichOneof("payload")
        if kind not in OPERATIONS:
            return False
        wanted = asked.deferred_file.file_id if kind == "deferred_file" else asked.dataframe_chunk.source_id
        return all(PLAIN.fullmatch(text) for text in (asked.request_id, wanted))

    async def _file(self, message: Message, wanted: str) -> Message | int | None:
        """As `comes`, where the message asks for a file to be made."""
        if not wanted:
            return message
        if not self._told.may_have(self._session, wanted):
            if self._stolen is not None:
                await self._stolen(wanted)
            return None
        return message if self._files.in_turn(self._session) else BUSY


def _quiet(frame: bytes) -> bytes:
    said = ForwardMsg.FromString(frame)
    if said.WhichOneof("type") != "new_session":
        return frame
    said.new_session.main_script_path = "main.py"
    about = said.new_session.initialize.environment_info
    about.streamlit_version = about.python_version = about.server_os = ""
    return bytes(said.SerializeToString())
