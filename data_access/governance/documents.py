"""The one store of attached documents: bytes under their hash in a private folder, one row each in the state.

Bytes are on disk before a row says so; neither is ever changed. What is read must still have its hash. Nothing is executed.
"""

import hashlib
import os
import re
import secrets
import stat
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, select

from data_access.contract import Party
from data_access.errors import Damaged, Misconfigured, Refused, Rejected
from data_access.folders import file_mode, private_folder
from data_access.governance.attachments.kinds import kind_of
from data_access.governance.attachments.names import harmless_name
from data_access.state import one_writer, reading
from data_access.state.tables import document
from data_access.words import FileSize
from data_access.words import mark as _

HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Attachment:
    """A file as somebody sends it; nothing about it is believed."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Kept:
    """A file that was checked: its hash, a harmless name, "pdf", "docx", "png" or "jpeg", and its size in bytes."""

    sha256: str
    name: str
    kind: str
    size: int


def checked(attachment: Attachment, *, limit: int) -> Kept:
    """What would be stored; Rejected, with the rule in words, if the file may not be attached. `limit` is in bytes."""
    name, size = harmless_name(attachment.name), len(attachment.content)
    if not size:
        raise Rejected("attachment-empty", _("{file} kosong. Lampirkan berkas yang berisi."), file=name)
    if size > limit:
        template = _("{file} berukuran {size}, melebihi batas {limit}. Kecilkan berkasnya, lalu lampirkan lagi.")
        raise Rejected("attachment-large", template, file=name, size=FileSize(size), limit=FileSize(limit))
    kind = kind_of(name, attachment.content)
    return Kept(hashlib.sha256(attachment.content).hexdigest(), name, kind, size)


def keep(folder: Path, attachment: Attachment, kept: Kept) -> None:
    """Lays the checked bytes down, durably and whole or not at all; what is there already and intact stays.

    ValueError if these are other bytes than were checked, Damaged if their folder was replaced by a link, Misconfigured if
    the place is full or cannot be written.
    """
    if hashlib.sha256(attachment.content).hexdigest() != kept.sha256:
        raise ValueError("other bytes than were checked")
    file = place(folder, kept.sha256)
    try:
        private_folder(file.parent)
        if file.parent.is_symlink():
            raise _damaged(kept.name)
        if _intact(file, kept.sha256) is None:
            _write(file, attachment.content)
        for synced in (file.parent, folder):
            _sync(synced)
    except OSError as error:
        template = _("Dokumen tidak dapat disimpan: tempatnya penuh atau tidak dapat ditulis. Hubungi pengelola.")
        raise Misconfigured("documents-unwritable", template) from error


def add(connection: Connection, kept: Kept, *, account: str, party: Party, now: datetime) -> None:
    """Records the document in the caller's write transaction; one that is known already keeps its row."""
    one_writer(connection)
    if connection.execute(select(document.c.size).where(document.c.sha256 == kept.sha256)).first() is None:
        row = vars(kept) | {"stored_by": account, "party": party, "stored_at": now}
        connection.execute(insert(document), row)


def read(engine: Engine, folder: Path, sha256: str) -> tuple[Kept, bytes]:
    """A stored document; Refused if none has this hash, Damaged if its bytes are missing or not what they were."""
    kept = _known(engine, sha256)
    content = _intact(place(folder, kept.sha256), kept.sha256)
    if content is None:
        raise _damaged(kept.name)
    return kept, content


def intact(folder: Path, sha256: str) -> bool:
    """Whether the store has the document with this hash, and its bytes are what they were."""
    return _intact(place(folder, sha256), sha256) is not None


def _known(engine: Engine, sha256: str) -> Kept:
    row = None
    if HASH.fullmatch(sha256):  # anything else would be a path
        columns = (document.c.sha256, document.c.name, document.c.kind, document.c.size)
        with reading(engine) as connection:
            row = connection.execute(select(*columns).where(document.c.sha256 == sha256)).first()
    if row is None:
        raise Refused("document-unknown", _("Dokumen ini tidak ada. Muat ulang halaman."))
    return Kept(row.sha256, row.name, row.kind, row.size)


def place(folder: Path, sha256: str) -> Path:
    """Where the document with this hash lies in the store, if it does."""
    return folder / sha256[:2] / sha256[2:]


def _intact(file: Path, sha256: str) -> bytes | None:
    """The bytes with this hash; None if there is no such file, or something else in its place."""
    try:
        if file.parent.is_symlink() or not stat.S_ISREG(file.lstat().st_mode):
            return None
        # No link that came in between is followed, and no pipe waited for.
        descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as opened:
            content = opened.read()
    except OSError:
        return None
    return content if hashlib.sha256(content).hexdigest() == sha256 else None


def _write(file: Path, content: bytes) -> None:
    aside = file.with_name(f".{secrets.token_hex(8)}")
    try:
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, file_mode(file.parent))
        with os.fdopen(descriptor, "wb") as opened:
            os.fchmod(descriptor, file_mode(file.parent))  # whatever the mask of the process
            opened.write(content)
            opened.flush()
            os.fsync(descriptor)
        aside.replace(file)
    finally:
        aside.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _damaged(name: str) -> Damaged:
    template = _("Dokumen {file} hilang atau berubah di penyimpanan, sehingga tidak ditampilkan. Hubungi pengelola.")
    return Damaged("document-damaged", template, file=name)
