"""Who is at the browser: the server-side session behind its cookie, the viewer it belongs to, and the chosen language.

The cookie is read on every run, as the connection of this tab brought it through the gate. Nothing else names anybody.
"""

from dataclasses import dataclass

import streamlit as st

from data_access.access.seen_as import check_may_write, may_see_as, seen_as
from data_access.access.viewer import Viewer, viewer_of
from data_access.errors import Refused
from data_access.governance import sessions
from data_access.governance.audit import Event
from data_access.keys import key
from data_access.settings import settings
from data_access.state import engine
from data_access.words import LANGUAGES
from data_access.words import mark as _
from data_access.words import text as text_in
from ui import door, entering
from ui.cookies import PLAIN

WHOSE = "asn_whose"
ENTERING = "asn_entering"
LEAVING = "asn_leaving"
LANGUAGE = "asn_language"
LANGUAGE_COOKIE = "asn_bahasa"
YEAR = 31_536_000  # seconds
NOTICE = "asn_notice"
FAREWELL = "keluar"  # in the address, by which the page that is loaded anew after signing out knows it
SEEN_AS = "asn_seen_as"


def language() -> str:
    """The language of this tab: as chosen here, else as this browser chose before, else the setting."""
    chosen = str(st.session_state.get(LANGUAGE) or st.context.cookies.get(LANGUAGE_COOKIE, ""))
    return chosen if chosen in LANGUAGES else settings().language


def t(msgid: str, **facts: object) -> str:
    """The sentence in the language of this tab."""
    return text_in(msgid, language(), **facts)


def dark() -> bool:
    """True if the browser shows the dark theme."""
    return st.context.theme.type == "dark"


def address() -> str:
    """The address that the request came from, for limiter and audit."""
    return st.context.ip_address or "127.0.0.1"


def token() -> str:
    """The token of the session that this tab's connection came with, live or not; empty without one."""
    return str(st.context.cookies.get(PLAIN, ""))


FETCH = "fetch"  # the act in the audit where no more is known than who asked for a file


@dataclass(frozen=True)
class Bearer:
    """Who asks, for what is made later than it was asked for: the token of the session, and the address."""

    token: str
    address: str


def bearer() -> Bearer:
    return Bearer(token(), address())


def current() -> Viewer | None:
    """The viewer of this run, everything about them read anew; None if nobody is signed in (any more)."""
    brought = token()
    if not brought:
        return None
    secret = sessions.fingerprint(brought)
    try:
        account = sessions.session_account(engine(settings().state), brought)
    except Refused as ended:
        if not st.session_state.get(LEAVING):
            st.session_state[NOTICE] = ended.sentence(language())
        return None
    _keep_apart(secret)
    found = viewer_of(account, settings(), session_sha256=secret, address=address())
    return _as_chosen(found)


def goes_on() -> bool:
    """Whether the session behind this tab is alive, for what runs by itself: looking is no use of it."""
    return sessions.is_live(engine(settings().state), sessions.fingerprint(token()))


def _keep_apart(secret: str) -> None:
    """What this tab remembers belongs to one session: a connection resumed with another cookie begins with nothing."""
    if st.session_state.get(WHOSE, secret) != secret:
        st.session_state.clear()
    st.session_state[WHOSE] = secret


def _as_chosen(own: Viewer) -> Viewer:
    """The viewer as the role that this tab is seen as; itself where none is chosen, or one that it may not see as."""
    chosen = str(st.session_state.get(SEEN_AS, ""))
    if chosen and not may_see_as(own, chosen):
        del st.session_state[SEEN_AS]
        return own
    return seen_as(own, chosen) if chosen else own


def viewer(page: str) -> Viewer:
    """The first line of every page: its viewer. A page that this viewer may not open ends here without a word."""
    found = signed_in()
    if not found.may_open(page):
        st.stop()
    return found


def signed_in() -> Viewer:
    """The viewer of a page that everybody who is signed in may see; it ends here for anybody else."""
    found = current()
    if found is None:
        st.stop()
    return found


def begin(token: str) -> None:
    """Hands a session opened for this tab to its browser: the next run fetches the cookie and loads the page anew."""
    st.session_state.pop(LEAVING, None)
    st.session_state[ENTERING] = entering.ticket_for(token)
    if FAREWELL in st.query_params:
        del st.query_params[FAREWELL]


def at_the_door() -> bool:
    """Draws what the browser has to fetch or give back; True while it is fetching, when there is nothing else to show."""
    ticket = str(st.session_state.get(ENTERING, ""))
    if ticket:
        st.info(t(_("Membuka sesi …")), icon=":material/login:")
        failed = t(_("Sesi tidak dapat dibuka. Muat ulang halaman, lalu masuk kembali."))
        door.errand("enter", path=entering.ENTER, ticket=ticket, failed=failed)
    elif st.session_state.get(LEAVING):
        door.errand("leave", path=entering.LEAVE, farewell=FAREWELL)
    return bool(ticket)


def farewell() -> str:
    """What is said on the page that is loaded anew after signing out; empty on any other."""
    return t(_("Anda telah keluar.")) if FAREWELL in st.query_params else ""


def watch() -> None:
    """Lets the browser look whether the session goes on, and load the page anew when it has ended: nothing stays in view."""
    door.errand("watch", path=entering.LIVES, seconds=str(settings().session_watch_seconds))


def sign_out(account: str) -> None:
    """Ends the account's session on the server and forgets everything that this tab knew of it."""
    brought, chosen = token(), language()
    if brought:
        event = Event(
            action="sign-out",
            decision="allowed",
            account=account,
            session_sha256=sessions.fingerprint(brought),
            address=address(),
        )
        sessions.end_session(engine(settings().state), key(settings().keys, "audit"), event, token=brought)
    st.session_state.clear()
    st.session_state[LANGUAGE] = chosen
    st.session_state[LEAVING] = True
    st.session_state[NOTICE] = t(_("Anda telah keluar."))


def event(viewer: Viewer, action: str) -> Event:
    """The record of something that this viewer does, to be kept in the transaction that does it.

    Refused while the viewer sees as another role, so that nothing is written meanwhile.
    """
    check_may_write(viewer)
    return Event(
        action=action,
        decision="allowed",
        account=viewer.account,
        role=viewer.role_name,
        party=viewer.party,
        session_sha256=viewer.session_sha256,
        address=address(),
    )


def audit_key() -> bytes:
    return key(settings().keys, "audit")


def language_switch() -> None:
    """Indonesian or English; the choice stays for this browser."""
    options = list(LANGUAGES)
    chosen = st.segmented_control(
        t(_("Bahasa")),
        options,
        default=language(),
        required=True,
        format_func=LANGUAGES.__getitem__,
        label_visibility="collapsed",
        key="asn_language_switch",
    )
    if chosen and chosen != language():
        st.session_state[LANGUAGE] = chosen
        st.rerun()
    if st.session_state.get(LANGUAGE):
        door.errand("language", cookie=f"{LANGUAGE_COOKIE}={language()}; Path=/; Max-Age={YEAR}; SameSite=Strict")
