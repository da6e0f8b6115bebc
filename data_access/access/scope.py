"""What a viewer may reach of one dataset today: role ∩ agreement ∩ statement ∩ row attributes, each part with its reason."""

from dataclasses import dataclass, field

from data_access.access.roles import DatasetRight
from data_access.access.viewer import Viewer
from data_access.contract import Dataset, Label, contract
from data_access.errors import Refused
from data_access.governance.agreement import grants_for
from data_access.release.lattice import ordered
from data_access.words import mark as _

OWNER = "owner"
LONGEST_GRANT = 100  # as many letters as the record holds


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
    """The viewer's scope. Refused if the password is a one-time one, a second factor that must be there is missing, the role has
    no right, the agreement is not in force, the confidentiality statement was not accepted, or a needed attribute is missing."""
    _check_signed_in_fully(viewer)
    right = viewer.role.datasets.get(dataset)
    if right is None:
        raise _not_available(dataset)
    _check_pledged(viewer)
    described = contract().datasets[dataset]
    grant, opened = _granted(viewer, described)
    return Scope(
        dataset=dataset,
        levels=opened if right.levels == "all" else opened & frozenset(right.levels),
        max_dims=right.max_dims,
        rows=_rows(viewer, right, described),
        grant=grant,
        export=viewer.role.export,
        reason=viewer.role.reason,
    )


def levels_in_order(scope: Scope) -> tuple[str, ...]:
    return ordered(contract().datasets[scope.dataset], scope.levels)


def _check_signed_in_fully(viewer: Viewer) -> None:
    if viewer.first == "password":
        template = _("Gantilah dahulu kata sandi sekali pakai; sebelum itu tidak ada data yang ditampilkan.")
        raise Refused("password-one-time", template)
    if viewer.first == "second-factor":
        template = _("Siapkan dahulu faktor kedua; peran ini tidak melihat data tanpanya.")
        raise Refused("second-factor-missing", template)


def _check_pledged(viewer: Viewer) -> None:
    if not viewer.pledged:
        template = _(
            "Setujui dahulu pernyataan kerahasiaan; tanpa itu tidak ada data yang ditampilkan (Pasal 9 ayat (5))."
        )
        raise Refused("statement-missing", template)


def _granted(viewer: Viewer, dataset: Dataset) -> tuple[str, frozenset[str]]:
    """On which ground, and which levels. The owner sees its own data; the other party what the grants in force today open
    (Pasal 6), each the columns of the contract's version that it names (Pasal 12 ayat (2))."""
    if viewer.party == dataset.owner:
        return OWNER, frozenset(dataset.levels)
    grants = grants_for(viewer.standing, dataset=dataset.name, party=viewer.party, day=viewer.day)
    named = ",".join(grant.id for grant in grants)
    return named[:LONGEST_GRANT], frozenset().union(*(grant.opened for grant in grants))


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
