"""The forms for changes of one account; each says what follows from it before it asks whether one is sure."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from data_access.access import administering
from data_access.access.viewer import Viewer
from data_access.governance.account_listing import Listed
from data_access.governance.sign_on import LONGEST
from data_access.words import mark as _
from ui.accounts_admin import acting, rights
from ui.accounts_admin.acting import fresh, without_password
from ui.session import t


def rights_form(viewer: Viewer, one: Listed) -> None:
    """Another role, party or limit of place."""
    name, key = one.account.name, f"rights_{one.account.name}"
    role = rights.role_field(key, one.account.role)
    if role is None:  # the account's own is no role any more
        return
    with st.form(fresh(key)):
        given = rights.other_fields(key, role, one.account.party, one.account.provinces or ())
        st.caption(t(_("Berlaku seketika; sesi akun ini berakhir.")))
        if not acting.confirmed(key, t(_("Ganti hak akses")), icon=":material/rule:"):
            return
        change = partial(
            administering.change_rights, viewer, name, role=role, party=given.party, provinces=given.provinces
        )
        done = _("Hak akses akun {name} diganti; sesinya berakhir.")
        acting.make(without_password(change), t(done, name=name))


def password_form(viewer: Viewer, one: Listed) -> None:
    """A new one-time password, for somebody who has forgotten theirs."""
    _plain(
        one,
        partial(administering.new_password, viewer, one.account.name),
        says=_(
            "Kata sandi sekarang tidak berlaku lagi dan sesi akun ini berakhir. Pastikan dahulu siapa yang meminta."
        ),
        button=_("Buat kata sandi sekali pakai"),
        icon=":material/key:",
        done=_("Kata sandi akun {name} diganti; sesinya berakhir."),
    )


def factor_form(viewer: Viewer, one: Listed) -> None:
    """Takes the second factor away, for somebody whose phone is gone."""
    _plain(
        one,
        without_password(partial(administering.reset_second_factor, viewer, one.account.name)),
        says=_(
            "Aplikasi pembuat kode dan kode pemulihannya tidak berlaku lagi dan sesi akun ini berakhir. Bila perannya "
            "mewajibkannya, pemilik akun menyiapkan yang baru saat masuk."
        ),
        button=_("Hapus faktor kedua"),
        icon=":material/phonelink_erase:",
        done=_("Faktor kedua akun {name} dihapus; sesinya berakhir."),
    )


def disable_form(viewer: Viewer, one: Listed) -> None:
    """Shuts the account."""
    _plain(
        one,
        without_password(partial(administering.disable, viewer, one.account.name)),
        says=_("Sesi akun ini berakhir seketika dan pemiliknya tidak dapat masuk sampai akun diaktifkan lagi."),
        button=_("Nonaktifkan akun"),
        icon=":material/block:",
        done=_("Akun {name} dinonaktifkan."),
    )


def enable_form(viewer: Viewer, one: Listed) -> None:
    """Opens the account again."""
    _plain(
        one,
        without_password(partial(administering.enable, viewer, one.account.name)),
        says=_("Pemilik akun dapat masuk lagi dengan kata sandi, hak akses, dan faktor kedua yang dipunyainya."),
        button=_("Aktifkan akun"),
        icon=":material/lock_open:",
        done=_("Akun {name} aktif kembali."),
    )


def sign_on_form(viewer: Viewer, one: Listed) -> None:
    """Which name at the outside sign-on service means this account."""
    name, key = one.account.name, f"connect_{one.account.name}"
    with st.form(fresh(key)):
        typed = st.text_input(t(_("Nama pada layanan masuk tunggal")), max_chars=LONGEST, key=fresh(f"service_{name}"))
        st.caption(t(_("Siapa pun yang masuk di layanan itu dengan nama ini masuk ke akun ini tanpa kata sandi.")))
        st.caption(t(_("Berlaku seketika; sesi akun ini berakhir.")))
        if acting.confirmed(key, t(_("Hubungkan")), icon=":material/link:"):
            change = without_password(partial(administering.connect, viewer, name, typed.strip()))
            acting.make(change, t(_("Akun {name} terhubung dengan layanan masuk tunggal."), name=name))
    if one.service_name:
        _plain(
            one,
            without_password(partial(administering.disconnect, viewer, name)),
            says=_("Sesi akun ini berakhir seketika; pemiliknya selanjutnya masuk dengan kata sandi."),
            button=_("Putuskan hubungan"),
            icon=":material/link_off:",
            done=_("Akun {name} tidak lagi terhubung dengan layanan masuk tunggal."),
        )


def _plain(one: Listed, change: Callable[[], str], *, says: str, button: str, icon: str, done: str) -> None:
    """A form without fields of its own; `says`, `button` and `done` are msgids."""
    key = f"plain_{one.account.name}_{button}"
    with st.form(fresh(key)):
        st.markdown(t(says))
        if acting.confirmed(key, t(button), icon=icon):
            acting.make(change, t(done, name=one.account.name))
