"""Whoever asks for a file at the click: the session and its rights as they are then, not as they were when it was offered."""

from data_access.access.registering import check_may_read
from data_access.access.viewer import Viewer
from data_access.errors import Refused
from data_access.words import mark as _
from ui import downloading
from ui.agreeing.places import path_of


def holder(token: str, register: str) -> Viewer:
    """The viewer who may read this register now; Refused if the session has ended or the right is gone."""
    found = downloading.holder(token)
    check_may_read(found)
    if not found.may_open(path_of(register)):
        raise Refused("registers-page", _("Peran Anda tidak membuka daftar ini."))
    return found
