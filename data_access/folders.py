"""Who may open what the product makes: one account alone, or also the group of a place that two accounts share.

A place is shared by its setgid bit (`chmod 2770` or `2750`, see docs/operations.md): what is made there is as open to its
group as the place itself, and never to others. A folder that is there already keeps its mode; where it matters it is checked.
"""

import os
import stat
from collections.abc import Callable
from pathlib import Path

from data_access.errors import Misconfigured
from data_access.words import mark as _

PRIVATE, PRIVATE_FILE = 0o700, 0o600
GROUP, GROUP_OF_FILE, ANYBODY_ELSE = 0o070, 0o060, 0o077


def private_folder(folder: Path) -> Path:
    """The folder; made with mode 0700 where it is missing, like all above it that are missing."""
    return _made(folder, lambda _place: PRIVATE)


def shared_folder(folder: Path) -> Path:
    """The folder; made as open as the place it lies in where it is missing."""
    return _made(folder, folder_mode)


def new_shared_folder(folder: Path) -> Path:
    """As `shared_folder`; FileExistsError if it is there already."""
    folder.mkdir(mode=PRIVATE)
    folder.chmod(folder_mode(folder.parent))
    return folder


def own_folder(folder: Path) -> Path:
    """As `private_folder`, for what no other account may ever open.

    Misconfigured if the folder is open to others, or if it was put there by another account.
    """
    found = private_folder(folder).stat()
    if found.st_mode & ANYBODY_ELSE:
        template = _("Folder {folder} terbuka bagi akun lain: ubah izinnya menjadi 0700, lalu ulangi.")
        raise Misconfigured("folder-open", template, folder=folder)
    if os.geteuid() not in (found.st_uid, 0):
        template = _("Folder {folder} milik akun lain: jalankan dengan akun pemilik folder itu.")
        raise Misconfigured("folder-foreign", template, folder=folder)
    return folder


def folder_mode(place: Path) -> int:
    """The mode of a folder that is made in this place."""
    return PRIVATE | _group(place, GROUP) | (stat.S_ISGID if _group(place, GROUP) else 0)


def file_mode(place: Path) -> int:
    """The mode of a file that is made in this place."""
    return PRIVATE_FILE | _group(place, GROUP_OF_FILE)


def shared(place: Path) -> bool:
    """Whether an operator has opened this place to its group."""
    return bool(place.stat().st_mode & stat.S_ISGID)


def _group(place: Path, bits: int) -> int:
    return place.stat().st_mode & bits if shared(place) else 0


def _made(folder: Path, mode: Callable[[Path], int]) -> Path:
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(missing):
        try:
            place.mkdir(mode=PRIVATE)
        except FileExistsError:  # made by another process in between
            continue
        place.chmod(mode(place.parent))  # not by mkdir: that knows the mask of the process and passes the setgid bit on
    return folder
