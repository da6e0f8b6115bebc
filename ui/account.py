"""The parts of the profile page: who I am, what I may see and why, my sessions, my password."""

import streamlit as st

from data_access.access.viewer import Viewer
from data_access.errors import AsnError
from data_access.governance import sessions, sign_in
from data_access.governance.agreement import in_force
from data_access.governance.registers.fields import PARTY_NAMES
from data_access.settings import settings
from data_access.state import engine
from data_access.words import day, moment
from data_access.words import mark as _
from ui import session_list
from ui.frame import failed
from ui.session import audit_key, event, language, t, token


def identity(viewer: Viewer) -> None:
    """Name, role, party, place, and whether the agreement is in force today."""
    with st.container(border=True):
        left, right = st.columns(2)
        left.markdown(f"**{t(_('Akun'))}**  \n{viewer.full_name} · {viewer.account}")
        left.markdown(f"**{t(_('Pihak'))}**  \n{t(PARTY_NAMES[viewer.party])}")
        right.markdown(f"**{t(_('Peran'))}**  \n{viewer.role.label.text(language())}")
        right.markdown(f"**{t(_('Perjanjian'))}**  \n{_agreement(viewer)}")
    if viewer.role.member and not viewer.member:
        told = _(
            "Akun ini bukan anggota tim teknis dengan keputusan yang berlaku hari ini (Pasal 4 ayat (2)), jadi hanya profil "
            "dan kamus data yang terbuka. Pimpinan BKN mencatat anggota pada halaman Perjanjian, daftar Tim teknis."
        )
        st.warning(t(told), icon=":material/badge:")


def _agreement(viewer: Viewer) -> str:
    period = in_force(viewer.standing, viewer.day)
    if period is None:
        return t(_("Tidak berlaku hari ini."))
    until = t(_("Berlaku sampai {day}."), day=day(period.last, language()))
    return f"{until} {t(_('Perpanjangan CONTOH.'))}" if period.example else until


def sessions_list(viewer: Viewer) -> None:
    """Own sessions: the open ones, of which every one but this can be ended, and those that have ended."""
    found = sessions.sessions_of(engine(settings().state), viewer.account)
    session_list.told_ended()
    session_list.lines(viewer, [one for one in found if one.end_reason is None])
    if st.button(t(_("Akhiri semua sesi lain")), icon=":material/logout:"):
        change = event(viewer, "sessions-end")
        sessions.end_all(engine(settings().state), audit_key(), change, account=viewer.account, but=token())
        st.success(t(_("Semua sesi lain telah diakhiri.")))
    rows = [
        {
            t(_("Mulai")): moment(s.created_at, language()),
            t(_("Terakhir dipakai")): moment(s.last_seen_at, language()),
            t(_("Alamat")): s.address,
            t(_("Keadaan")): t(_("telah berakhir")) if s.end_reason else t(_("aktif")),
        }
        for s in found
    ]
    with st.expander(t(_("Semua sesi"))):
        st.dataframe(rows, hide_index=True, key="sessions")


def password_form(viewer: Viewer) -> None:
    """Change of the own password; every other session ends with it. After a one-time password the page asked for follows."""
    with st.form("password", clear_on_submit=True):
        old = st.text_input(t(_("Kata sandi sekarang")), type="password", autocomplete="current-password")
        new = st.text_input(
            t(_("Kata sandi baru")),
            type="password",
            autocomplete="new-password",
            help=t(_("12 sampai 72 karakter, misalnya beberapa kata acak.")),
        )
        again = st.text_input(t(_("Ulangi kata sandi baru")), type="password", autocomplete="new-password")
        if not st.form_submit_button(t(_("Ganti kata sandi")), type="primary"):
            return
    # As the sign-in form does: a password kept with spaces around it could never be typed there.
    old, new, again = old.strip(), new.strip(), again.strip()
    if new != again:
        st.warning(t(_("Kedua kata sandi baru tidak sama.")))
        return
    try:
        change = event(viewer, "password-change")
        sign_in.replace_password(engine(settings().state), audit_key(), change, name=viewer.account, old=old, new=new)
    except AsnError as error:
        failed(error)
        return
    if viewer.first == "password":
        st.rerun()
    st.success(t(_("Kata sandi telah diganti; sesi lain diakhiri.")))
