"""Signing in through an outside service (`st.login`, OpenID Connect), where the settings allow it.

Streamlit keeps the identity in a cookie for 30 days. Here it counts once and only while it is fresh (`governance.sign_on`):
it opens one of our own sessions, or asks for the second factor, and means nothing afterwards.
"""

import streamlit as st
from streamlit.errors import StreamlitAuthError

from data_access.errors import Misconfigured
from data_access.governance import second_factor, sign_on
from data_access.settings import settings
from data_access.state import engine
from data_access.words import mark as _
from ui import second_step
from ui.session import address, audit_key, t


def arrive() -> None:
    """Lets somebody in who has just come back from the service; SignInFailed if it means no active account."""
    if not settings().sign_on or not st.user.get("is_logged_in"):
        return
    state = engine(settings().state)
    meant = sign_on.admit(
        state, audit_key(), claims=st.user.to_dict(), claim=settings().sign_on_claim, address=address()
    )
    if meant is None:
        return
    if second_factor.enrolled(state, meant.account):
        second_step.begin(meant.account, meant.proof)
    second_step.enter(meant.account, meant.proof)


def offer() -> None:
    """The button that leads to the service; nothing where the settings do not allow it."""
    if not settings().sign_on:
        return
    if st.button(t(_("Masuk dengan akun instansi")), icon=":material/badge:", width="stretch", key="asn_sign_on"):
        try:
            st.login()
        except StreamlitAuthError as error:
            template = _("Layanan masuk tunggal belum disiapkan. Hubungi pengelola.")
            raise Misconfigured("sign-on-unready", template) from error
