"""Who may bring deliveries in, publish and roll back: a role with that right, for data of the account's own party."""

from data_access.access.viewer import Viewer
from data_access.contract import contract
from data_access.errors import Refused
from data_access.release.shelf import Shelved
from data_access.words import mark as _


def check_may_refresh(viewer: Viewer, dataset: str) -> None:
    """Refused, with the reason, unless the viewer may refresh the dataset."""
    if not viewer.role.refresh:
        raise Refused("refresh-role", _("Peran Anda tidak menerbitkan data. Hubungi tim data."))
    described = contract().datasets.get(dataset)
    if described is None or viewer.party != described.owner:
        raise Refused("refresh-owner", _("Hanya tim data dari pihak pemilik data yang dapat menerbitkannya."))


def check_may_refresh_any(viewer: Viewer) -> tuple[str, ...]:
    """The datasets that the viewer may refresh, in the order of the contract; Refused, with the reason, if there is none."""
    names = tuple(contract().datasets)
    found = tuple(name for name in names if may_refresh(viewer, name))
    if not found:
        check_may_refresh(viewer, names[0])
    return found


def turned(known: Shelved, release: str) -> tuple[str, ...]:
    """The datasets that serving a release again concerns: all that it or the release served now holds."""
    held = {s.dataset for one in known.sound if one.id in (known.current, release) for s in one.snapshots}
    return tuple(name for name in contract().datasets if name in held) + tuple(sorted(held - set(contract().datasets)))


def may_refresh(viewer: Viewer, dataset: str) -> bool:
    """Whether the viewer may refresh the dataset."""
    try:
        check_may_refresh(viewer, dataset)
    except Refused:
        return False
    return True
