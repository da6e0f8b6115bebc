"""Seeing the pages as another role does: for the technical team, which watches what roles are given (Pasal 4 ayat (3)).

Whoever sees as a role has its pages and menu, but of the data only what both roles may see, and can neither take anything
along nor write. The audit names the real account and both roles, so it never looks like the work of somebody else.
"""

from dataclasses import replace
from functools import partial

from data_access.access.recording import event_of, record, refusals
from data_access.access.roles import DatasetRight, Role, role, roles
from data_access.access.viewer import Viewer
from data_access.contract import contract
from data_access.errors import Refused
from data_access.settings import settings
from data_access.words import mark as _

LOOKERS = ("tim_teknis",)
SIGN = ">"  # in no name of a role
BEGIN, END = "see-as-begin", "see-as-end"
# Registers and accounts are nobody's view of the data: seeing as a role opens them only to whom they are open anyway.
NOT_DATA = ("admin/", "kerja_sama/")


def seen_as(viewer: Viewer, name: str) -> Viewer:
    """The viewer with the pages of the role and the rights that both roles have; Refused for a role that may not be seen as."""
    check_may_see_as(viewer, name)
    both = narrowed(viewer.role, role(name))
    return replace(viewer, role_name=f"{viewer.role_name}{SIGN}{name}", role=both)


def check_may_see_as(viewer: Viewer, name: str) -> None:
    """Refused unless the viewer watches the roles, as itself, and the role is another one that exists."""
    if viewer.role_name not in LOOKERS or not viewer.member:
        raise Refused("see-as-role", _("Hanya tim teknis yang dapat melihat aplikasi sebagai peran lain."))
    if name == viewer.role_name or name not in roles().roles:
        raise Refused("see-as-unknown", _("Peran itu tidak dapat dipilih untuk dilihat."))


def may_see_as(viewer: Viewer, name: str) -> bool:
    """Whether `check_may_see_as` would let the viewer pass."""
    try:
        check_may_see_as(viewer, name)
    except Refused:
        return False
    return True


def begun(viewer: Viewer, name: str) -> None:
    """Records that the viewer begins to see as a role, or was refused to."""
    event = event_of(viewer, BEGIN, name)
    with refusals(settings(), event):
        check_may_see_as(viewer, name)
    record(settings(), event(decision="allowed"))


def ended(viewer: Viewer) -> None:
    """Records that a viewer who saw as another role sees as itself again; nothing for others."""
    real, seen = real_and_seen(viewer.role_name)
    if seen:
        record(settings(), partial(event_of(viewer, END, seen), role=real)(decision="allowed"))


def own_role(viewer: Viewer) -> Role:
    """The role of the account, whatever it is seen as."""
    return role(real_and_seen(viewer.role_name)[0])


def check_may_write(viewer: Viewer) -> None:
    """Refused while seeing as another role: what was done would look like an act of that role."""
    if real_and_seen(viewer.role_name)[1]:
        template = _(
            "Selama melihat sebagai peran lain, tidak ada yang dapat diubah. Kembalilah dahulu ke peran sendiri."
        )
        raise Refused("see-as-writes", template)


def real_and_seen(role_name: str) -> tuple[str, str]:
    """The role of the account and the one it sees as ("" if none), from the name in a viewer or an audit record."""
    real, _sign, seen = role_name.partition(SIGN)
    return real, seen


def narrowed(own: Role, seen: Role) -> Role:
    """The role to see as, without anything that the own role has not; files, refreshes and writing are never part of it."""
    shared = {
        name: _both(name, own.datasets[name], right) for name, right in seen.datasets.items() if name in own.datasets
    }
    return seen.model_copy(
        update={
            "pages": tuple(page for page in seen.pages if page in own.pages or not page.startswith(NOT_DATA)),
            "datasets": {name: right for name, right in shared.items() if right is not None},
            "export": False,
            "export_quality": False,
            "refresh": False,
            "registers": "none" if own.registers == "none" else "read",
        }
    )


def _both(dataset: str, one: DatasetRight, other: DatasetRight) -> DatasetRight | None:
    """What both rights allow; None where they limit rows by different levels, which no single rule can say."""
    if one.rows and other.rows and one.rows != other.rows:
        return None
    rows = one.rows or other.rows
    described = contract().datasets[dataset]
    # Under a rule for places, a level above them would show a part of a place under its whole name.
    above = set(described.ancestry(rows)) - {rows} if rows else set()
    levels = [n for n in described.levels if _has(one, n) and _has(other, n) and n not in above]
    return DatasetRight(max_dims=min(one.max_dims, other.max_dims), levels=tuple(levels), rows=rows)


def _has(right: DatasetRight, level: str) -> bool:
    return right.levels == "all" or level in right.levels
