"""One account: what is known of it, and the changes that can be made to it, one at a time."""

from collections.abc import Callable

import streamlit as st

from data_access.access.viewer import Viewer
from data_access.governance.account_listing import Listed
from data_access.settings import settings
from data_access.words import mark as _
from ui import filters
from ui.accounts_admin import acting, changes, words
from ui.agreeing import typed
from ui.session import t

Draw = Callable[[Viewer, Listed], None]


def show(viewer: Viewer, found: list[Listed]) -> None:
    """The choice of an account, and the panel of the chosen one."""
    by_name = {one.account.name: one for one in found}
    if st.session_state.get(acting.CHOSEN) not in by_name:
        st.session_state[acting.CHOSEN] = None
    chosen = st.selectbox(
        t(_("Akun yang diubah")),
        list(by_name),
        format_func=lambda name: f"{name} · {by_name[name].account.full_name}",
        placeholder=t(_("Pilih akun di sini atau pada tabel")),
        key=acting.CHOSEN,
    )
    acting.tell()
    if chosen is None:
        return
    one = by_name[chosen]
    with st.container(border=True, key="account_panel"):
        typed.lines(one.account.full_name, one.account.name)
        typed.facts(words.facts(one).items())
    if chosen == viewer.account:
        told = _(
            "Ini akun Anda sendiri: kata sandi dan faktor kedua ada di halaman Profil; hak akses diubah pengelola lain."
        )
        st.info(t(told), icon=":material/info:")
        return
    _changes(viewer, one)


def _changes(viewer: Viewer, one: Listed) -> None:
    offered = _offered(one)
    labels = {key: label for key, (label, _draw) in offered.items()}
    key = filters.switch(labels, label=t(_("Tindakan")), key="account_action")
    offered[key][1](viewer, one)


def _offered(one: Listed) -> dict[str, tuple[str, Draw]]:
    """The changes that this account can have now."""
    found: dict[str, tuple[str, Draw]] = {
        "rights": (t(_("Hak akses")), changes.rights_form),
        "password": (t(_("Kata sandi")), changes.password_form),
    }
    if one.enrolled_at is not None:
        found["factor"] = (t(_("Faktor kedua")), changes.factor_form)
    if settings().sign_on:
        found["sign-on"] = (t(_("Masuk tunggal")), changes.sign_on_form)
    if one.account.active:
        found["disable"] = (t(_("Nonaktifkan")), changes.disable_form)
    else:
        found["enable"] = (t(_("Aktifkan")), changes.enable_form)
    return found
