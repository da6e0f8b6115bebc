"""The address that a request came from: of the socket, or of what a proxy that the settings name says about it.

It replaces the peer of the connection for everything behind it: limiter, audit and Streamlit see the same address.
"""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address
from itertools import pairwise

from starlette.types import ASGIApp, Receive, Scope, Send

from data_access.settings import settings

HEADER = b"x-forwarded-for"
# The server (uvicorn) believes any process of this machine and puts port 0 where it has replaced the peer by a header.
REPLACED, ITS_PROXY = 0, "127.0.0.1"


class Forwarded:
    """Middleware, to be the outermost one."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket") and scope.get("client"):
            host, port = scope["client"]
            scope["client"] = (_came_from(ITS_PROXY if port == REPLACED else host, scope["headers"]), port)
        await self.app(scope, receive, send)


def _came_from(peer: str, headers: Iterable[tuple[bytes, bytes]]) -> str:
    """The last address before our own proxies, which each add the one that they saw at the end; what stands before it is
    the visitor's own claim."""
    said = ",".join(value.decode("latin-1") for name, value in headers if name.lower() == HEADER)
    chain = [peer, *(part.strip() for part in reversed(said.split(",")) if part.strip())]
    for nearer, farther in pairwise(chain):
        if not _trusted(nearer):
            return nearer
        if _address(farther) is None:
            return nearer
    return chain[-1]


def _trusted(host: str) -> bool:
    found = _address(host)
    return found is not None and any(found in network for network in settings().proxies)


def _address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None
