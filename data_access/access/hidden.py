"""Why a cell shows no number, told from public rules alone: the threshold, the contract, and what a release holds.

Nothing is read. Of a cell below the threshold it says no more than its sign does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from data_access.access.grid import breaks, first_day
from data_access.access.query import Query
from data_access.access.result import Kind, State
from data_access.contract import Dataset, contract
from data_access.release.policy import POLICY
from data_access.words import mark as _


@dataclass(frozen=True)
class Reason:
    """A sentence (msgid) and the facts in it."""

    template: str
    facts: Mapping[str, object] = field(default_factory=dict)


BASES = {
    Kind.GROWTH: (
        _("Perubahan dalam persen dihitung hanya bila angka awalnya paling sedikit {least}."),
        POLICY.growth_base,
    ),
    Kind.YEARS: (
        _("Rata-rata dihitung hanya bila angkanya ditampilkan untuk paling sedikit {least} orang."),
        POLICY.mean_base,
    ),
}


def why(cell: Query, state: State, kind: Kind, day: date, *, admitted: bool) -> Reason:
    """The reason for a cell that is not shown. `cell` names its codes and filters in `where`.

    `admitted` says whether the release of that date holds the combination.
    """
    if state == State.SUPPRESSED:
        return _suppressed(kind)
    dataset = contract().datasets[cell.dataset]
    for rule in dataset.impossible:
        if breaks(dataset, cell, rule.when) is not None:
            return Reason(_("– Tidak mungkin ada: {reason}."), {"reason": rule.reason})
    late = _late(dataset, cell, day)
    if late is not None:
        return Reason(_("– Belum ada pada {day}: baru berlaku sejak {first}."), {"day": day, "first": late})
    if not admitted:
        template = _("– Kombinasi ini tidak diterbitkan untuk {day}: lebih dari separuh selnya terlalu kecil.")
        return Reason(template, {"day": day})
    if kind in BASES:
        template, least = BASES[kind]
        return Reason(template, {"least": least})
    return Reason(_("– Tidak tersedia: bagian atau pembandingnya tidak ada."))


def _suppressed(kind: Kind) -> Reason:
    least = {"least": POLICY.threshold}
    if kind == Kind.PERSONS:
        template = _(
            "<{least}: di bawah {least} setelah pengacakan, mungkin nol. Angkanya ditekan agar tidak ada yang dikenali."
        )
        return Reason(template, least)
    return Reason(_("Sebagian angka yang diperlukan di bawah {least}, sehingga ukuran ini tidak dihitung."), least)


def _late(dataset: Dataset, cell: Query, day: date) -> date | None:
    """The day from which a code of the cell is valid, where that is after `day`."""
    days = (first_day(dataset, level, codes) for level, codes in cell.filters.items())
    return next((first for first in days if first is not None and first > day), None)
