"""Speaks to an ASGI application as a server would, without one: requests and sockets with any header, client and scheme."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.types import ASGIApp, Message, Scope

HOST, NEAR, FAR = "127.0.0.1:8501", "127.0.0.1", "10.1.2.3"


@dataclass(frozen=True)
class Answer:
    """What came back; `headers` holds the last of each name, `cookies` every Set-Cookie."""

    status: int
    headers: Mapping[str, str]
    cookies: tuple[str, ...]
    body: bytes


def scope_of(
    kind: str,
    path: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    client: str = NEAR,
    scheme: str = "",
) -> Scope:
    """The scope that a server makes; a Host header is added if none is given."""
    given = {"host": HOST} | {name.lower(): value for name, value in (headers or {}).items()}
    return {
        "type": kind,
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "scheme": scheme or ("http" if kind == "http" else "ws"),
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in given.items()],
        "client": (client, 50_000),
        "server": ("127.0.0.1", 8501),
        "http_version": "1.1",
        "subprotocols": [],
    }


def asked(app: ASGIApp, path: str, *, body: bytes = b"", **parts: object) -> Answer:
    """The answer to one request."""
    got: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        got.append(message)

    asyncio.run(app(scope_of("http", path, **parts), receive, send))  # type: ignore[arg-type]
    pairs = [(name.decode(), value.decode("latin-1")) for name, value in got[0].get("headers", ())]
    cookies = tuple(value for name, value in pairs if name == "set-cookie")
    content = b"".join(message.get("body", b"") for message in got[1:])
    return Answer(got[0]["status"], dict(pairs), cookies, content)


@dataclass
class Line:
    """One open socket: put what the browser sends into `said`, find what the server does in `heard`."""

    said: "asyncio.Queue[Message]" = field(default_factory=asyncio.Queue)
    heard: list[Message] = field(default_factory=list)

    async def receive(self) -> Message:
        return await self.said.get()

    async def send(self, message: Message) -> None:
        self.heard.append(message)

    def connect(self, app: ASGIApp, scope: Scope) -> "asyncio.Task[None]":
        self.said.put_nowait({"type": "websocket.connect"})

        async def serve() -> None:
            await app(scope, self.receive, self.send)

        return asyncio.ensure_future(serve())

    @property
    def closed(self) -> int | None:
        """The code with which the server hung up; None as long as it has not."""
        return next((message["code"] for message in self.heard if message["type"] == "websocket.close"), None)
