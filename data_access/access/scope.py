"""What a viewer may reach of one dataset today: role ∩ agreement ∩ row attributes, each part with its reason."""

from dataclasses import dataclass, field

from data_access.access.roles import DatasetRight
from data_access.access.viewer import Viewer
from data_access.contract import Dataset, Label, contract
from data_access.errors import Refused
from data_access.governance.agreement import grant_for, register
from data_access.release.lattice import ordered
from data_access.words import mark as _

OWNER = "owner"


@dataclass(frozen=True)
class RowRule:
    """Every cell must lie in these codes of `level`."""

    level: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Scope:
    """Frozen and hashable, so that a cache keyed by it can never serve another scope's answer."""

    dataset: str
    levels: frozenset[str]
    max_dims: int
    rows: RowRule | None
    grant: str
    export: bool
    reason: Label = field(hash=False)

    def members(self, level: str) -> tuple[str, ...]:
        """Codes of `level` within reach: those of the row rule, and agencies that lie in it or belong to no place."""
        codes = contract().datasets[self.dataset].levels[level].codes
        if self.rows is None:
            return tuple(code.code for code in codes)
        if level == self.rows.level:
            return tuple(code.code for code in codes if code.code in self.rows.codes)
        places = (*self.rows.codes, None)
        return tuple(code.code for code in codes if code.attributes.get(self.rows.level) in places)


def scope(viewer: Viewer, dataset: str) -> Scope:
    """The viewer's scope; Refused if the role has no right, the agreement is not in force, or a needed attribute is missing."""
    right = viewer.role.datasets.get(dataset)
    if right is None:
        raise _not_available(dataset)
    described = contract().datasets[dataset]
    return Scope(
        dataset=dataset,
        levels=frozenset(described.levels) if right.levels == "all" else frozenset(right.levels),
        max_dims=right.max_dims,
        rows=_rows(viewer, right, described),
        grant=_grant(viewer, described),
        export=viewer.role.export,
        reason=viewer.role.reason,
    )


def levels_in_order(scope: Scope) -> tuple[str, ...]:
    return ordered(contract().datasets[scope.dataset], scope.levels)


def _grant(viewer: Viewer, dataset: Dataset) -> str:
    """The owner sees its own data; the other party needs a grant in force on the day (Pasal 6)."""
    if viewer.party == dataset.owner:
        return OWNER
    return grant_for(register(viewer.agreement), dataset=dataset.name, party=viewer.party, day=viewer.day).id


def _rows(viewer: Viewer, right: DatasetRight, dataset: Dataset) -> RowRule | None:
    if right.rows is None:
        return None
    known = dataset.levels[right.rows].by_code
    codes = tuple(sorted(set(viewer.provinces or ()) & set(known)))
    if not codes:
        template = _("Akun Anda belum memiliki wilayah kerja. Mintalah administrator menetapkan provinsinya.")
        raise Refused("rows-missing", template)
    return RowRule(right.rows, codes)


def _not_available(dataset: str) -> Refused:
    template = _("Himpunan data {dataset} tidak tersedia untuk Anda.")
    return Refused("dataset-unknown", template, dataset=dataset)
