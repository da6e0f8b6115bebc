"""Where a restored state goes: whether this account can put it there, asked before anything is moved, and the exchange itself.

Root acts in each place as the account that the place belongs to (`data_access.system_accounts`).
"""

import hmac
import os
import secrets
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from data_access.errors import Misconfigured, Rejected
from data_access.folders import PRIVATE_FILE, file_mode, private_folder
from data_access.governance import backup, documents
from data_access.system_accounts import ROOT, acting_account, acting_for, of_a_group, standing
from data_access.words import mark as _

_HALF = _(
    "Status SUDAH diganti dan yang lama disimpan di {kept}, tetapi {place} tidak dapat diganti oleh akun {account} "
    "({why}). Perbaiki penyebabnya, lalu ulangi dengan --replace."
)
_HALF_OF_NOTHING = _(
    "Status SUDAH dipulihkan, tetapi {place} tidak dapat diganti oleh akun {account} ({why}). Perbaiki penyebabnya, lalu "
    "ulangi dengan --replace."
)


@dataclass(frozen=True)
class Exchange:
    """A new file that lies ready on the disk of `target`, whose place it takes; `kept` is where the former one will lie."""

    new: Path
    target: Path
    kept: Path


def same(file: Path, sha256: str) -> bool:
    """Whether the file has these bytes already; one that cannot be read has not."""
    with acting_for(file.parent):
        try:
            return file.is_file() and hmac.compare_digest(backup.sha256_of(file), sha256)
        except OSError:
            return False


def lacking(folder: Path, hashes: Iterable[str]) -> list[str]:
    """Those of the documents that the store does not have intact."""
    with acting_for(folder):
        return [sha256 for sha256 in hashes if not documents.intact(folder, sha256)]


def check_replaceable(file: Path) -> None:
    """Rejected, with what and which account, unless it can put another file here and keep the former one beside it.

    Tried under another name: modes alone do not tell of links to others' files, mounts and the like.
    """
    with _told(file):
        folder = _known(file.parent)
        if file.exists():
            _check_ours(file)
            _tried(folder, lambda beside: os.link(file, beside))
        else:
            _tried(folder, lambda beside: beside.touch(exist_ok=False))


def check_storable(folder: Path, hashes: Iterable[str]) -> None:
    """Rejected, with what and which account, unless it can lay documents with these hashes down in the store."""
    for place in sorted({documents.place(folder, sha256).parent for sha256 in hashes}):
        with _told(place):
            _tried(_known(place), lambda beside: beside.touch(exist_ok=False))


@contextmanager
def aside(folder: Path) -> Iterator[Path]:
    """A closed folder in this one, on the same disk, gone afterwards."""
    with acting_for(folder):
        made = Path(mkdtemp(prefix=".asn-", dir=private_folder(folder)))
    try:
        yield made
    finally:
        with acting_for(folder):
            shutil.rmtree(made, ignore_errors=True)


def exchanged(exchanges: Sequence[Exchange]) -> tuple[Path, ...]:
    """Puts every new file in its place, the state first; returns where the former ones lie.

    Rejected if nothing was exchanged, Misconfigured with where the former state lies if the state was and another was not.
    """
    kept: dict[Path, Path] = {}  # target: its second name
    done = 0
    try:
        for one in exchanges:
            with _told(one.target):
                one.new.chmod(_mode(one.target))
                if one.target.exists():
                    os.link(one.target, one.kept)
                    kept[one.target] = one.kept
        for one in exchanges:
            with _told(one.target) if not done else _told_half(one.target, kept.get(exchanges[0].target)):
                one.new.replace(one.target)
            done += 1
    except (Rejected, Misconfigured):
        for one in exchanges[done:]:
            with acting_for(one.target.parent):
                kept.pop(one.target, one.new).unlink(missing_ok=True)
        raise
    return tuple(kept.values())


def _mode(target: Path) -> int:
    """As the former file. A register that root lays down for a group is for that group to read (docs/operations.md)."""
    if target.exists():
        return target.stat().st_mode & 0o777
    folder = target.parent
    return PRIVATE_FILE | folder.stat().st_mode & stat.S_IRGRP if of_a_group(folder) else file_mode(folder)


def _known(folder: Path) -> Path:
    """The folder or what is there above it; Misconfigured where root would have to guess whose it shall be."""
    place = standing(folder)
    if place != folder and os.geteuid() == ROOT and of_a_group(place):
        template = _(
            "Folder {folder} belum ada, dan root tidak dapat menebak akun mana pemiliknya. Buat folder itu seperti di "
            "docs/operations.md, lalu ulangi. Tidak ada yang diubah."
        )
        missing = place / folder.absolute().relative_to(place.absolute()).parts[0]
        raise Misconfigured("restore-folder", template, folder=missing)
    return place


def _check_ours(file: Path) -> None:
    """OSError if the file cannot be read and written, or lies where only its owner may take it away."""
    folder, found = file.parent.stat(), file.stat()
    others = os.geteuid() not in (ROOT, folder.st_uid, found.st_uid)
    if not os.access(file, os.R_OK | os.W_OK, effective_ids=True) or (folder.st_mode & stat.S_ISVTX and others):
        raise PermissionError(1, os.strerror(1))


def _tried(folder: Path, make: Callable[[Path], object]) -> None:
    beside = folder / f".asn-{secrets.token_hex(8)}"
    make(beside)
    beside.unlink()


@contextmanager
def _told(place: Path) -> Iterator[None]:
    with acting_for(place.parent):
        try:
            yield
        except OSError as error:
            raise _unplaced(place, error) from error


def _unplaced(place: Path, error: OSError) -> Rejected:
    template = _(
        "{place} tidak dapat ditulis atau diganti oleh akun {account} ({why}). Tidak ada yang diganti. Jalankan sebagai "
        "root atau dengan akun yang berhak; lihat docs/operations.md."
    )
    return Rejected("restore-place", template, place=place, account=acting_account(), why=error.strerror)


@contextmanager
def _told_half(place: Path, former: Path | None) -> Iterator[None]:
    """As `_told` once the state is in its place; `former` is the second name of the state before, if there was one."""
    with acting_for(place.parent):
        try:
            yield
        except OSError as error:
            facts = {"place": place, "account": acting_account(), "why": error.strerror, "kept": former}
            raise Misconfigured("restore-half", _HALF if former else _HALF_OF_NOTHING, **facts) from error
