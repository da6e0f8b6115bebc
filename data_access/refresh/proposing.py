"""A first mapping for a delivery whose columns or codes are not those of the contract, from its own headings and values."""

from pathlib import Path
from typing import Any

from data_access.contract import contract
from data_access.errors import Rejected
from data_access.intake.findings import Report
from data_access.intake.manifest import read_manifest
from data_access.intake.mapping.proposing import first_table, open_labels, propose
from data_access.intake.mapping.text import LONGEST, write_mapping
from data_access.intake.readers.limits import Limits
from data_access.owner import OwnerSettings
from data_access.release import vault

# Why a delivery is rejected although its files may be readable with a (better) mapping.
OTHER_COLUMNS, OTHER_CODES = "columns-missing", "unknown-code"


def for_unread(folder: Path, error: Rejected, settings: OwnerSettings) -> dict[str, Any]:
    """Headings, mapping and open labels of a delivery whose columns were not found; nothing for any other reason."""
    return explained(folder, settings) if error.reason == OTHER_COLUMNS else {}


def for_rejected(folder: Path, report: Report, settings: OwnerSettings) -> dict[str, Any]:
    """The mapping that the delivery brought, to be mended; for canonical files with other codes a proposal."""
    if report.accepted:
        return {}
    if report.manifest.mapping:
        return {"proposed_mapping": _brought(folder, report.manifest.mapping)}
    return explained(folder, settings) if OTHER_CODES in {f.rule for f in report.of("error")} else {}


def explained(folder: Path, settings: OwnerSettings) -> dict[str, Any]:
    """`proposed_mapping`, `columns` and `proposals` for the first file; nothing where that cannot be read either."""
    limits = Limits(rows=settings.delivery_rows, bytes=settings.upload_bytes)
    try:
        manifest = read_manifest(folder)
        file, dataset = folder / next(iter(manifest.files)), contract().datasets[manifest.dataset]
        table = first_table(file, limits=limits, scratch=vault.scratch(settings.vault))
        mapping = propose(table, dataset)
        proposals = [vars(proposal) for proposal in open_labels(table, mapping)]
        text = _brought(folder, manifest.mapping) if manifest.mapping else write_mapping(mapping)
        return {"proposed_mapping": text, "columns": list(dict.fromkeys(table.names)), "proposals": proposals}
    except (Rejected, OSError):
        return {}


def _brought(folder: Path, name: str) -> str:
    return (folder / name).read_text("utf-8")[:LONGEST]
