"""Tickets: a signed word from a page to a route of the same server, for one purpose, one session and a short time.

A route has no session of its own to ask; the ticket names it by its fingerprint, and the session is looked up anew.
"""

import base64
import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from data_access.errors import Refused
from data_access.state import utc_now
from data_access.words import mark as _

LIFE = timedelta(minutes=30)


@dataclass(frozen=True)
class Ticket:
    """`serial` is random, so that what is made with a ticket can be made only once."""

    purpose: str
    session_sha256: str
    serial: str


def issue(key: bytes, purpose: str, session_sha256: str, now: datetime | None = None, *, life: timedelta = LIFE) -> str:
    """A new ticket as text that can stand in an address, good for so long."""
    until = int(((now or utc_now()) + life).timestamp())
    claims = {"purpose": purpose, "session": session_sha256, "serial": secrets.token_hex(12), "until": until}
    body = base64.urlsafe_b64encode(json.dumps(claims, sort_keys=True).encode()).decode().rstrip("=")
    return f"{body}.{_mac(key, body)}"


def check(key: bytes, purpose: str, text: str, now: datetime | None = None) -> Ticket:
    """The ticket behind the text; Refused if it is forged, for something else, or too old."""
    body, _dot, mac = text.partition(".")
    if not hmac.compare_digest(_mac(key, body).encode(), mac.encode(errors="replace")):
        raise _invalid()
    claims = _claims(body)
    if claims["purpose"] != purpose or claims["until"] < (now or utc_now()).timestamp():
        raise _invalid()
    return Ticket(purpose, claims["session"], claims["serial"])


def serial_of(text: str) -> str:
    """The serial of a ticket that this server has kept itself, however old it is by now."""
    return str(_claims(text.partition(".")[0])["serial"])


def valid(key: bytes, purpose: str, text: str) -> bool:
    """Whether the ticket would be taken now."""
    try:
        check(key, purpose, text)
    except Refused:
        return False
    return True


def _claims(body: str) -> dict[str, Any]:
    return dict(json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))))


def _mac(key: bytes, body: str) -> str:
    return hmac.new(key, f"ticket:{body}".encode(errors="replace"), "sha256").hexdigest()


def _invalid() -> Refused:
    return Refused("ticket-invalid", _("Izin unggah tidak berlaku lagi. Muat ulang halaman, lalu unggah kembali."))
