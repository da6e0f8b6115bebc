"""The own rights and why: for each dataset what opens it, what limits it, which columns are within reach, and which are not."""

import streamlit as st

from data_access.access.matrix import BASIS, ColumnRight, sensitivity_of, withheld
from data_access.access.roles import DatasetRight, roles
from data_access.access.scope import OWNER, Scope, levels_in_order, scope
from data_access.access.seen_as import real_and_seen
from data_access.access.viewer import Viewer
from data_access.contract import Dataset, contract
from data_access.errors import AsnError
from data_access.governance.agreement import Grant, Period, grants_for, in_force
from data_access.words import inside
from data_access.words import mark as _
from ui.frame import failed, plain
from ui.role_matrix import PARTIES, SENSITIVITY
from ui.session import language, t

UNNEEDED = {
    "tinggi": _("Peka tinggi dan tidak diperlukan untuk tugas peran ini: {columns}."),
    "sedang": _("Peka sedang dan tidak diperlukan untuk tugas peran ini: {columns}."),
    "rendah": _("Tidak diperlukan untuk tugas peran ini: {columns}."),
}


def show(viewer: Viewer) -> None:
    """The rights dataset by dataset, then the datasets that the role does not have."""
    st.markdown(_role(viewer))
    if not viewer.role.datasets:
        st.info(t(_("Peran Anda tidak memuat data ASN.")), icon=":material/info:")
    for name in viewer.role.datasets:
        st.subheader(contract().datasets[name].label.text(language()), anchor=False)
        try:
            _dataset(viewer, scope(viewer, name))
        except AsnError as error:
            failed(error)
    _without(viewer)


def _dataset(viewer: Viewer, reach: Scope) -> None:
    dataset = contract().datasets[reach.dataset]
    right = viewer.role.datasets[reach.dataset]
    reasons = [_opened(viewer, dataset, reach), _limit(right), *_place(reach, dataset), _files(viewer)]
    st.markdown("\n".join(f"- {reason}" for reason in reasons))
    missing = withheld(right, reach.dataset)
    closed = [n for n in dataset.levels if n not in reach.levels and n not in {one.level.name for one in missing}]
    held, out = st.columns(2) if missing or closed else (st.container(), st.container())
    with held:
        st.markdown(f"**{t(_('Yang boleh dilihat ({count} kolom)'), count=len(reach.levels))}**")
        rows = [_row(dataset, name) for name in levels_in_order(reach)]
        st.dataframe(rows, hide_index=True, key=f"rights_{reach.dataset}")
    if missing or closed:
        lines = [*_withheld(missing, reach, dataset), *_not_granted(dataset, closed)]
        with out:
            st.markdown(f"**{t(_('Yang tidak dibuka ({count} kolom)'), count=len(missing) + len(closed))}**")
            st.markdown("\n".join(f"- {line}" for line in lines))


def _role(viewer: Viewer) -> str:
    """What the role is for, and the articles that it rests on."""
    real, seen = real_and_seen(viewer.role_name)
    basis = BASIS.get(seen or real)
    rests = f" *{basis.text(language())}.*" if basis else ""
    return f"**{t(_('Peran'))}**: {viewer.role.reason.text(language())}{rests}"


def _opened(viewer: Viewer, dataset: Dataset, reach: Scope) -> str:
    """The ownership, or the grant and the agreement with document and dates, by which the dataset is open today."""
    head = f"**{t(_('Dasar pembukaan'))}**: "
    if reach.grant == OWNER:
        return head + t(_("pihak Anda ({party}) pemilik data ini."), party=t(PARTIES[dataset.owner]))
    known = viewer.standing
    grants = grants_for(known, dataset=dataset.name, party=viewer.party, day=viewer.day)
    return head + " ".join([*(_grant(grant) for grant in grants), *_period(in_force(known, viewer.day))])


def _grant(grant: Grant) -> str:
    document = plain(grant.document)
    if grant.last is None:
        return t(_("{document}, sejak {first}."), document=document, first=grant.first)
    return t(_("{document}, {first} sampai {last}."), document=document, first=grant.first, last=grant.last)


def _period(period: Period | None) -> list[str]:
    if period is None:
        return []
    told = t(_("Perjanjian {document} berlaku sampai {last}."), document=period.document, last=period.last)
    return [told, *([t(_("Perpanjangan CONTOH."))] if period.example else [])]


def _limit(right: DatasetRight) -> str:
    told = t(_("paling banyak {count} dimensi sekaligus, agar kelompok kecil tidak tersingkap."), count=right.max_dims)
    return f"**{t(_('Batas pertanyaan'))}**: {told}"


def _place(reach: Scope, dataset: Dataset) -> list[str]:
    if reach.rows is None:
        return []
    known = dataset.levels[reach.rows.level].by_code
    places = ", ".join(known[code].label.text(language()) for code in reach.rows.codes)
    told = t(_("Hanya {places}; di luar itu angka nasional resmi sebagai pembanding."), places=places)
    return [f"**{t(_('Batas wilayah'))}**: {told}"]


def _files(viewer: Viewer) -> str:
    told = t(_("boleh, dengan tujuan tertulis (Pasal 9 ayat (3)).")) if viewer.role.export else t(_("tidak dibuka."))
    return f"**{t(_('Unduhan'))}**: {told}"


def _row(dataset: Dataset, level: str) -> dict[str, str]:
    return {
        t(_("Kolom")): dataset.levels[level].label.text(language()),
        t(_("Kepekaan")): t(SENSITIVITY[sensitivity_of(dataset, level)]),
    }


def _withheld(missing: list[ColumnRight], reach: Scope, dataset: Dataset) -> list[str]:
    """Why columns are left out: levels above the own place first, the others by how sensitive they are."""
    above = set(dataset.ancestry(reach.rows.level)) - {reach.rows.level} if reach.rows else set()
    lines = []
    if named := [one for one in missing if one.level.name in above]:
        told = _("Melampaui wilayah Anda: sebagian dari {columns} akan tampak sebagai seluruhnya.")
        lines.append(t(told, columns=_names(named)))
    for sensitivity, told in UNNEEDED.items():
        named = [one for one in missing if one.sensitivity == sensitivity and one.level.name not in above]
        if named:
            lines.append(t(told, columns=_names(named)))
    return lines


def _not_granted(dataset: Dataset, closed: list[str]) -> list[str]:
    """Columns that the role may see and no document opens yet (Pasal 12)."""
    if not closed:
        return []
    names = ", ".join(inside(dataset.levels[name].label.text(language())) for name in closed)
    return [t(_("Belum dibuka perjanjian: {columns}. Dapat diminta (Pasal 12 ayat (3))."), columns=names)]


def _names(found: list[ColumnRight]) -> str:
    return ", ".join(inside(one.level.label.text(language())) for one in found)


def _without(viewer: Viewer) -> None:
    """Datasets of the contract that the role does not have; a dataset without any role is not told of."""
    known = {name for role in roles().roles.values() for name in role.datasets}
    missing = [d for name, d in contract().datasets.items() if name not in viewer.role.datasets and name in known]
    if missing:
        names = ", ".join(one.label.text(language()) for one in missing)
        st.caption(
            t(_("Tidak termasuk dalam peran Anda: {names}. Mintalah kepada administrator bila perlu."), names=names)
        )
