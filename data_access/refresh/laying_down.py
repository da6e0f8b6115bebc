"""Looks into the drop folder. Only names and manifests are read, of plain folders and files: no link is followed."""

import os
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from data_access.errors import AsnError, Rejected
from data_access.governance.laid_down import LaidDown, note
from data_access.intake.manifest import NAME, read_manifest
from data_access.owner import OwnerSettings
from data_access.state import engine
from data_access.words import mark as _


def look(settings: OwnerSettings) -> None:
    """Notes in the state what lies in the drop folder now."""
    note(engine(settings.state), lying(settings.drop))


def lying(drop: Path) -> list[LaidDown]:
    """Every delivery (a folder with a manifest) and every loose file; hidden, linked and unprintable names are left out."""
    if not drop.is_dir():
        return []
    found = []
    for entry in os.scandir(drop):
        if entry.is_symlink() or entry.name.startswith(".") or not entry.name.isprintable():
            continue
        if entry.is_file():
            found.append(_loose(entry))
        elif entry.is_dir() and os.path.lexists(Path(entry) / NAME):
            manifest = (Path(entry) / NAME).lstat()
            found.append(_described(Path(entry), manifest.st_ino, manifest.st_mtime_ns, manifest.st_size))
    return found


@lru_cache(maxsize=1_000)
def _described(folder: Path, _file: int, written: int, _size: int) -> LaidDown:
    """Read anew only once the manifest is another: a worker that waits looks every second."""
    moment = datetime.fromtimestamp(written // 1_000_000_000, UTC)
    try:
        manifest = read_manifest(folder)
    except AsnError as error:
        return LaidDown(name=folder.name, written_at=moment, failure=_told(error))
    return LaidDown(
        name=folder.name,
        dataset=manifest.dataset[:40],
        reference_date=manifest.reference_date,
        total=manifest.total,
        digests=frozenset(manifest.files.values()),
        written_at=moment,
    )


def _loose(entry: "os.DirEntry[str]") -> LaidDown:
    template = _("Berkas lepas tidak dibaca. Unggah, atau jadikan kiriman dengan: python -m data_access prepare")
    moment = datetime.fromtimestamp(int(entry.stat(follow_symlinks=False).st_mtime), UTC)
    return LaidDown(name=entry.name, written_at=moment, failure=_told(Rejected("delivery-loose", template)))


def _told(error: AsnError) -> dict[str, str]:
    return {"reason": error.reason, "id": error.sentence("id"), "en": error.sentence("en")}
