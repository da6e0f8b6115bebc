"""Open sessions, in which each can be ended: one's own on the profile, everybody's for the administrator."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from data_access.access.viewer import Viewer
from data_access.governance import sessions
from data_access.governance.sessions import Session
from data_access.settings import settings
from data_access.state import engine
from data_access.words import mark as _
from data_access.words import moment
from ui.frame import guarded, plain
from ui.session import audit_key, event, language, t, token

SHOWN = 50
EVERYBODY = ""
DONE = "asn_sessions_ended"


def lines(viewer: Viewer, found: list[Session], *, named: bool = False) -> None:
    """One line for each session with its button; that of the viewer has none. `named` tells whose session it is."""
    for one in found:
        with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"session_{one.id}"):
            whose = f"**{plain(one.account)}** · " if named else ""
            since = t(_("sejak {moment}"), moment=moment(one.created_at, language()))
            used = t(_("terakhir dipakai {moment}"), moment=moment(one.last_seen_at, language()))
            st.markdown(f"{whose}{plain(one.address)} · {since} · {used}")
            if one.secret == viewer.session_sha256:
                st.badge(t(_("sesi ini")), color="blue")
            else:
                _button(t(_("Akhiri")), partial(_end, viewer, one), key=f"end_{one.id}")


def everybody(viewer: Viewer) -> None:
    """All open sessions, or those of one account, which can then be ended together."""
    found = sessions.open_sessions(engine(settings().state))
    names = sorted({one.account for one in found})
    chosen = st.selectbox(
        t(_("Akun")),
        [EVERYBODY, *names],
        format_func=lambda name: plain(name) if name else t(_("Semua akun")),
        key="sessions_account",
    )
    shown = [one for one in found if chosen in (EVERYBODY, one.account)]
    st.caption(t(_("{count} sesi terbuka, {accounts} akun."), count=len(found), accounts=len(names)))
    told_ended()
    if chosen:
        _button(t(_("Akhiri semua sesi akun ini")), partial(_end_all, viewer, chosen), key="end_all")
    lines(viewer, shown[:SHOWN], named=True)
    if len(shown) > SHOWN:
        st.caption(t(_("Hanya {count} sesi terbaru yang ditampilkan; pilih satu akun."), count=SHOWN))


def told_ended() -> None:
    """How many sessions the click before ended."""
    count = st.session_state.pop(DONE, None)
    if count is not None:
        st.success(t(_("{count} sesi diakhiri."), count=count), icon=":material/check_circle:")


def _button(label: str, act: Callable[[], int], *, key: str) -> None:
    def pressed() -> None:
        st.session_state[DONE] = act()
        st.rerun()

    if st.button(label, icon=":material/logout:", key=key):
        guarded(pressed)


def _end(viewer: Viewer, one: Session) -> int:
    told = replace(event(viewer, "sessions-end"), detail=f"{one.account}: {one.secret[:12]}")
    return sessions.end_listed(engine(settings().state), audit_key(), told, account=one.account, session_id=one.id)


def _end_all(viewer: Viewer, account: str) -> int:
    """All of the account; of the viewer's own all but this one, so that nobody locks themselves out by mistake."""
    told = replace(event(viewer, "sessions-end"), detail=account)
    kept = token() if account == viewer.account else None
    return sessions.end_all(engine(settings().state), audit_key(), told, account=account, but=kept)
