"""Between a right password and a session: the code of the second factor. What waits is known to the server alone."""

from datetime import datetime, timedelta
from typing import NoReturn

import streamlit as st

from data_access.errors import AsnError
from data_access.governance import accounts, sessions, sign_in
from data_access.keys import key
from data_access.settings import settings
from data_access.state import engine, utc_now
from data_access.words import mark as _
from ui.session import NOTICE, address, audit_key, t
from ui.session import begin as bind

WAITING = "asn_second_step"
LONGEST = timedelta(minutes=5)


def begin(name: str, proof: str) -> NoReturn:
    """From the next run on this tab is asked for the code of the account, whose password was right."""
    st.session_state[WAITING] = {"name": name, "proof": proof, "until": (utc_now() + LONGEST).isoformat()}
    st.rerun()


def waits() -> bool:
    """Whether this tab is asked for a code; a right password from long ago counts no more."""
    waiting = st.session_state.get(WAITING)
    if waiting and datetime.fromisoformat(waiting["until"]) < utc_now():
        del st.session_state[WAITING]
        st.session_state[NOTICE] = t(_("Waktu untuk mengetik kode telah habis. Silakan masuk kembali."))
        st.rerun()
    return bool(waiting)


def form() -> None:
    """Asks for the code; one that is taken opens the session, any other gets the one failure message."""
    with st.form("asn_code_form", clear_on_submit=True):
        st.subheader(t(_("Langkah kedua")), anchor=False)
        st.markdown(t(_("Ketik kode enam angka dari aplikasi autentikator Anda, atau salah satu kode pemulihan.")))
        code = st.text_input(t(_("Kode")), autocomplete="one-time-code", max_chars=40)
        sent = st.form_submit_button(t(_("Lanjutkan")), type="primary")
    if st.button(t(_("Kembali")), icon=":material/arrow_back:", type="tertiary"):
        del st.session_state[WAITING]
        st.rerun()
    if sent:
        try:
            _check(code)
        except AsnError as failed:
            st.error(t(failed.template, **failed.facts), icon=":material/lock:")


def enter(name: str, proof: str) -> NoReturn:
    """Opens a session for the account, unless `proof` is of what it has no more, and runs the page anew."""
    state = engine(settings().state)
    st.session_state.pop(WAITING, None)
    st.session_state.pop(NOTICE, None)
    bind(sessions.open_session(state, audit_key(), accounts.find(state, name), address=address(), compared=proof))
    st.rerun()


def _check(code: str) -> NoReturn:
    waiting = st.session_state[WAITING]
    sign_in.second_step(
        engine(settings().state),
        audit_key(),
        cookie_key=key(settings().keys, "cookie"),
        name=waiting["name"],
        proof=waiting["proof"],
        code=code,
        address=address(),
    )
    enter(waiting["name"], waiting["proof"])
