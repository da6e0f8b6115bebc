"""Secret keys: files of 32 random bytes, open to one account alone, or hexadecimal text in the environment.

Where web and worker have accounts of their own, all keys but the record key may lie in a place that both may read.
"""

import hmac
import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from data_access.errors import Misconfigured
from data_access.folders import ANYBODY_ELSE, PRIVATE_FILE, private_folder, shared
from data_access.words import mark as _

OWNERS, EVERYWHERE = ("record",), ("manifest", "audit", "cookie")
NAMES = (*OWNERS, *EVERYWHERE)
GROUP_READS = {"folder": 0o050, "file": 0o040}
SIZE = 32


def key(folder: Path, name: str) -> bytes:
    """The key `name`; Misconfigured if it is missing, short or open to others."""
    given = os.environ.get(f"ASN_KEY_{name.upper()}")
    secret = _decoded(given, name) if given else _read(folder / f"{name}.key", name)
    if len(secret) < SIZE:
        raise Misconfigured("key-weak", _("Kunci {name} terlalu pendek: paling sedikit 32 byte acak."), name=name)
    return secret


def fingerprint(secret: bytes) -> str:
    """A mark by which the same key is recognised and that tells nothing else about it."""
    return hmac.new(secret, b"fingerprint", "sha256").hexdigest()[:16]


def make_keys(folder: Path, names: Sequence[str] = NAMES) -> list[str]:
    """Makes those of the keys that are missing and returns their names; an existing key is never replaced."""
    private_folder(folder)
    missing = [name for name in names if not (folder / f"{name}.key").exists()]
    for name in missing:
        descriptor = os.open(folder / f"{name}.key", os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
        with os.fdopen(descriptor, "wb") as handle:
            os.fchmod(descriptor, PRIVATE_FILE | _allowed(folder, name, "file"))
            handle.write(secrets.token_bytes(SIZE))
    return missing


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
        raise Misconfigured("key-missing", template, name=name) from error
    if any(mode & ANYBODY_ELSE & ~_allowed(file.parent, name, kind) for kind, mode in modes.items()):
        template = _("Kunci {name} terbuka bagi akun lain: ubah izinnya menjadi 0600 dan izin foldernya menjadi 0700.")
        raise Misconfigured("key-open", template, name=name)
    return content


def _allowed(folder: Path, name: str, kind: str) -> int:
    """What more than its owner may open a key: the group of a shared place reads it, but never the record key."""
    return GROUP_READS[kind] if name in EVERYWHERE and shared(folder) else 0
