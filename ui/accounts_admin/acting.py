"""How a change of an account is made from the screen: a form with "Saya yakin", and what the next run tells of it.

A one-time password passes through the session state from the run that made it to the next, which shows it, and no further.
"""

from collections.abc import Callable
from functools import partial

import streamlit as st

from data_access.access import administering
from data_access.access.viewer import Viewer
from data_access.words import mark as _
from ui.frame import guarded
from ui.session import t

DONE, FORMS, CHOSEN = "asn_account_done", "asn_account_forms", "account_chosen"


def fresh(key: str) -> str:
    """The key of a field that is empty again after the next change that was made."""
    return f"account_{key}_{st.session_state.get(FORMS, 0)}"


def confirmed(key: str, button: str, *, icon: str) -> bool:
    """The end of the form `key`: True if it was sent with the mark that whoever sent it is sure."""
    sure = st.checkbox(t(_("Saya yakin")), key=fresh(f"{key}_sure"))
    sent = st.form_submit_button(button, type="primary", icon=icon)
    if sent and not sure:
        st.warning(t(_("Beri tanda bahwa Anda yakin.")), icon=":material/info:")
    return sent and sure


def make(change: Callable[[], str], told: str, *, choose: str = "") -> None:
    """Makes the change, whose answer is a one-time password or ""; the next run tells of it, and opens the account `choose`."""

    def made() -> None:
        st.session_state[DONE] = {"password": change(), "told": told}
        st.session_state[FORMS] = st.session_state.get(FORMS, 0) + 1
        if choose:
            st.session_state[CHOSEN] = choose
        st.rerun()

    guarded(made)


def without_password(change: Callable[[], None]) -> Callable[[], str]:
    """A change that gives out no password."""

    def made() -> str:
        change()
        return ""

    return made


def remind(viewer: Viewer) -> None:
    """Says before a form is filled in that a change would ask for a new sign-in."""
    guarded(partial(administering.check_may_change_now, viewer))


def tell() -> None:
    """What the run before has done, once; a one-time password to be copied."""
    done = st.session_state.pop(DONE, None)
    if done is None:
        return
    st.success(done["told"], icon=":material/check_circle:")
    if done["password"]:
        with st.container(border=True):
            st.markdown(f"**{t(_('Kata sandi sekali pakai'))}**")
            st.code(done["password"], language=None)
            told = _(
                "Hanya tampil sekarang dan tidak tersimpan. Sampaikan langsung; pemiliknya menggantinya saat masuk."
            )
            st.caption(t(told))
