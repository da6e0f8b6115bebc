"""Who does what in the registers of the agreement: the viewer's role and party decide, and every refusal is recorded."""

from collections.abc import Mapping
from typing import Any

from data_access.access.recording import event_of, refusals
from data_access.access.viewer import Viewer
from data_access.errors import Refused
from data_access.governance import agreement
from data_access.governance.documents import Attachment
from data_access.governance.registers.book import Actor, Book
from data_access.governance.registers.model import RIGHTS, Entry
from data_access.keys import key
from data_access.settings import Settings, settings
from data_access.state import engine
from data_access.words import mark as _

OPENED, STEPPED = "register-open", "register-step"


def book(chosen: Settings | None = None) -> Book:
    """The registers; Misconfigured where agreement, key or state are unusable."""
    found = chosen or settings()
    return Book(
        engine=engine(found.state),
        key=key(found.keys, "audit"),
        store=found.documents,
        largest=found.attachment_bytes,
        signed=agreement.register(found.agreement).agreement.signed,
    )


def actor(viewer: Viewer, action: str = STEPPED) -> Actor:
    """The viewer as one who acts in the registers."""
    event = event_of(viewer, action, "")(decision="allowed", query=None)
    return Actor(viewer.account, viewer.party, viewer.role.registers, event)


def check_may_read(viewer: Viewer) -> None:
    """Refused unless the role reads the registers."""
    if not may_read(viewer):
        raise Refused("registers-role", _("Peran Anda tidak membaca daftar kerja sama."))


def may_read(viewer: Viewer) -> bool:
    """Whether the role reads the registers."""
    return RIGHTS.index(viewer.role.registers) >= RIGHTS.index("read")


def check_may_ask(viewer: Viewer) -> None:
    """Refused unless the role opens matters of some register."""
    if RIGHTS.index(viewer.role.registers) < RIGHTS.index("ask"):
        raise Refused("registers-role", _("Peran Anda tidak mengisi daftar kerja sama."))


def open_matter(viewer: Viewer, register: str, facts: Mapping[str, Any], attachment: Attachment | None = None) -> int:
    """As `Book.open`, in the name of the viewer; what is refused is recorded."""
    with refusals(settings(), event_of(viewer, OPENED, ""), detail=register):
        return book().open(actor(viewer, OPENED), register, facts, attachment)


def take_step(
    viewer: Viewer, number: int, action: str, facts: Mapping[str, Any], attachment: Attachment | None = None
) -> Entry:
    """As `Book.take`, in the name of the viewer; what is refused is recorded."""
    with refusals(settings(), event_of(viewer, STEPPED, ""), detail=f"{number} {action}"):
        return book().take(actor(viewer), number, action, facts, attachment)
