"""A first mapping for a delivery whose columns or codes are not those of the contract, from its own headings and values."""

from pathlib import Path

from data_access.contract import contract
from data_access.errors import Rejected
from data_access.intake.manifest import Manifest, read_manifest
from data_access.intake.mapping.proposing import propose_for
from data_access.intake.mapping.text import write_mapping
from data_access.intake.readers.limits import Limits
from data_access.owner import OwnerSettings
from data_access.release import vault

# Why a canonical delivery is rejected although its files may be readable with a mapping.
OTHER_COLUMNS = ("columns-missing", "file-kind", "file-unreadable")


def mapping_text(folder: Path, manifest: Manifest, settings: OwnerSettings) -> str:
    """The mapping that the delivery brought along, to be mended; a proposal where it brought none."""
    return (folder / manifest.mapping).read_text("utf-8") if manifest.mapping else proposed_mapping(folder, settings)


def proposed_mapping(folder: Path, settings: OwnerSettings) -> str:
    """YAML of a proposal for the first file; "" where that cannot be read either."""
    limits = Limits(rows=settings.delivery_rows, bytes=settings.upload_bytes)
    try:
        manifest = read_manifest(folder)
        file, dataset = folder / next(iter(manifest.files)), contract().datasets[manifest.dataset]
        return write_mapping(propose_for(file, dataset, limits=limits, scratch=vault.scratch(settings.vault)))
    except (Rejected, OSError):
        return ""
