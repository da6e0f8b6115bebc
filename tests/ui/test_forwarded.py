"""The address of a visitor is that of the socket, unless a proxy named in the settings says otherwise."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.WidgetStates_pb2 import WidgetState

from data_access.governance import audit
from data_access.settings import Settings, settings
from data_access.state import engine
from tests.attacks.hand_made import Client, elements
from tests.browser.server import started
from tests.world import World
from ui.forwarded import Forwarded

Seen = Callable[..., str]


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Seen:
    """What the application behind sees as the peer."""

    def once(peer: str, *said: str, proxies: str = "", kind: str = "http") -> str:
        monkeypatch.setenv("ASN_TRUSTED_PROXIES", proxies)
        settings.cache_clear()
        found: list[str] = []

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            found.append(scope["client"][0])

        async def receive() -> Message:
            return {}

        async def send(message: Message) -> None:
            return None

        headers = [(b"X-Forwarded-For", value.encode()) for value in said]
        scope: Scope = {"type": kind, "client": (peer, 4711), "scheme": "http", "headers": headers}
        asyncio.run(Forwarded(app)(scope, receive, send))
        settings.cache_clear()
        return found[0]

    return once


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    ("peer", "said", "proxies", "expected"),
    [
        ("10.0.0.9", (), "", "10.0.0.9"),
        ("10.0.0.9", ("1.2.3.4",), "", "10.0.0.9"),  # nobody is believed by default
        ("10.0.0.9", ("1.2.3.4",), "10.0.0.1", "10.0.0.9"),  # not the proxy of the settings
        ("10.0.0.1", ("1.2.3.4",), "10.0.0.1", "1.2.3.4"),
        ("10.0.0.1", ("1.2.3.4",), " 10.0.0.0/24 , ::1", "1.2.3.4"),
        ("10.0.0.1", ("6.6.6.6, 1.2.3.4",), "10.0.0.1", "1.2.3.4"),  # the visitor put an address before
        ("10.0.0.1", ("6.6.6.6", "1.2.3.4"), "10.0.0.1", "1.2.3.4"),  # the same in a header of its own
        ("10.0.0.1", ("1.2.3.4, 10.0.0.2",), "10.0.0.0/24", "1.2.3.4"),  # two proxies of ours
        ("10.0.0.1", ("no address",), "10.0.0.1", "10.0.0.1"),
        ("10.0.0.1", ("1.2.3.4, evil<script>",), "10.0.0.1", "10.0.0.1"),
        ("10.0.0.1", ("",), "10.0.0.1", "10.0.0.1"),
        ("::1", ("2001:db8::7",), "::1", "2001:db8::7"),
        ("10.0.0.1", ("10.0.0.3",), "10.0.0.0/24", "10.0.0.3"),  # somebody on the proxy's own network
    ],
)
def test_address(seen: Seen, peer: str, said: tuple[str, ...], proxies: str, expected: str, kind: str) -> None:
    assert seen(peer, *said, proxies=proxies, kind=kind) == expected


@pytest.mark.parametrize("said", ["203.0.113.9", "203.0.113.9:4711", "evil:5", "[2001:db8::7]:80"])
def test_no_process_of_this_machine_chooses_its_address(own_world: World, tmp_path: Path, said: str) -> None:
    """The whole way, with the server's own belief in such headers: sign-in is recorded with the address of the socket."""
    claimed = {"X-Forwarded-For": said, "X-Forwarded-Proto": "https"}
    with started(own_world, tmp_path / "log") as base, Client(base, headers=claimed) as stranger:
        drawn = elements(stranger.run())
        fields = [one.id for one in drawn if one.DESCRIPTOR.name == "TextInput"]
        [button] = [one.id for one in drawn if one.DESCRIPTOR.name == "Button" and one.is_form_submitter]
        typed = [WidgetState(id=field, string_value="orang lain") for field in fields]
        stranger.run(widgets=[*typed, WidgetState(id=button, trigger_value=True)])
    (entry,) = audit.search(engine(own_world.settings.state), action="sign-in", limit=1)
    assert (entry.event.decision, entry.event.address) == ("refused", "127.0.0.1")


@pytest.mark.parametrize(
    ("kind", "said", "proxies", "expected"),
    [
        ("http", "https", "10.0.0.1", "https"),
        ("websocket", "https", "10.0.0.1", "wss"),
        ("http", "https, http", "10.0.0.1", "http"),  # the last one is our proxy's
        ("http", "https", "", "http"),
        ("http", "gopher", "10.0.0.1", "http"),
    ],
)
def test_scheme(monkeypatch: pytest.MonkeyPatch, kind: str, said: str, proxies: str, expected: str) -> None:
    monkeypatch.setenv("ASN_TRUSTED_PROXIES", proxies)
    settings.cache_clear()
    found: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        found.append(scope["scheme"])

    async def receive() -> Message:
        return {}

    async def send(message: Message) -> None:
        return None

    scope: Scope = {
        "type": kind,
        "client": ("10.0.0.1", 4711),
        "scheme": "http" if kind == "http" else "ws",
        "headers": [(b"x-forwarded-proto", said.encode())],
    }
    asyncio.run(Forwarded(app)(scope, receive, send))
    settings.cache_clear()
    assert found == [expected]


@pytest.mark.parametrize("text", ["proxy.local", "10.0.0.0/33", "10.0.0.5/24", "10.0.0.1;10.0.0.2"])
def test_proxies_that_are_no_networks_stop_the_start(text: str) -> None:
    with pytest.raises(ValueError, match="trusted_proxies"):
        Settings(trusted_proxies=text)
