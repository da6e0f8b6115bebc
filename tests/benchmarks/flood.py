"""Wrong sign-ins without pause from a process of its own: python -m tests.benchmarks.flood BASE RATE SECONDS.

Every one is of another name, on one of many connections; one that the server keeps waiting is given up for a new one.
Prints as JSON how many were offered, sent and answered with a failure, and what became of the connections.
"""

import asyncio
import json
import sys
import time
from collections import Counter

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.typing import Subprotocol

from tests.attacks.hand_made import PROTOCOLS, STREAM, Client, elements, state_of

CONNECTIONS = 200
PATIENCE = 1.0  # seconds that a message may wait to be sent, and a connection to be opened
FAILED = b"keliru"


def form(base: str) -> tuple[list[str], str]:
    """The ids of the two fields and of the button, as the server draws them for anybody."""
    with Client(base) as client:
        drawn = elements(client.run())
    fields = [one.id for one in drawn if one.DESCRIPTOR.name == "TextInput"]
    [button] = [one.id for one in drawn if one.DESCRIPTOR.name == "Button" and one.is_form_submitter]
    return fields, button


def attempt(fields: list[str], button: str, number: int) -> bytes:
    """One wrong sign-in as a message."""
    widgets = [
        WidgetState(id=fields[0], string_value=f"orang-{number}"),
        WidgetState(id=fields[1], string_value=f"bukan kata sandi {number}"),
        WidgetState(id=button, trigger_value=True),
    ]
    return bytes(BackMsg(rerun_script=state_of(widgets=widgets)).SerializeToString())


class Flood:
    def __init__(self, base: str, rate: float, seconds: float) -> None:
        self._base, self._rate, self._ends = base, rate, time.monotonic() + seconds
        self._fields, self._button = form(base)
        self._begun = time.monotonic()
        self.counted: Counter[str] = Counter()

    async def run(self) -> None:
        await asyncio.gather(*(self._one(number) for number in range(CONNECTIONS)))

    async def _one(self, number: int) -> None:
        """One connection after another, each sending its share."""
        pause, turn = CONNECTIONS / self._rate, 0
        while time.monotonic() < self._ends:
            self.counted["connections"] += 1
            try:
                async with self._line() as line:
                    listening = asyncio.create_task(self._listen(line))
                    try:
                        while (due := self._begun + turn * pause) < self._ends:
                            await asyncio.sleep(max(0, due - time.monotonic()))
                            turn += 1
                            self.counted["offered"] += 1
                            async with asyncio.timeout(PATIENCE):
                                await line.send(attempt(self._fields, self._button, turn * CONNECTIONS + number))
                            self.counted["sent"] += 1
                    finally:
                        listening.cancel()
            except ConnectionClosed:
                self.counted["cut off"] += 1
            except (OSError, InvalidHandshake):  # a TimeoutError is an OSError
                self.counted["not let in"] += 1

    def _line(self) -> connect:
        return connect(
            f"ws://{self._base.removeprefix('http://')}{STREAM}",
            additional_headers={"Origin": self._base},
            subprotocols=[Subprotocol(name) for name in PROTOCOLS],
            compression=None,
            max_size=None,
            open_timeout=PATIENCE,
            proxy=None,
        )

    async def _listen(self, line: ClientConnection) -> None:
        async for frame in line:
            if isinstance(frame, bytes) and FAILED in frame and ForwardMsg.FromString(frame).HasField("delta"):
                self.counted["answered"] += 1


if __name__ == "__main__":
    flood = Flood(sys.argv[1], float(sys.argv[2]), float(sys.argv[3]))
    asyncio.run(flood.run())
    print(json.dumps(flood.counted))
