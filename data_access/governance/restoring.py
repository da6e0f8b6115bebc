"""Puts a copy of the state in the place of the present one. Everything, the places too, is checked before anything is moved.

What was there before is kept beside it under the time of its removal. All sessions end: a copy knows those that have ended since.
"""

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Engine, update

from data_access.errors import Damaged, Rejected
from data_access.governance import audit, backup, documents
from data_access.governance import restore_places as places
from data_access.governance.audit import KEY_CHANGE, Event
from data_access.governance.audit_check import Verdict, verify
from data_access.governance.documents import Attachment, Kept
from data_access.governance.restore_places import Exchange
from data_access.keys import fingerprint, ring
from data_access.settings import Settings
from data_access.state import copying, engine, upgrade, utc_now, writing
from data_access.state.tables import session
from data_access.system_accounts import acting_for
from data_access.words import mark as _

PAPERS, NEW = "documents/", "baru"


@dataclass(frozen=True)
class Restored:
    """Records and documents that are back, where what was there before lies now, and the names of documents that are nowhere."""

    records: int
    documents: int
    kept: tuple[Path, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class _Ready:
    """A checked database: how many records it had when it was copied, and the documents that it knows, by hash."""

    records: int
    known: dict[str, str]


def restore(file: Path, settings: Settings, event: Event, *, instead: bool = False, sha256: str = "") -> Restored:
    """Rejected if the target is in use or may not be written, or holds something and `instead` is not given, or a former key
    has signed the copy and `sha256` is not given; Damaged if the copy or its record is not sound, or does not fit the keys;
    Misconfigured if a newer version made it, or, with a sentence that says so, if only the database could be replaced.

    What has the bytes of the copy already is left alone. Root acts in each place for the account that it belongs to.
    """
    target = copying.sqlite_file(settings.state)
    places.check_replaceable(target)
    _check_free(target, instead=instead)
    keys = ring(settings.keys, "audit")
    with backup.opened(file, keys, sha256=sha256) as (archive, contents), ExitStack() as held:
        papers = [name.removeprefix(PAPERS) for name in contents.members if name.startswith(PAPERS)]
        targets = {backup.DATABASE: target} | _register(contents, settings)
        lacking = _checked_places(targets.values(), settings.documents, papers)
        new = {name: held.enter_context(places.aside(place.parent)) / NEW for name, place in targets.items()}
        # Nothing is asked of the folders aside, which who owns the place could exchange for a way to somewhere else.
        for name, beside in new.items():
            with acting_for(targets[name].parent):
                backup.unpacked(archive, contents, name, beside)
        database = new[backup.DATABASE]
        with acting_for(target.parent):
            for paper in papers:  # all of them: a copy is whole, or nothing of it is used
                backup.unpacked(archive, contents, PAPERS + paper, database.with_name(paper))
            ready = _made_ready(database, keys, contents, event)
        _lay_down(database.parent, target.parent, settings.documents, lacking)
        nowhere = places.lacking(settings.documents, ready.known)
        _check_free(target, instead=instead)  # it took a while
        stamp = f"{utc_now():%Y%m%dT%H%M%SZ}"
        exchanges = [Exchange(new[one], to, to.with_name(f"{to.name}.{stamp}")) for one, to in targets.items()]
        kept = places.exchanged(exchanges)
    return Restored(ready.records, len(papers), kept, tuple(ready.known[paper] for paper in nowhere))


def _checked_places(targets: Iterable[Path], store: Path, papers: Iterable[str]) -> list[str]:
    """The documents that the store lacks; Rejected if one of them, or of the files, could not be put in its place."""
    lacking = places.lacking(store, papers)
    places.check_storable(store, lacking)
    for target in targets:
        places.check_replaceable(target)
    return lacking


def _register(contents: backup.Contents, settings: Settings) -> dict[str, Path]:
    """Where the agreement register of the copy goes; nowhere if there is none or it is there already."""
    member = contents.members.get(backup.AGREEMENT)
    if member is None or places.same(settings.agreement, member.sha256):
        return {}
    return {backup.AGREEMENT: settings.agreement}


def _lay_down(unpacked: Path, within: Path, store: Path, lacking: Iterable[str]) -> None:
    """Adds the documents that the store lacks; nothing in it is changed by that. `unpacked` lies in the folder `within`."""
    for sha256 in lacking:
        with acting_for(within):  # whoever could put something else there shall not have it read with greater rights
            content = (unpacked / sha256).read_bytes()
        with acting_for(store):
            documents.keep(store, Attachment(sha256, content), Kept(sha256, sha256, "pdf", len(content)))


def _check_free(target: Path, *, instead: bool) -> None:
    with acting_for(target.parent):
        used, full = copying.in_use(target), copying.holds_anything(target)
    if used:
        template = _("Basis data status sedang dipakai. Hentikan aplikasi dan pekerja, lalu ulangi.")
        raise Rejected("restore-running", template)
    if full and not instead:
        template = _(
            "Sudah ada akun atau catatan di {file}. Tambahkan --replace untuk menggantinya; yang lama disimpan di sampingnya."
        )
        raise Rejected("restore-full", template, file=target)


def _made_ready(file: Path, keys: tuple[bytes, ...], contents: backup.Contents, event: Event) -> _Ready:
    """Checks and migrates the database, ends its sessions and records that it was put back."""
    copying.check(file)
    state = engine(f"sqlite:///{file.absolute()}")
    try:
        upgrade(state)
        verdict = _under_the_present_key(state, keys, contents)
        known = backup.documents_of(state)
        with writing(state) as connection:
            connection.execute(
                update(session).where(session.c.ended_at.is_(None)).values(ended_at=utc_now(), end_reason="restored")
            )
            audit.append(connection, keys[0], replace(event, detail=f"{contents.made_at}, {contents.anchor[0]}"))
    finally:
        state.dispose()
    if copying.in_use(file):
        raise Damaged("backup-database", _("Basis data di dalam cadangan rusak. Pakai cadangan lain."))
    return _Ready(verdict.records, known)


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
