"""The folder of releases: which exist, which one is current, and the atomic swap of that pointer."""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from data_access.errors import Damaged, Misconfigured, Rejected
from data_access.folders import file_mode, shared_folder
from data_access.release import manifest as manifests
from data_access.release.durable import sync, sync_all
from data_access.words import JAKARTA
from data_access.words import mark as _

POINTER = "current"
LOCK = ".lock"
BUILDING = ".building-"
POLL = 0.2


def current(shelf: Path) -> Path:
    """Folder of the release that is served now; Damaged if nothing was published or the pointer is unreadable."""
    try:
        name = (shelf / POINTER).read_text("ascii").strip()
    except FileNotFoundError as error:
        raise Damaged("release-none", _("Belum ada rilis. Tim data perlu menerbitkan snapshot pertama.")) from error
    except (OSError, UnicodeDecodeError) as error:
        raise _lost() from error
    if not name.isdigit() or not (shelf / name).is_dir():
        raise _lost()
    return shelf / name


def point(shelf: Path, release: str) -> None:
    """Makes `release` the current one: readers see the old or the new pointer, never less."""
    aside = shelf / f"{POINTER}.new"
    with aside.open("w", encoding="ascii") as handle:
        aside.chmod(file_mode(shelf))
        handle.write(release + "\n")
        handle.flush()
        os.fsync(handle.fileno())
    aside.replace(shelf / POINTER)
    sync(shelf)


def pointer(shelf: Path) -> str | None:
    """What the pointer says now, unchecked; None before the first publish."""
    file = shelf / POINTER
    return file.read_text("ascii").strip() if file.exists() else None


def restore(shelf: Path, before: str | None) -> None:
    """Puts the pointer back to what it was; one that never moved is left alone, for the disk may be full."""
    if pointer(shelf) == before:
        return
    if before is None:
        (shelf / POINTER).unlink(missing_ok=True)
    else:
        point(shelf, before)


def names(shelf: Path) -> list[str]:
    """Names of all finished releases, oldest first."""
    return sorted(folder.name for folder in shelf.iterdir() if folder.is_dir() and folder.name.isdigit())


def next_name(shelf: Path) -> str:
    existing = names(shelf)
    return f"{int(existing[-1]) + 1:04d}" if existing else "0001"


@contextmanager
def refreshing(shelf: Path, by: str, wait: float = 0.0) -> Iterator[None]:
    """Holds the shelf for one refresh at a time; leftovers of a killed one are cleaned first.

    Waits up to `wait` seconds for another refresh to end; Rejected, with who holds the shelf since when, if it does not.
    """
    shared_folder(shelf)
    with _lock_of(shelf) as handle:
        _take(handle, wait)
        handle.truncate(0)
        handle.write(f"{by}\n{datetime.now(UTC).isoformat()}\n")
        handle.flush()
        for leftover in shelf.glob(f"{BUILDING}*"):
            shutil.rmtree(leftover)
        try:
            yield
        finally:
            handle.truncate(0)


def _lock_of(shelf: Path) -> TextIO:
    """The opened lock file; Misconfigured for an account that may only read the shelf."""
    try:
        return (shelf / LOCK).open("a+", encoding="utf-8")
    except PermissionError as error:
        template = _("Akun ini tidak boleh mengubah rilis: jalankan dengan akun pekerja.")
        raise Misconfigured("release-foreign", template) from error


def _take(handle: TextIO, wait: float) -> None:
    patience = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() < patience:
                time.sleep(POLL)
                continue
            raise _busy(handle) from error
        return


def _busy(handle: TextIO) -> Rejected:
    """Who holds the shelf, as far as the holder has already written it."""
    handle.seek(0)
    holder, since = [*handle.read().splitlines(), "", ""][:2]
    if not since:
        return Rejected("refresh-busy", _("Penyegaran lain sedang berjalan. Tunggu sampai selesai, lalu coba lagi."))
    template = _(
        "Penyegaran lain sedang berjalan: {holder}, sejak pukul {since}. Tunggu sampai selesai, lalu coba lagi."
    )
    clock = f"{datetime.fromisoformat(since).astimezone(JAKARTA):%H.%M.%S} WIB"
    return Rejected("refresh-busy", template, holder=holder, since=clock)


@contextmanager
def building(shelf: Path, name: str) -> Iterator[Path]:
    """A folder aside to build `name` in; it takes its final name only if all went well."""
    aside = shared_folder(shelf / f"{BUILDING}{name}")
    try:
        yield aside
        for file in aside.iterdir():
            file.chmod(file_mode(shelf))
        sync_all(aside)
        aside.rename(shelf / name)
        sync(shelf)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise


def discard(shelf: Path, name: str) -> None:
    """Removes a release that was built but never became the current one."""
    shutil.rmtree(shelf / name, ignore_errors=True)


def manifest_of(shelf: Path, name: str, key: manifests.Trusted) -> manifests.ReleaseManifest:
    """The checked manifest of one release; Rejected if there is none of that name."""
    if not name.isdigit() or not (shelf / name).is_dir():
        template = _("Rilis {release} tidak ada. Lihat daftar rilis dengan: python -m data_access releases")
        raise Rejected("release-unknown", template, release=name)
    return manifests.read(shelf / name, key)


@dataclass(frozen=True)
class Shelved:
    """What stands on the shelf: sound releases, oldest first, the names of damaged ones, and the current one ("": none)."""

    sound: tuple[manifests.ReleaseManifest, ...]
    damaged: tuple[str, ...]
    current: str


def listed(shelf: Path, key: manifests.Trusted) -> Shelved:
    """All releases; a damaged one does not hide the others."""
    sound, damaged = [], []
    for name in names(shelf) if shelf.is_dir() else []:
        try:
            sound.append(manifests.read(shelf / name, key))
        except Damaged:
            damaged.append(name)
    return Shelved(tuple(sound), tuple(damaged), pointer(shelf) or "")


def _lost() -> Damaged:
    return Damaged("release-pointer", _("Penunjuk rilis rusak. Hubungi tim data; data tidak ditampilkan."))
