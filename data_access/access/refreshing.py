"""Who may bring deliveries in, publish and roll back: a role with that right, for data of the account's own party."""

from data_access.access.viewer import Viewer
from data_access.contract import contract
from data_access.errors import Refused
from data_access.words import mark as _

DATASET = "pegawai"  # what the data team refreshes; the contract has no second one so far


def check_may_refresh(viewer: Viewer, dataset: str) -> None:
    """Refused, with the reason, unless the viewer may refresh the dataset."""
    if not viewer.role.refresh:
        raise Refused("refresh-role", _("Peran Anda tidak menerbitkan data. Hubungi tim data."))
    described = contract().datasets.get(dataset)
    if described is None or viewer.party != described.owner:
        raise Refused("refresh-owner", _("Hanya tim data dari pihak pemilik data yang dapat menerbitkannya."))


def may_refresh(viewer: Viewer, dataset: str) -> bool:
    """Whether the viewer may refresh the dataset."""
    try:
        check_may_refresh(viewer, dataset)
    except Refused:
        return False
    return True
