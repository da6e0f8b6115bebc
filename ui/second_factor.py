"""The second factor on the screen: set up with a QR code, its recovery codes, and how it stands in the profile."""

import io

import segno
import streamlit as st

from data_access.access.viewer import Viewer
from data_access.errors import AsnError
from data_access.governance import second_factor, sign_in
from data_access.governance.proofs import held
from data_access.keys import key
from data_access.settings import settings
from data_access.state import engine
from data_access.words import mark as _
from data_access.words import moment
from ui.frame import failed
from ui.session import address, audit_key, event, language, t

SECRET, CODES = "asn_second_factor_secret", "asn_recovery_codes"
GROUP = 4


def codes_wait() -> bool:
    """Whether new recovery codes are to be shown before anything else: they are told once."""
    return bool(st.session_state.get(CODES))


def setting_up(viewer: Viewer) -> None:
    """QR code and typed key, then one code that proves that the authenticator has them."""
    secret = str(st.session_state.setdefault(SECRET, second_factor.new_secret()))
    st.markdown(
        t(_("1. Pasang aplikasi autentikator di ponsel Anda (Google Authenticator, Aegis, atau yang sejenis)."))
    )
    st.markdown(t(_("2. Pindai kode QR ini dengan aplikasi itu, atau ketik kuncinya.")))
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.image(_qr(viewer.account, secret), width=220, alt=t(_("Kode QR untuk aplikasi autentikator")))
        with st.container(width="stretch"):
            st.caption(t(_("Kunci untuk diketik")))
            st.code(
                " ".join(secret[at : at + GROUP] for at in range(0, len(secret), GROUP)), language=None, wrap_lines=True
            )
            st.caption(t(_("Jangan simpan kunci atau gambar ini: siapa pun yang memilikinya dapat membuat kode Anda.")))
    with st.form("asn_set_up", clear_on_submit=True, border=False):
        code = st.text_input(
            t(_("3. Ketik kode enam angka yang kini ditampilkan")), autocomplete="one-time-code", max_chars=10
        )
        sent = st.form_submit_button(t(_("Aktifkan faktor kedua")), type="primary", icon=":material/lock:")
    if sent:
        _enrol(viewer, secret, code)


def show_codes() -> None:
    """The recovery codes, this once: to be kept as a file or on paper."""
    codes = list(st.session_state[CODES])
    st.markdown(t(_("Simpan kode-kode ini di tempat aman. Tiap kode dapat menggantikan ponsel Anda satu kali.")))
    st.code("\n".join(codes), language=None)
    st.warning(t(_("Kode ini hanya ditampilkan sekali.")), icon=":material/warning:")
    st.download_button(
        t(_("Unduh sebagai teks")),
        f"{second_factor.ISSUER}\n\n" + "\n".join(codes) + "\n",
        file_name="kode-pemulihan.txt",
        mime="text/plain",
        icon=":material/download:",
        on_click="ignore",
    )
    if st.button(t(_("Sudah saya simpan")), type="primary", icon=":material/check:"):
        del st.session_state[CODES]
        st.rerun()


def in_profile(viewer: Viewer) -> None:
    """Whether the account has a second factor; whoever has none may set one up, whoever has one may renew the codes."""
    standing = second_factor.standing(engine(settings().state), viewer.account)
    if standing is None:
        st.markdown(t(_("Akun ini masuk dengan kata sandi saja. Faktor kedua melindunginya bila kata sandi bocor.")))
        if st.toggle(t(_("Siapkan faktor kedua")), key="asn_second_factor_wanted"):
            setting_up(viewer)
        return
    since = moment(standing.enrolled_at, language())
    st.markdown(t(_("Faktor kedua aktif sejak {since}."), since=since))
    st.markdown(t(_("Kode pemulihan yang tersisa: {left}."), left=standing.codes_left))
    st.caption(t(_("Ponsel hilang atau berganti? Mintalah pengelola mereset faktor kedua akun Anda.")))
    _renewal(viewer)


def _renewal(viewer: Viewer) -> None:
    with st.form("asn_renew_codes", clear_on_submit=True):
        code = st.text_input(t(_("Kode dari aplikasi autentikator")), autocomplete="one-time-code", max_chars=40)
        sent = st.form_submit_button(t(_("Buat kode pemulihan baru")), icon=":material/refresh:")
    if not sent:
        return
    try:
        _renew(viewer, code)
    except AsnError as error:
        failed(error)
        return
    st.rerun()


def _renew(viewer: Viewer, code: str) -> None:
    """Only for whoever has the second factor at hand, not for whoever has found a session open."""
    state, change = engine(settings().state), event(viewer, "recovery-codes-renew")
    sign_in.second_step(
        state,
        audit_key(),
        cookie_key=_cookie_key(),
        name=viewer.account,
        proof=held(state, viewer.account).proof,
        code=code,
        address=address(),
        action="second-factor-check",
    )
    st.session_state[CODES] = second_factor.renew_codes(state, audit_key(), change, name=viewer.account)


def _enrol(viewer: Viewer, secret: str, code: str) -> None:
    try:
        st.session_state[CODES] = second_factor.enrol(
            engine(settings().state),
            audit_key(),
            event(viewer, "second-factor-enrol"),
            cookie_key=_cookie_key(),
            name=viewer.account,
            secret=secret,
            code=code,
        )
    except AsnError as error:
        failed(error)
        return
    del st.session_state[SECRET]
    st.rerun()


def _cookie_key() -> bytes:
    return key(settings().keys, "cookie")


def _qr(name: str, secret: str) -> str:
    """The QR code as SVG, dark on light in either theme: it goes to the browser in the page itself, never as a file."""
    drawn = io.BytesIO()
    segno.make(second_factor.otpauth(name, secret), error="m", micro=False).save(
        drawn, kind="svg", scale=5, border=4, dark="#000", light="#fff", xmldecl=False
    )
    return drawn.getvalue().decode()
