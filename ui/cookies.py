"""The session's cookie, which only the server reads: its name, its flags, and what of it a connection may bring.

`__Host-` and Secure hold everywhere but on plain http from this machine to itself, where a browser would drop such a cookie.
The pages find it under one name, for the gate passes on only the cookie that a connection may bring.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from starlette.types import Scope

PLAIN, PREFIXED = "asn_sesi", "__Host-asn_sesi"
SESSION = "asn_session_sha256"  # where the gate notes the fingerprint of the live session that a request came with
LOOPBACK = ("127.0.0.1", "::1", "localhost")
FLAGS = "Path=/; HttpOnly; SameSite=Strict"
EXPIRED = "Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT"


def header(scope: Scope, name: str) -> str:
    """A header of the request; empty if there is none, or more than one to choose from."""
    found = [value for key, value in scope["headers"] if key == name.encode()]
    return found[0].decode("latin-1") if len(found) == 1 else ""


def own_page(scope: Scope) -> bool:
    """Whether the Origin of the request is the name that it was sent to."""
    try:
        origin = urlsplit(header(scope, "origin")).netloc
    except ValueError:  # no address at all
        return False
    return bool(origin) and origin == header(scope, "host")


def unencrypted(scope: Scope) -> bool:
    """Plain http between a browser and a server on the same machine: both ends must be the loopback."""
    client = scope.get("client")
    if client is None or client[0] not in LOOPBACK or scope.get("scheme") not in ("http", "ws"):
        return False
    try:
        return urlsplit(f"//{header(scope, 'host')}").hostname in LOOPBACK
    except ValueError:  # no host at all
        return False


def name_for(scope: Scope) -> str:
    """The only name under which this connection may bring a session."""
    return PLAIN if unencrypted(scope) else PREFIXED


def token_in(scope: Scope) -> str:
    """The token that the connection brings; empty without one, and with several: then somebody else put one there."""
    wanted = name_for(scope)
    found = [value for name, value in _pairs(scope) if name == wanted]
    return found[0] if len(found) == 1 else ""


def passed_on(scope: Scope) -> Scope:
    """The connection as the pages see it: no cookie of the names of ours but the one it may bring, named `PLAIN`."""
    token = token_in(scope)
    kept = [f"{name}={value}" for name, value in _pairs(scope) if name not in (PLAIN, PREFIXED)]
    kept += [f"{PLAIN}={token}"] if token else []
    others = [(key, value) for key, value in scope["headers"] if key != b"cookie"]
    return {**scope, "headers": [*others, (b"cookie", "; ".join(kept).encode("latin-1"))]}


def setting(scope: Scope, token: str) -> str:
    """The Set-Cookie that gives the browser this session, until it is closed."""
    return f"{name_for(scope)}={token}; {FLAGS}{_secure(scope)}"


def expiring(scope: Scope) -> str:
    """The Set-Cookie that takes it away."""
    return f"{name_for(scope)}=; {FLAGS}; {EXPIRED}{_secure(scope)}"


def _secure(scope: Scope) -> str:
    return "" if unencrypted(scope) else "; Secure"


def _pairs(scope: Scope) -> Iterator[tuple[str, str]]:
    for key, value in scope["headers"]:
        if key == b"cookie":
            for part in value.decode("latin-1").split(";"):
                name, _equals, content = part.strip().partition("=")
                yield name.strip(), content.strip().strip('"')
