"""The form for a new account, which gets a one-time password."""

import streamlit as st

from data_access.access import administering
from data_access.access.viewer import Viewer
from data_access.governance.account_names import LONGEST_FULL_NAME, typed_name
from data_access.words import mark as _
from ui.accounts_admin import acting, rights
from ui.session import t


def offer(viewer: Viewer) -> None:
    """The form behind a line that opens it; it is shut again when the account is made, so that its password is in view."""
    with st.expander(t(_("Tambah akun")), icon=":material/person_add:", key=acting.fresh("new_box")):
        _form(viewer)


def _form(viewer: Viewer) -> None:
    role = rights.role_field("new")
    if role is None:
        return
    with st.form(acting.fresh("new"), border=False):
        name = typed_name(st.text_input(t(_("Nama akun")), key=acting.fresh("new_name")))
        st.caption(
            t(
                _(
                    "3 sampai 40 huruf kecil, angka, titik, atau tanda hubung; misalnya NIP. Tidak dapat diganti kemudian."
                )
            )
        )
        full_name = st.text_input(
            t(_("Nama lengkap")), key=acting.fresh("new_full_name"), max_chars=LONGEST_FULL_NAME
        ).strip()
        given = rights.other_fields("new", role, viewer.party)
        if not acting.confirmed("new", t(_("Buat akun")), icon=":material/person_add:"):
            return

        def change() -> str:
            return administering.add(
                viewer, name, full_name=full_name, role=given.role, party=given.party, provinces=given.provinces
            )

        acting.make(change, t(_("Akun {name} dibuat."), name=name), choose=name)
