"""Secret keys: files of 32 random bytes and mode 0600 under `var/keys`, or hexadecimal text in the environment."""

import hmac
import os
import secrets
from pathlib import Path

from data_access.errors import Misconfigured
from data_access.settings import private_folder
from data_access.words import mark as _

NAMES = ("record", "manifest", "audit", "cookie")
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


def make_keys(folder: Path) -> list[str]:
    """Makes the keys that are missing and returns their names; an existing key is never replaced."""
    private_folder(folder)
    missing = [name for name in NAMES if not (folder / f"{name}.key").exists()]
    for name in missing:
        descriptor = os.open(folder / f"{name}.key", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as handle:
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
        mode = file.stat().st_mode
        content = file.read_bytes()
    except OSError as error:
        template = _("Kunci {name} tidak ada atau tidak terbaca. Buat kunci dengan: python -m data_access keys")
        raise Misconfigured("key-missing", template, name=name) from error
    if mode & 0o077:
        raise Misconfigured(
            "key-open", _("Kunci {name} dapat dibaca pengguna lain: ubah izinnya menjadi 0600."), name=name
        )
    return content
