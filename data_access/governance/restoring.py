"""Puts a copy of the state in the place of the present one. Everything is checked, and migrated, before anything is moved.

What was there before is kept beside it under the time of its removal. All sessions end: a copy knows those that have ended since.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import mkdtemp

from sqlalchemy import Engine, update

from data_access.errors import Damaged, Rejected
from data_access.folders import file_mode, private_folder
from data_access.governance import audit, backup, documents
from data_access.governance.audit import KEY_CHANGE, Event
from data_access.governance.audit_check import Verdict, verify
from data_access.governance.documents import Attachment, Kept
from data_access.keys import fingerprint, ring
from data_access.settings import Settings
from data_access.state import copying, engine, upgrade, utc_now, writing
from data_access.state.tables import session
from data_access.words import mark as _


@dataclass(frozen=True)
class Restored:
    """Records and documents that are back, and where what was there before lies now."""

    records: int
    documents: int
    kept: tuple[Path, ...]


def restore(file: Path, settings: Settings, event: Event, *, instead: bool = False, sha256: str = "") -> Restored:
    """Rejected if the target is in use, or holds something and `instead` is not given, or a former key has signed the copy
    and `sha256` is not given; Damaged if the copy or its record is not sound, or does not fit the keys; Misconfigured if a
    newer version made it.
    """
    target = copying.sqlite_file(settings.state)
    _check_free(target, instead=instead)
    keys = ring(settings.keys, "audit")
    stamp = f"{utc_now():%Y%m%dT%H%M%SZ}"
    with (
        backup.opened(file, keys, sha256=sha256) as (archive, contents),
        _aside(private_folder(target.parent)) as folder,
    ):
        for number, name in enumerate(contents.members):
            backup.unpacked(archive, contents, name, folder / str(number))
        files = {name: folder / str(number) for number, name in enumerate(contents.members)}
        records = _made_ready(files[backup.DATABASE], keys, contents, event)
        papers = {name.rpartition("/")[2]: path for name, path in files.items() if name.startswith("documents/")}
        for name, path in papers.items():
            content = path.read_bytes()
            documents.keep(settings.documents, Attachment(name, content), Kept(name, name, "pdf", len(content)))
        _check_free(target, instead=instead)  # it took a while
        kept = [_put(files[backup.DATABASE], target, stamp)]
        if backup.AGREEMENT in files:
            kept.append(_put(files[backup.AGREEMENT], settings.agreement, stamp))
    return Restored(records, len(papers), tuple(place for place in kept if place is not None))


def _check_free(target: Path, *, instead: bool) -> None:
    if copying.in_use(target):
        template = _("Basis data status sedang dipakai. Hentikan aplikasi dan pekerja, lalu ulangi.")
        raise Rejected("restore-running", template)
    if copying.holds_anything(target) and not instead:
        template = _(
            "Sudah ada akun atau catatan di {file}. Tambahkan --replace untuk menggantinya; yang lama disimpan di sampingnya."
        )
        raise Rejected("restore-full", template, file=target)


def _made_ready(file: Path, keys: tuple[bytes, ...], contents: backup.Contents, event: Event) -> int:
    """Checks and migrates the database, ends its sessions and records that it was put back; tells how many records it had."""
    copying.check(file)
    state = engine(f"sqlite:///{file.absolute()}")
    try:
        upgrade(state)
        verdict = _under_the_present_key(state, keys, contents)
        with writing(state) as connection:
            connection.execute(
                update(session).where(session.c.ended_at.is_(None)).values(ended_at=utc_now(), end_reason="restored")
            )
            audit.append(connection, keys[0], replace(event, detail=f"{contents.made_at}, {contents.anchor[0]}"))
    finally:
        state.dispose()
    if copying.in_use(file):
        raise Damaged("backup-database", _("Basis data di dalam cadangan rusak. Pakai cadangan lain."))
    return verdict.records


def _under_the_present_key(state: Engine, keys: tuple[bytes, ...], contents: backup.Contents) -> Verdict:
    """The record is whole up to the key of its time; changes of the key since then are recorded again."""
    for age, key in enumerate(keys):
        verdict = verify(state, key, [contents.anchor], former=keys[age + 1 :])
        if verdict.sound:
            for signing, following in reversed(list(zip(keys[1 : age + 1], keys[:age], strict=True))):
                audit.record(state, signing, _change(following))
            return verdict
        if verdict.finding != "key-unrecorded":
            break
    template = _("Catatan audit di dalam cadangan tidak utuh mulai nomor {seq}, sehingga tidak dipulihkan.")
    raise Damaged("backup-audit", template, seq=verdict.seq)


def _change(following: bytes) -> Event:
    return Event(action=KEY_CHANGE, decision="allowed", account="restore", detail=fingerprint(following))


def _put(file: Path, target: Path, stamp: str) -> Path | None:
    """Moves the file to its place; what was there is kept beside it and its new place returned."""
    kept = None
    if target.exists():
        kept = target.with_name(f"{target.name}.{stamp}")
        os.link(target, kept)
        mode = target.stat().st_mode & 0o777
    else:
        mode = file_mode(private_folder(target.parent))
    file.chmod(mode)
    file.replace(target)
    return kept


@contextmanager
def _aside(place: Path) -> Iterator[Path]:
    folder = Path(mkdtemp(prefix=".asn-", dir=place))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
