"""A copy of the state in one file: database, documents, agreement. Keys are kept apart, or it would open itself.

The list of what is inside carries hashes and is signed with the audit key, so a changed copy is found before it is used.
"""

import hashlib
import hmac
import json
import os
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Engine, select

from data_access.errors import Damaged, Misconfigured, Rejected
from data_access.folders import PRIVATE_FILE
from data_access.governance import audit, documents
from data_access.governance.audit import Event
from data_access.keys import ring
from data_access.settings import Settings
from data_access.state import copying, engine, reading, utc_now
from data_access.state.tables import document
from data_access.state.upgrade import current, newest
from data_access.words import mark as _

LIST, DATABASE, AGREEMENT = "isi.json", "state.db", "perjanjian.yaml"
MEMBER = re.compile(r"state\.db|perjanjian\.yaml|documents/[0-9a-f]{64}")
FORMAT = 1
LARGEST_LIST = 50_000_000  # bytes; some 400,000 documents
BLOCK = 1 << 20
# What a broken or locked archive may raise; ValueError is also that of JSON and of pydantic.
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError)


class Member(BaseModel):
    """Size in bytes and SHA-256 of a file inside."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    size: int = Field(ge=0)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class Contents(BaseModel):
    """What a copy holds. `anchor` is number and MAC of its newest audit record; `mac` signs the rest."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int
    migration: str = Field(pattern=r"^\d{4}$")
    made_at: str
    made_by: str
    anchor: tuple[int, str]
    members: dict[str, Member]
    mac: str = ""

    def signature(self, key: bytes) -> str:
        signed = json.dumps(self.model_dump(mode="json", exclude={"mac"}), sort_keys=True)
        return hmac.new(key, b"backup:" + signed.encode(), "sha256").hexdigest()


@dataclass(frozen=True)
class Made:
    """How much was copied, the SHA-256 of the copy, and the names of documents that are damaged or missing in the store."""

    records: int
    documents: int
    missing: tuple[str, ...]
    sha256: str


def backup(file: Path, settings: Settings, event: Event) -> Made:
    """Copies the state into a new file, mode 0600, while the app runs; recorded before it is copied.

    Rejected if the file exists or the database is not SQLite, Misconfigured if key or database are unusable.
    """
    copying.sqlite_file(settings.state)
    if file.exists():
        raise Rejected("backup-exists", _("Berkas {file} sudah ada dan tidak ditimpa. Pilih nama lain."), file=file)
    secret = ring(settings.keys, "audit")[0]
    audit.record(engine(settings.state), secret, event)
    part = file.with_name(f".{file.name}.part")
    with _folder_aside(file.parent) as aside, _new_file(part) as archive:
        copying.copy_to(engine(settings.state), aside / DATABASE)
        copied = engine(f"sqlite:///{(aside / DATABASE).absolute()}")
        try:
            anchor, kept, migration = audit.anchor(copied), documents_of(copied), str(current(copied))
        finally:
            copied.dispose()
        copying.in_use(aside / DATABASE)  # back into one file
        members = {DATABASE: _packed(archive, DATABASE, aside / DATABASE)}
        if settings.agreement.exists():
            members[AGREEMENT] = _packed(archive, AGREEMENT, settings.agreement)
        missing = []
        for sha256, name in kept.items():
            try:
                content = documents.read(engine(settings.state), settings.documents, sha256)[1]
            except Damaged:
                missing.append(name)
                continue
            members[f"documents/{sha256}"] = Member(size=len(content), sha256=sha256)
            archive.writestr(f"documents/{sha256}", content)
        made = Contents(
            format=FORMAT,
            migration=migration,
            made_at=utc_now().isoformat(),
            made_by=str(event.account),
            anchor=anchor,
            members=members,
        )
        archive.writestr(LIST, made.model_copy(update={"mac": made.signature(secret)}).model_dump_json())
    _sync(part)
    part.rename(file)
    return Made(anchor[0], len(kept) - len(missing), tuple(missing), sha256_of(file))


def sha256_of(file: Path) -> str:
    """What a copy is recognised by, whoever signed it."""
    with file.open("rb") as handle:
        return _digest(handle)


def _digest(handle: BufferedReader) -> str:
    return hashlib.file_digest(handle, "sha256").hexdigest()


def documents_of(state: Engine) -> dict[str, str]:
    """Hash and name of every document that the state knows."""
    with reading(state) as connection:
        rows = connection.execute(select(document.c.sha256, document.c.name))
        return {row.sha256: row.name for row in rows}


def _packed(archive: zipfile.ZipFile, name: str, file: Path) -> Member:
    digest, size = hashlib.sha256(), 0
    with file.open("rb") as source, archive.open(name, "w", force_zip64=True) as target:
        while block := source.read(BLOCK):
            digest.update(block)
            size += len(block)
            target.write(block)
    return Member(size=size, sha256=digest.hexdigest())


@contextmanager
def opened(file: Path, keys: tuple[bytes, ...], *, sha256: str = "") -> Iterator[tuple[zipfile.ZipFile, Contents]]:
    """The copy and the list of what it holds; Damaged if it is no copy or was changed, Misconfigured if a newer version made it.

    `keys` are the audit key and those that it has replaced. A key may have been replaced because somebody else has it, so a
    copy that a former one has signed is Rejected unless `sha256`, kept apart since it was made, says that it is the same.
    """
    try:
        handle = file.open("rb")
    except OSError as error:
        raise damaged(file) from error
    with handle:
        if sha256 and not hmac.compare_digest(_digest(handle).encode(), sha256.strip().lower().encode()):
            raise Damaged("backup-hash", _("Cadangan {file} bukan berkas dengan SHA-256 itu."), file=file.name)
        try:
            archive = zipfile.ZipFile(handle)
        except (*UNREADABLE, OSError) as error:
            raise damaged(file) from error
        contents = _listed(archive, file)
        _check_signed(contents, keys, vouched=bool(sha256))
        yield archive, contents


def _check_signed(contents: Contents, keys: tuple[bytes, ...], *, vouched: bool) -> None:
    fits = [hmac.compare_digest(contents.mac.encode(), contents.signature(key).encode()) for key in keys]
    if not any(fits):
        template = _(
            "Cadangan ini tidak cocok dengan kunci audit di folder kunci: berasal dari pemasangan lain, atau telah diubah. "
            "Pulihkan dahulu kunci yang berlaku saat cadangan dibuat."
        )
        raise Damaged("backup-keys", template)
    if not (fits[0] or vouched):
        template = _(
            "Cadangan ini ditandatangani dengan kunci audit yang telah diganti; siapa pun yang memiliki kunci lama itu dapat "
            "membuatnya. Tambahkan --sha256 dengan SHA-256 yang dicetak saat cadangan dibuat."
        )
        raise Rejected("backup-former-key", template)


def _listed(archive: zipfile.ZipFile, file: Path) -> Contents:
    try:
        with archive.open(LIST) as handle:
            content = handle.read(LARGEST_LIST + 1)
        raw: dict[str, Any] = json.loads(content)
        if len(content) > LARGEST_LIST:
            raise damaged(file)
        _check_not_newer(raw)
        found = Contents.model_validate(raw)
    except (*UNREADABLE, KeyError, OSError, TypeError, RecursionError) as error:
        raise damaged(file) from error
    names = sorted(archive.namelist())
    if names != sorted((*found.members, LIST)) or not all(MEMBER.fullmatch(name) for name in found.members):
        raise damaged(file)
    return found


def _check_not_newer(raw: dict[str, Any]) -> None:
    if raw["format"] > FORMAT or str(raw["migration"]) > newest():
        template = _("Cadangan ini dibuat oleh versi aplikasi yang lebih baru. Jalankan versi itu.")
        raise Misconfigured("backup-newer", template)


def unpacked(archive: zipfile.ZipFile, contents: Contents, name: str, target: Path) -> None:
    """Writes one file of the copy, mode 0600; Damaged unless it has the size and hash that the list names."""
    member, digest, size = contents.members[name], hashlib.sha256(), 0
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    with os.fdopen(descriptor, "wb") as handle:
        for block in _blocks(archive, name):
            digest.update(block)
            size += len(block)
            if size > member.size:
                break
            handle.write(block)
        handle.flush()
        os.fsync(handle.fileno())
    if size != member.size or digest.hexdigest() != member.sha256:
        raise damaged(Path(str(archive.filename)))


def _blocks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """What is packed under the name, a piece at a time; Damaged where that cannot be read."""
    try:
        with archive.open(name) as source:
            while block := source.read(BLOCK):
                yield block
    except (*UNREADABLE, KeyError, OSError) as error:  # a place before the beginning of the file is an OSError
        raise damaged(Path(str(archive.filename))) from error


def damaged(file: Path) -> Damaged:
    template = _("Cadangan {file} rusak, terpotong, atau bukan cadangan aplikasi ini. Pakai cadangan lain.")
    return Damaged("backup-damaged", template, file=file.name)


@contextmanager
def _folder_aside(place: Path) -> Iterator[Path]:
    """A closed folder beside the file, on the same disk, gone afterwards."""
    folder = Path(mkdtemp(prefix=".asn-", dir=place))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _new_file(file: Path) -> Iterator[zipfile.ZipFile]:
    file.unlink(missing_ok=True)  # of one that was killed
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    try:
        with os.fdopen(descriptor, "wb") as handle, zipfile.ZipFile(handle, "w", zipfile.ZIP_DEFLATED) as archive:
            yield archive
    except BaseException:
        file.unlink(missing_ok=True)
        raise


def _sync(file: Path) -> None:
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
