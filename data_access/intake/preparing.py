"""Makes a delivery of source files: copies them, puts the mapping beside them, and writes the manifest last."""

import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from data_access.contract import Party
from data_access.errors import Rejected
from data_access.folders import private_folder
from data_access.intake.manifest import NAME as MANIFEST
from data_access.intake.manifest import Manifest, write_manifest
from data_access.intake.mapping.model import Mapping
from data_access.intake.mapping.text import write_mapping
from data_access.intake.readers import sources
from data_access.intake.readers.copying import copied, scratch_folder
from data_access.intake.readers.kinds import check_name, kind_of
from data_access.intake.readers.limits import USUAL, Limits
from data_access.words import mark as _

MAPPING = "mapping.yaml"


def prepare(  # noqa: PLR0913 - what a manifest says, all by name
    files: Sequence[Path],
    out: Path,
    *,
    dataset: str,
    reference_date: date,
    owner: Party,
    contract: str,
    active: str,
    mapping: Mapping | None,
    rows: int | None = None,
    total: int | None = None,
    example: bool = False,
    since: date | None = None,
    limits: Limits = USUAL,
) -> Path:
    """The folder of the delivery, `out`, new. `mapping` None means canonical files; `rows` and `total` None claim nothing;
    `since` is the last day before the period of a flow.

    Rejected if a name may not be used, a file cannot be read, holds no rows or is too large, or the folder exists already.
    """
    names = [_checked(file) for file in files]
    if not names or len(set(names)) < len(names):
        raise Rejected("file-twice", _("Sebut sekurangnya satu berkas, dan setiap nama berkas sekali saja."))
    if out.exists():
        raise Rejected("folder-exists", _("Folder {folder} sudah ada. Pilih nama lain."), folder=out.name)
    private_folder(out)
    try:
        wanted = mapping.headings if mapping is not None else ()
        hashes = {name: _copied(file, out / name, limits, wanted) for name, file in zip(names, files, strict=True)}
        if mapping is not None:
            (out / MAPPING).write_text(write_mapping(mapping), "utf-8")
        manifest = Manifest(
            dataset=dataset,
            reference_date=reference_date,
            since=since,
            owner=owner,
            contract=contract,
            active=active,
            rows=rows,
            total=total,
            example=example,
            files=hashes,
            mapping=MAPPING if mapping is not None else "",
        )
        write_manifest(out, manifest)
    except BaseException:
        shutil.rmtree(out, ignore_errors=True)
        raise
    return out


def _checked(file: Path) -> str:
    """The name of a file, if a delivery may hold it under that name."""
    check_name(file.name)
    kind_of(file.name)
    if file.name in (MANIFEST, MAPPING, ""):
        raise Rejected(
            "file-name", _("Nama berkas {file} tidak diperbolehkan: hanya nama tanpa folder."), file=file.name
        )
    return file.name


def _copied(file: Path, target: Path, limits: Limits, wanted: Sequence[str]) -> str:
    """SHA-256 of the copy. It is made and read beside its place and renamed there, so that what is named is whole."""
    with scratch_folder(target.parent) as private:
        copy = copied(file, private, limits)
        if all(table.cells.is_empty() for table in sources.tables(copy, limits, wanted=wanted)):
            template = _("{file} tidak memuat satu baris pun. Ekspor ulang berkas itu.")
            raise Rejected("file-empty", template, file=copy.name)
        copy.path.rename(target)
        return copy.sha256
