"""Accounts of the operating system: which one this is, and root standing in for the account whose a place is.

What root lays down would be root's, closed to the account that has to read it; and whoever owns a place could lead root out
of it by a link. So root acts there with the rights of the owner, and what it makes is the owner's from the beginning.
"""

import os
import pwd
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = 0


def acting_account() -> str:
    """The name of the account whose rights count at this moment; its number where it has no name."""
    number = os.geteuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


def standing(folder: Path) -> Path:
    """The folder, or the lowest one above it that is there."""
    return next(place for place in (folder, *folder.absolute().parents) if place.exists())


@contextmanager
def acting_for(folder: Path) -> Iterator[None]:
    """Root acts as owner and group of the folder, or of the lowest one above it that is there; others as they are.

    The groups of the folders above go along, or the way to the folder might be closed to its owner.
    """
    if os.getuid() != ROOT:
        yield
        return
    before = os.geteuid(), os.getegid(), os.getgroups()
    os.seteuid(ROOT)
    place = standing(folder).absolute()
    found = place.stat()
    passed = {above.stat().st_gid for above in place.parents} - {ROOT}
    try:
        _become(found.st_uid, found.st_gid, sorted({found.st_gid, *passed}))
        yield
    finally:
        os.seteuid(ROOT)
        _become(*before)


def of_a_group(place: Path) -> bool:
    """Whether root keeps this place for a group of other accounts, as `var` of an installation for two accounts."""
    found = place.stat()
    return found.st_uid == ROOT and found.st_gid != ROOT


def _become(uid: int, gid: int, groups: Sequence[int]) -> None:
    """As root only. The user comes last: after that nothing else may be changed."""
    if (uid, gid) == (os.geteuid(), os.getegid()):
        return
    os.setgroups(groups)
    os.setegid(gid)
    os.seteuid(uid)
