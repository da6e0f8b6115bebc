"""The address of a visitor is that of the socket, unless a proxy named in the settings says otherwise."""

import asyncio
from collections.abc import Callable

import pytest
from starlette.types import Message, Receive, Scope, Send

from data_access.settings import Settings, settings
from ui.forwarded import Forwarded

Seen = Callable[..., str]


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Seen:
    """What the application behind sees as the peer."""

    def once(peer: str, *said: str, proxies: str = "", port: int = 4711, kind: str = "http") -> str:
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
        scope: Scope = {"type": kind, "client": (peer, port), "headers": headers}
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


def test_address_that_the_server_took_from_a_header_by_itself_is_put_back(seen: Seen) -> None:
    """uvicorn believes every process of this machine; port 0 tells that it has replaced the peer."""
    assert seen("6.6.6.6", "6.6.6.6", port=0) == "127.0.0.1"
    assert seen("6.6.6.6", "6.6.6.6", port=0, proxies="10.0.0.1") == "127.0.0.1"
    assert seen("1.2.3.4", "6.6.6.6, 1.2.3.4", port=0, proxies="127.0.0.1") == "1.2.3.4"


@pytest.mark.parametrize("text", ["proxy.local", "10.0.0.0/33", "10.0.0.5/24", "10.0.0.1;10.0.0.2"])
def test_proxies_that_are_no_networks_stop_the_start(text: str) -> None:
    with pytest.raises(ValueError, match="trusted_proxies"):
        Settings(trusted_proxies=text)
