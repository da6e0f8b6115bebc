"""The sign-in form. streamlit-authenticator draws it and compares bcrypt hashes; everything else is decided here.

Names are looked up one at a time in the state database when the form is sent; an unknown name is compared with a dummy
hash, so that it takes as long and gets the same answer. No cookie is set and no other widget of the library is used.
An account with a second factor gets no session before its code was taken (`ui.second_step`).
"""

import secrets
import time
from functools import lru_cache

import streamlit as st
import streamlit_authenticator as stauth

from data_access.errors import SignInFailed
from data_access.governance import second_factor, sign_in
from data_access.governance.account_names import typed_name
from data_access.governance.passwords import dummy_hash, fits
from data_access.governance.proofs import held
from data_access.settings import settings
from data_access.state import engine
from data_access.words import mark as _
from ui import second_step, sign_on
from ui.session import NOTICE, address, audit_key, t
from ui.turns import Turns

LIBRARY_STATE = ("name", "authentication_status", "username", "email", "roles", "logout", "password_hint")
COMPARED = "failed_login_attempts"
COOKIE_KEY = secrets.token_hex(32)
PATIENCE = 10  # seconds; whoever would have to wait longer for the check of a password is told that too many come in


class Lookup(dict[str, dict[str, str]]):
    """Stands in for the library's table of accounts: any name is found, with its own hash or a dummy one.

    Raises SignInFailed while the limiter asks this name or address to wait. `typed` is the name that was asked for,
    `proof` the mark of what the account had when its hash was read (`governance.proofs`).
    """

    typed = proof = ""

    def __contains__(self, name: object) -> bool:
        self.typed = str(name)
        sign_in.check_allowed(engine(settings().state), name=self.typed, address=address())
        if not super().__contains__(self.typed):  # the library asks twice and keeps its notes here
            _in_turn()
            found = held(engine(settings().state), typed_name(self.typed))
            self[self.typed], self.proof = {"password": found.password_hash}, found.proof
        return True


def form() -> None:
    """Draws the step that comes next; a sign-in that succeeds binds this tab to a new session and runs the page anew."""
    if second_step.waits():
        second_step.form()
        return
    try:
        sign_on.arrive()
    except SignInFailed as failed:
        st.error(t(failed.template, **failed.facts), icon=":material/lock:")
    _password()
    sign_on.offer()


def _password() -> None:
    lookup = Lookup()
    authenticator = _authenticator(lookup)
    words = {
        "Form name": t(_("Masuk")),
        "Username": t(_("Nama akun")),
        "Password": t(_("Kata sandi")),
        "Login": t(_("Masuk")),
    }
    try:
        authenticator.login(fields=words, key="asn_sign_in")
        if lookup.typed:
            st.session_state.pop(NOTICE, None)  # only now: the library's cookie component runs the page twice
            _spend(lookup)
            _conclude(lookup, success=bool(st.session_state.get("authentication_status")))
    except SignInFailed as failed:
        _forget()
        st.error(t(failed.template, **failed.facts), icon=":material/lock:")


@lru_cache(maxsize=1)
def _turns() -> Turns:
    return Turns(settings().password_checks_per_second, burst=1)  # several at once would take all cores for a while


def _in_turn() -> None:
    """A check is dear by design: whoever asks for many makes the sign-in wait, and not those who have signed in."""
    wait = _turns().take(patience=PATIENCE)
    if wait is None:
        busy = _("Terlalu banyak orang masuk pada saat yang sama. Tunggu sebentar, lalu coba lagi.")
        raise SignInFailed("sign-in-busy", busy)
    time.sleep(wait)


def _authenticator(lookup: Lookup) -> stauth.Authenticate:
    """The library as form and hash checker only: no cookie lasts, nothing is hashed or written by it."""
    credentials: dict[str, dict[str, dict[str, str]]] = {"usernames": {}}
    authenticator = stauth.Authenticate(
        credentials, "asn_unused", COOKIE_KEY, cookie_expiry_days=0, auto_hash=False, login_sleep_time=0
    )
    credentials["usernames"] = lookup
    return authenticator


def _spend(lookup: Lookup) -> None:
    """bcrypt refuses more than 72 bytes without any work: then it is done here, so that the time tells nothing.

    The library notes the failures of everybody whose password it could compare.
    """
    if COMPARED not in lookup[lookup.typed]:
        fits("", dummy_hash())


def _conclude(lookup: Lookup, *, success: bool) -> None:
    """Counts and records the attempt, then opens a session, asks for a code, or raises the one failure message."""
    state = engine(settings().state)
    _forget()
    name = typed_name(lookup.typed)
    if success and second_factor.enrolled(state, name):
        sign_in.password_passed(state, audit_key(), name=name, address=address())
        second_step.begin(name, lookup.proof)
    sign_in.record_attempt(state, audit_key(), name=name, address=address(), success=success)
    if not success:
        raise sign_in.failed()
    second_step.enter(name, lookup.proof)


def _forget() -> None:
    """The library's own idea of who is signed in is never used."""
    for name in LIBRARY_STATE:
        st.session_state.pop(name, None)
