"""Whoever asks for a file at the click: the session and its rights as they are then, not as they were when it was offered."""

from contextlib import AbstractContextManager

from data_access.access.recording import event_of, record, refusals
from data_access.access.registering import check_may_read
from data_access.access.viewer import Viewer
from data_access.errors import Refused
from data_access.settings import settings
from data_access.words import mark as _
from ui import downloading
from ui.agreeing.places import path_of
from ui.session import Bearer

FILE = "register-file"


def holder(bearer: Bearer, register: str) -> Viewer:
    """The viewer who may read this register now; Refused if the session has ended or the right is gone, which is recorded."""
    found = downloading.holder(bearer)
    with asking(found, register):
        check_may_read(found)
        if not found.may_open(path_of(register)):
            raise Refused("registers-page", _("Peran Anda tidak membuka daftar ini."))
    return found


def asking(viewer: Viewer, register: str) -> AbstractContextManager[None]:
    """Whatever ends the block is recorded as a file of the register that was not given."""
    return refusals(settings(), event_of(viewer, FILE, ""), detail=register)


def read_by(viewer: Viewer, what: str) -> None:
    """Records that a file of a register was fetched."""
    record(settings(), event_of(viewer, FILE, "")(decision="allowed", detail=what))
