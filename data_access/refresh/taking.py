"""Takes a delivery over to the owner's side: from then on nobody can change it, and the web process no longer has it.

Both are copied; an upload is then removed from `incoming`, while the drop folder belongs to the sender's system.
"""

import os
import shutil
import time
from collections.abc import Collection, Sequence
from pathlib import Path

from data_access.errors import Damaged, Rejected
from data_access.folders import PRIVATE_FILE, own_folder, private_folder
from data_access.governance.refreshes import Refresh
from data_access.intake.findings import Finding
from data_access.intake.listing import write_findings
from data_access.intake.manifest import Manifest, read_manifest, write_manifest
from data_access.owner import OwnerSettings
from data_access.words import FileSize
from data_access.words import mark as _

HELD = ".masuk"
PART = ".part"
MAPPING = "mapping.yaml"
FINDINGS = "temuan.csv"
FORGOTTEN = 24 * 3600  # seconds


def taken(refresh: Refresh, settings: OwnerSettings) -> Path:
    """The delivery's folder on the owner's side; taken over now if that has not happened yet. Rejected if it is gone."""
    held = place(refresh, settings)
    if held.exists():
        return held
    source = _source(refresh, settings)
    part = held.with_name(held.name + PART)
    shutil.rmtree(part, ignore_errors=True)
    own_folder(settings.vault)
    try:
        _copy(source, private_folder(part), settings.upload_bytes)
        part.rename(held)
    except OSError as error:
        shutil.rmtree(part, ignore_errors=True)
        template = _("Kiriman {delivery} tidak dapat disalin: periksa ruang disk dan izin berkas, lalu ulangi.")
        raise Rejected("delivery-uncopied", template, delivery=refresh.title) from error
    if refresh.origin == "upload":
        shutil.rmtree(source, ignore_errors=True)
    return held


def place(refresh: Refresh, settings: OwnerSettings) -> Path:
    return settings.vault / HELD / str(refresh.id)


def keep_findings(refresh: Refresh, settings: OwnerSettings, findings: Sequence[Finding]) -> None:
    """The whole list of findings, with raw values, beside the files of a taken delivery. Damaged if it cannot be written."""
    try:
        write_findings(place(refresh, settings) / FINDINGS, findings, settings.language)
    except OSError as error:
        template = _(
            "Daftar temuan tidak dapat ditulis. Periksa ruang disk dan izin folder, lalu periksa kiriman lagi."
        )
        raise Damaged("findings-unwritten", template) from error


def findings_file(refresh: Refresh, settings: OwnerSettings) -> Path:
    """The whole list of findings; Rejected if there is none (any more)."""
    file = place(refresh, settings) / FINDINGS
    if not file.is_file():
        template = _(
            "Daftar temuan penyegaran nomor {number} tidak ada: belum diperiksa, atau sudah terbit atau dibatalkan."
        )
        raise Rejected("findings-gone", template, number=str(refresh.id))
    return file


def with_mapping(folder: Path, content: str) -> None:
    """Puts another mapping beside the files of a taken delivery."""
    (folder / MAPPING).write_text(content, "utf-8")
    manifest: Manifest = read_manifest(folder).model_copy(update={"mapping": MAPPING})
    write_manifest(folder, manifest)


def with_claims(folder: Path, refresh: Refresh) -> None:
    """Puts what was typed in for an upload, or corrected since, into its manifest."""
    changed = {"reference_date": refresh.reference_date} | (refresh.claims or {})
    write_manifest(folder, Manifest.model_validate(read_manifest(folder).model_dump() | changed))


def drop(refresh: Refresh, settings: OwnerSettings) -> None:
    """Forgets a taken delivery: it was published, and the vault holds its snapshot, or it was given up."""
    shutil.rmtree(place(refresh, settings), ignore_errors=True)


def sweep(settings: OwnerSettings, still_open: Collection[Refresh], over: Collection[str]) -> None:
    """Removes what no refresh needs any more: taken deliveries of none that is open, the uploads `over`, forgotten uploads.

    Forgotten is what nobody sent to the check within a day, with its receipt.
    """
    numbers = {str(refresh.id) for refresh in still_open}
    for held in (settings.vault / HELD).glob("*"):
        if held.name not in numbers:
            shutil.rmtree(held, ignore_errors=True)
    kept, old = {refresh.delivery for refresh in still_open}, time.time() - FORGOTTEN
    for entry in settings.incoming.glob("*"):
        if entry.stem in over or (entry.stem not in kept and _changed(entry) < old):
            _remove(entry)


def uploads(settings: OwnerSettings) -> list[str]:
    """The names of uploads that have not been taken."""
    return [entry.name for entry in settings.incoming.glob("*") if entry.is_dir()]


def _changed(entry: Path) -> float:
    """When it was changed last; now, if it has just gone."""
    try:
        return entry.lstat().st_mtime
    except FileNotFoundError:
        return time.time()


def _remove(entry: Path) -> None:
    if entry.is_dir() and not entry.is_symlink():
        shutil.rmtree(entry, ignore_errors=True)
    else:
        entry.unlink(missing_ok=True)


def _source(refresh: Refresh, settings: OwnerSettings) -> Path:
    above = settings.incoming if refresh.origin == "upload" else settings.drop
    folder = above / refresh.delivery
    plain = Path(refresh.delivery).name == refresh.delivery and not refresh.delivery.startswith(".")
    if not plain or folder.is_symlink() or not folder.is_dir():
        template = _("Kiriman {delivery} tidak ada lagi di folder kiriman. Kirim ulang.")
        raise Rejected("delivery-gone", template, delivery=refresh.title)
    return folder


def _copy(source: Path, target: Path, limit: int) -> None:
    """Plain files only: a link could point anywhere, a folder has no place in a delivery."""
    left = limit
    for entry in sorted(os.scandir(source), key=lambda found: found.name):
        if not entry.is_file(follow_symlinks=False):
            template = _("Kiriman memuat {name}, yang bukan berkas biasa. Hapus, lalu kirim ulang.")
            raise Rejected("delivery-entry", template, name=entry.name)
        left -= entry.stat(follow_symlinks=False).st_size
        if left < 0:
            template = _("Kiriman lebih besar daripada batas {limit}.")
            raise Rejected("delivery-size", template, limit=FileSize(limit))
        shutil.copyfile(entry.path, target / entry.name, follow_symlinks=False)
        (target / entry.name).chmod(PRIVATE_FILE)
