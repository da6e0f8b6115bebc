"""A started server with its world and its log, and how to judge what a client made by hand got out of it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from data_access.governance.audit import Entry, anchor, search
from data_access.state import engine
from tests.attacks.hand_made import Client, asked, elements, everything, kinds
from tests.ui_world import token
from tests.world import OWN, World, dataset

FORM = {"html", "heading", "markdown", "text_input", "button", "button_group", "alert"}
# What only pages behind the form would say.
BEHIND = (b"DATA CONTOH", b"plotly", b"Riwayat rilis", b"Eksplorasi", b"Jawa Tengah", b"Unduh", b"Keluar")
PLACES = dataset().levels["provinsi"].codes
# The tile map names every province and tells no number of those outside; these three are written out on their tiles.
SHORT = (b"Bali", b"Maluku", b"Papua")
ABROAD = [name for code in PLACES if code.code not in OWN and (name := code.label.text("id").encode()) not in SHORT]
OUTSIDE = re.compile(rb'"[^"]*di luar pilihan atau cakupan Anda"')
INTERNAL = re.compile(
    rb'Traceback|File \\?"|site-packages|\.py\\?", line|/(tmp|home|root|usr|var)/|'
    rb"\b(SELECT|INSERT|UPDATE|DELETE|FROM|WHERE) |duckdb|sqlalchemy|sqlite|polars"
)


@dataclass(frozen=True)
class Bench:
    """A server at the address `base` over `world`, whose output goes to the file `log`."""

    base: str
    world: World
    log: Path

    def session(self, account: str) -> str:
        """The token of a new session."""
        return token(self.world, account)

    def client(self, account: str = "", *, resume: str = "") -> Client:
        """A connection of somebody with a session of their own, or of nobody."""
        return Client(self.base, self.session(account) if account else "", resume=resume)

    def output(self) -> str:
        """All that the server has written."""
        return self.log.read_text("utf-8", errors="replace")

    def alive(self) -> bool:
        """Whether the server answers, and still shows the form to a stranger."""
        with self.client() as stranger:
            return asked(self.base, "/healthz").status == 204 and only_the_form(stranger.run())

    def last_record(self) -> int:
        """The number of the newest record of the audit."""
        return anchor(engine(self.world.settings.state))[0]

    def records(self, since: int) -> list[Entry]:
        """The records after that one."""
        found = search(engine(self.world.settings.state), limit=100_000)
        return [entry for entry in found if entry.seq > since]


def only_the_form(said: Sequence[ForwardMsg]) -> bool:
    """Whether nothing but the sign-in form came: no element of another kind, no word from behind it."""
    drawn = kinds(said)
    return (
        set(drawn) <= FORM and drawn.count("text_input") == 2 and not any(word in everything(said) for word in BEHIND)
    )


def nothing_behind(said: Sequence[ForwardMsg]) -> bool:
    """Whether nothing came or only the form; a page that was open before is told the names of its own menu once more."""
    told = everything(one for one in said if not one.HasField("new_session"))
    return set(kinds(said)) <= FORM and not any(word in told for word in BEHIND)


def abroad(said: Iterable[ForwardMsg]) -> list[bytes]:
    """The provinces outside 33 and 34 of which something came."""
    told = OUTSIDE.sub(b"", everything(said))
    return [name for name in ABROAD if name in told]


def internal(said: Iterable[ForwardMsg]) -> list[bytes]:
    """What came that speaks of the inside of the server. The first message of each run is judged by a test of its own."""
    told = everything(one for one in said if not one.HasField("new_session"))
    return [found.group() for found in INTERNAL.finditer(told)]


def questions(said: Iterable[ForwardMsg]) -> set[str]:
    """The canonical questions whose answers came: every figure names its own."""
    drawn = [one for one in elements(said) if one.DESCRIPTOR.name == "Code"]
    return {text for one in drawn if (text := str(one.code_text)).startswith("{")}
