"""The address and the scheme that a request came with: of the socket, or of what a proxy that the settings name says about it.

They replace those of the connection for everything behind: limiter, audit, cookies and Streamlit see the same.
"""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address
from itertools import pairwise

import uvicorn.config
from starlette.types import ASGIApp, Receive, Scope, Send

from data_access.settings import settings

HEADER, SCHEME = b"x-forwarded-for", b"x-forwarded-proto"
SCHEMES = {"http": {"http": "http", "https": "https"}, "websocket": {"http": "ws", "https": "wss"}}


def believe_settings_alone() -> None:
    """To be called while the program is loaded: uvicorn would believe any process of this machine, and wraps what it loads."""
    uvicorn.config.ProxyHeadersMiddleware = _as_it_is  # type: ignore[attr-defined, assignment]


class Forwarded:
    """Middleware, to be the outermost one."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in SCHEMES and scope.get("client"):
            host, port = scope["client"]
            scope["client"] = (_came_from(host, scope["headers"]), port)
            said = _said(scope["headers"], SCHEME)
            if said and _trusted(host):
                scope["scheme"] = SCHEMES[scope["type"]].get(said[-1], scope["scheme"])
        await self.app(scope, receive, send)


def _as_it_is(app: ASGIApp, trusted_hosts: object) -> ASGIApp:  # noqa: ARG001 uvicorn names it
    return app


def _came_from(peer: str, headers: Iterable[tuple[bytes, bytes]]) -> str:
    """The last address before our own proxies, which each add the one that they saw at the end; what stands before it is
    the visitor's own claim."""
    chain = [peer, *reversed(_said(headers, HEADER))]
    for nearer, farther in pairwise(chain):
        if not _trusted(nearer):
            return nearer
        if _address(farther) is None:
            return nearer
    return chain[-1]


def _said(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> list[str]:
    """The parts of all headers of this name, in the order in which they came."""
    lines = ",".join(value.decode("latin-1") for key, value in headers if key.lower() == name)
    return [part.strip() for part in lines.split(",") if part.strip()]


def _trusted(host: str) -> bool:
    found = _address(host)
    return found is not None and any(found in network for network in settings().proxies)


def _address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None
