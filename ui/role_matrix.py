"""The matrix of rights on the screen: roles by datasets with reasons, then columns by roles, then pages by roles."""

import streamlit as st

from data_access.access import matrix
from data_access.access.roles import DatasetRight, Role, roles
from data_access.contract import contract
from data_access.words import mark as _
from ui.navigation import PAGES
from ui.session import language, t

YES, NO = "✓", "–"
SENSITIVITY = {"rendah": _("rendah"), "sedang": _("sedang"), "tinggi": _("tinggi")}
PARTIES = {"kesatu": _("PIHAK KESATU"), "kedua": _("PIHAK KEDUA")}
Row = dict[str, str]


def overview() -> None:
    """One row for each role: the limits of each dataset, files and refreshes; then why."""
    st.subheader(t(_("Peran dan himpunan data")), anchor=False)
    _table([_role_row(role) for role in roles().roles.values()], t(_("Peran")), "roles")
    st.caption(t(_("Dimensi: banyaknya kolom yang boleh disilangkan sekaligus dalam satu pertanyaan.")))
    with st.expander(t(_("Alasan setiap peran")), icon=":material/balance:", expanded=True):
        for name, role in roles().roles.items():
            st.markdown(f"**{role.label.text(language())}** — {role.reason.text(language())} *{_basis(name)}.*")


def by_dataset() -> None:
    """For each dataset a matrix of columns and roles."""
    for name, described in contract().datasets.items():
        st.subheader(f"{t(_('Kolom'))}: {described.label.text(language())}", anchor=False)
        owner = t(PARTIES[described.owner])
        st.caption(t(_("Pemilik: {owner}. Pihak lain memerlukan perjanjian dan hak akses yang berlaku."), owner=owner))
        rows = [_column_row(one) for one in matrix.column_rights(name)]
        _table(rows, t(_("Kolom")), f"columns_{name}")


def by_page() -> None:
    """The pages and who finds them, in the order of the menu."""
    st.subheader(t(_("Halaman")), anchor=False)
    found = matrix.page_rights()
    rows = [
        {t(_("Halaman")): t(entry.title), t(_("Bagian")): t(entry.section)} | _marks(found.get(entry.path, frozenset()))
        for entry in PAGES
    ]
    _table(rows, t(_("Halaman")), "pages")


def limits(right: DatasetRight | None, dataset: str) -> str:
    """What a role may ask of a dataset, in a few words."""
    if right is None:
        return NO
    columns = t(_("semua kolom")) if right.levels == "all" else t(_("{count} kolom"), count=len(right.levels))
    parts = [columns, t(_("{count} dimensi"), count=right.max_dims)]
    if right.rows:
        level = contract().datasets[dataset].levels[right.rows].label.text(language()).lower()
        parts.append(t(_("hanya {level} sendiri"), level=level))
    return "; ".join(parts)


def _role_row(role: Role) -> Row:
    row = {t(_("Peran")): role.label.text(language())}
    row |= {d.label.text(language()): limits(matrix.right_of(role, key), key) for key, d in contract().datasets.items()}
    marks = (
        (_("Unduh jawaban"), role.export),
        (_("Unduh mutu"), role.export_quality),
        (_("Menerbitkan"), role.refresh),
    )
    return row | {t(words): YES if has else NO for words, has in marks}


def _basis(name: str) -> str:
    found = matrix.BASIS.get(name)
    return found.text(language()) if found else NO


def _column_row(one: matrix.ColumnRight) -> Row:
    names = {t(_("Kolom")): one.level.label.text(language()), t(_("Kepekaan")): t(SENSITIVITY[one.sensitivity])}
    return names | _marks(one.roles)


def _marks(having: frozenset[str]) -> Row:
    return {role.label.text(language()): YES if name in having else NO for name, role in roles().roles.items()}


def _table(rows: list[Row], pinned: str, key: str) -> None:
    """A table whose first column stays in sight while the others are scrolled, on a phone above all."""
    config = {pinned: st.column_config.TextColumn(pinned, pinned=True)}
    st.dataframe(rows, hide_index=True, column_config=config, height="content", key=f"matrix_{key}")
