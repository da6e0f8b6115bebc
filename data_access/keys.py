"""Secret keys: files of 32 random bytes, open to one account alone, or hexadecimal text in the environment.

Where web and worker have accounts of their own, all keys but the record key may lie in a place that both may read.
A key that is replaced stays beside the new one (`audit-1.key`, `audit-2.key`, …) where something signed with it must
stay verifiable; `governance.key_rotation` replaces keys, this module knows their files.
"""

import fcntl
import hmac
import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from data_access.errors import Misconfigured
from data_access.folders import ANYBODY_ELSE, PRIVATE_FILE, private_folder, shared
from data_access.words import mark as _

OWNERS, EVERYWHERE = ("record",), ("manifest", "audit", "cookie")
NAMES = (*OWNERS, *EVERYWHERE)
KEPT = ("manifest", "audit")  # what the cookie key signs lives for minutes
GROUP_READS = {"folder": 0o050, "file": 0o040}
SIZE = 32
FEWEST_DIFFERENT = 12  # of 32 random bytes; fewer come about less than once in 10^20 keys


def key(folder: Path, name: str) -> bytes:
    """The key `name`; Misconfigured if it is missing, short or open to others."""
    given = os.environ.get(variable(name))
    secret = _decoded(given, name) if given else _read(folder / f"{name}.key", name)
    if len(secret) < SIZE:
        template = _(
            "Kunci {name} terlalu pendek: paling sedikit 32 byte acak. Pindahkan berkasnya, lalu buat kunci dengan: "
            "python -m data_access keys"
        )
        raise Misconfigured("key-weak", template, name=name)
    return secret


def ring(folder: Path, name: str) -> tuple[bytes, ...]:
    """The key `name`, and after it those that it has replaced, newest first; Misconfigured as in `key`."""
    current = key(folder, name)
    former = [_read(folder / f"{name}-{number}.key", name) for number in range(_replaced(folder, name), 0, -1)]
    return (current, *(secret for secret in former if secret != current))  # equal: a kill came between


def checked(folder: Path, names: Sequence[str] = EVERYWHERE) -> None:
    """Misconfigured if one of the keys is missing, weak, open to others, used twice, or only half replaced."""
    found: dict[bytes, str] = {}
    for name in names:
        if aside(folder, name).exists():
            template = _("Penggantian kunci {name} belum selesai. Selesaikan dengan: python -m data_access keys")
            raise Misconfigured("key-unfinished", template, name=name)
        for secret in ring(folder, name):
            if len(secret) < SIZE or len(set(secret)) < FEWEST_DIFFERENT or secret in found:
                template = _(
                    "Kunci {name} lemah: bukan byte acak, atau sama dengan kunci lain. Pindahkan berkasnya, lalu buat "
                    "kunci dengan: python -m data_access keys"
                )
                raise Misconfigured("key-weak", template, name=name)
            found[secret] = name


@lru_cache(maxsize=16)
def fingerprint(secret: bytes) -> str:
    """A mark by which the same key is recognised and that tells nothing else about it."""
    return hmac.new(secret, b"fingerprint", "sha256").hexdigest()[:16]


def make_keys(folder: Path, names: Sequence[str] = NAMES) -> list[str]:
    """Makes those of the keys that are missing and returns their names; an existing key is never replaced."""
    private_folder(folder)
    missing = [name for name in names if not (folder / f"{name}.key").exists()]
    for name in missing:
        _write(folder / f"{name}.key", name)
    return missing


def variable(name: str) -> str:
    """The name in the environment that goes before the file of the key."""
    return f"ASN_KEY_{name.upper()}"


def aside(folder: Path, name: str) -> Path:
    """Where the next key `name` waits until it takes the place of the present one."""
    return folder / f"{name}.key.new"


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Nobody else replaces keys of this folder meanwhile; Misconfigured for an account that does not own it."""
    if os.geteuid() != folder.stat().st_uid:
        template = _("Folder {folder} milik akun lain: jalankan dengan akun pemilik folder itu.")
        raise Misconfigured("folder-foreign", template, folder=folder)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def prepare(folder: Path, name: str) -> bytes:
    """Makes the next key `name` and lays it aside, durably."""
    _write(aside(folder, name), name)
    _sync(folder)
    return _read(aside(folder, name), name)


def replace(folder: Path, name: str) -> None:
    """The key that was laid aside becomes the key `name`; the former one stays under the next number where it is needed.

    Killed at any point and called again, it ends the same.
    """
    current = folder / f"{name}.key"
    number = _replaced(folder, name)
    newest = folder / f"{name}-{number}.key"
    if name in KEPT and not (number and newest.read_bytes() == current.read_bytes()):
        os.link(current, folder / f"{name}-{number + 1}.key")
        _sync(folder)
    aside(folder, name).replace(current)
    _sync(folder)


def _replaced(folder: Path, name: str) -> int:
    """The highest number of a former key; that none below is missing shows when they are read."""
    numbers = (file.stem.removeprefix(f"{name}-") for file in folder.glob(f"{name}-*.key"))
    return max((int(number) for number in numbers if number.isdecimal()), default=0)


def _write(file: Path, name: str) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    with os.fdopen(descriptor, "wb") as handle:
        os.fchmod(descriptor, PRIVATE_FILE | _allowed(file.parent, name, "file"))
        handle.write(secrets.token_bytes(SIZE))
        handle.flush()
        os.fsync(descriptor)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _decoded(text: str, name: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError as error:
        template = _("Kunci {name} di lingkungan bukan teks heksadesimal.")
        raise Misconfigured("key-form", template, name=name) from error


def _read(file: Path, name: str) -> bytes:
    try:
        modes = {"folder": file.parent.stat().st_mode, "file": file.stat().st_mode}
        content = file.read_bytes()
    except OSError as error:
        template = _("Kunci {name} tidak ada atau tidak terbaca. Buat kunci dengan: python -m data_access keys")
        raise Misconfigured("key-missing", template, name=file.stem) from error
    if any(mode & ANYBODY_ELSE & ~_allowed(file.parent, name, kind) for kind, mode in modes.items()):
        template = _("Kunci {name} terbuka bagi akun lain: ubah izinnya menjadi 0600 dan izin foldernya menjadi 0700.")
        raise Misconfigured("key-open", template, name=name)
    return content


def _allowed(folder: Path, name: str, kind: str) -> int:
    """What more than its owner may open a key: the group of a shared place reads it, but never the record key."""
    return GROUP_READS[kind] if name in EVERYWHERE and shared(folder) else 0
