"""Records of what viewers do with data: who, under which policy, and a keyed fingerprint of what they got. No values."""

import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from data_access.access.roles import policy_version
from data_access.access.viewer import Viewer
from data_access.errors import AsnError
from data_access.governance import audit
from data_access.keys import key
from data_access.settings import Settings
from data_access.state.engine import engine

LOGGED_QUERY = 4_000


def event_of(viewer: Viewer, action: str, question: str) -> "partial[audit.Event]":
    """A record of this viewer's act that lacks only its outcome."""
    return partial(
        audit.Event,
        action=action,
        account=viewer.account,
        role=viewer.role_name,
        party=viewer.party,
        policy=policy_version(),
        query=question[:LOGGED_QUERY],
        session_sha256=viewer.session_sha256 or None,
        address=viewer.address,
    )


@contextmanager
def refusals(settings: Settings, event: "partial[audit.Event]", **more: str) -> Iterator[None]:
    """Whatever ends the block is recorded as a refusal with its reason, and goes on."""
    try:
        yield
    except AsnError as error:
        record(settings, event(decision="refused", reason=error.reason, **more))
        raise
    except Exception:
        record(settings, event(decision="refused", reason="unexpected", **more))
        raise


def record(settings: Settings, made: audit.Event) -> int:
    """Writes the record and returns its number; Misconfigured where that cannot be done."""
    return audit.record(engine(settings.state), key(settings.keys, "audit"), made)


def fingerprint(settings: Settings, content: str) -> str:
    """Keyed, for a plain hash of an answer of one cell could be found again by trying values."""
    return hmac.new(key(settings.keys, "audit"), content.encode(), "sha256").hexdigest()
