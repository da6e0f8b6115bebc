"""A first mapping for a delivery whose columns or codes are not those of the contract, from its own headings and values."""

from pathlib import Path

from data_access.contract import contract
from data_access.errors import Rejected
from data_access.intake.manifest import read_manifest
from data_access.intake.mapping.proposing import propose_for
from data_access.intake.mapping.text import write_mapping

# Why a canonical delivery is rejected although its files may be readable with a mapping.
OTHER_COLUMNS = ("columns-missing", "file-kind", "file-unreadable")


def proposed_mapping(folder: Path) -> str:
    """YAML of a proposal for the first file; "" where that cannot be read either."""
    try:
        manifest = read_manifest(folder)
        proposal = propose_for(folder / next(iter(manifest.files)), contract().datasets[manifest.dataset])
    except Rejected:
        return ""
    return write_mapping(proposal)
