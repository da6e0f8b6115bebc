"""What surrounds every page: heading with reference date and release, the side bar, and how failures look."""

import logging
import secrets
from base64 import b64encode
from collections.abc import Callable
from datetime import date
from pathlib import Path

import streamlit as st

from data_access.access.gateway import gateway
from data_access.access.seen_as import ended, own_role
from data_access.access.viewer import Viewer
from data_access.contract import contract
from data_access.errors import AsnError, Damaged
from data_access.release.manifest import ReleaseManifest
from data_access.settings import settings
from data_access.words import day
from data_access.words import mark as _
from ui.session import dark, language, language_switch, sign_out, t

PRODUCT = _("Dasbor Kebijakan ASN")
LONGEST_NAME = 40
# Part of the page: an icon by name would be fetched from another host, a file of ours from behind the gate.
ICON = f"data:image/png;base64,{b64encode((Path(__file__).parent / 'icon.png').read_bytes()).decode()}"
STYLE, PRINT_DARK = (Path(__file__).parent / name for name in ("style.css", "print_dark.css"))
log = logging.getLogger(__name__)


def release() -> ReleaseManifest:
    """The release served now: dates and numbers of releases, no data."""
    return gateway(settings()).reader().manifest


def served() -> ReleaseManifest | None:
    """The release served now, or None where there is none yet or it is damaged: the data team mends that."""
    try:
        return release()
    except Damaged:
        return None


def heading(title: str, question: str, *, reference: date | None = None) -> None:
    """The title of a page, what it answers, and which data it speaks of."""
    st.title(title, anchor=False)
    st.markdown(question)
    speaks_of(release(), reference)


def speaks_of(shown: ReleaseManifest, reference: date | None = None) -> None:
    """The marks below a title: reference date (the newest if none is given), release, example data.

    Where the newest dates of the datasets differ, each is named with its dataset.
    """
    newest = {s.dataset: s.reference_date for s in sorted(shown.snapshots, key=lambda one: one.reference_date)}
    days = [reference] if reference else list(dict.fromkeys(newest.values()))
    told = [t(_("Per {day}"), day=day_shown) for day_shown in days]
    if len(days) > 1:
        labels = {name: contract().datasets[name].label for name in newest if name in contract().datasets}
        told = [t(_("{dataset} per {day}"), dataset=labels[name], day=newest[name]) for name in labels]
    with st.container(horizontal=True, gap="small"):
        for words in told:
            st.badge(words, icon=":material/event:", color="blue")
        st.badge(t(_("Rilis {release}"), release=shown.id), icon=":material/inventory_2:", color="gray")
        example_badge(example=shown.example)


def example_badge(*, example: bool) -> None:
    """The mark of made-up data, wherever such data is shown."""
    if example:
        st.badge(t(_("DATA CONTOH")), icon=":material/science:", color="orange", help=t(_("Semua angka rekaan.")))


def styled() -> None:
    """The look that the theme cannot say, on the screen and on paper; paper is white in the dark theme too."""
    st.html(STYLE)
    if dark():
        st.html(PRINT_DARK)


def side_bar(viewer: Viewer) -> None:
    """Who is signed in, the language, and the way out."""
    with st.sidebar:
        st.markdown(f"**{viewer.full_name}**  \n{own_role(viewer).label.text(language())}")
        language_switch()
        # Not as a callback: one that fails is outside `guarded`.
        if st.button(t(_("Keluar")), icon=":material/logout:", width="stretch"):
            ended(viewer)
            sign_out(viewer.account)
            st.rerun()


def guarded(run: Callable[[], None]) -> None:
    """Runs a page; a failure is a sentence that says what to do next, never a stack trace."""
    try:
        run()
    except AsnError as error:
        failed(error)
    except Exception:
        reference = secrets.token_hex(4)
        log.exception("page failed, reference %s", reference)
        st.error(t(_("Halaman ini gagal dimuat. Coba lagi; bila berulang, sampaikan kode {code}."), code=reference))


def failed(error: AsnError) -> None:
    """An expected refusal or failure in the viewer's language."""
    st.warning(plain(error.sentence(language())), icon=":material/info:")


def plain(words: str) -> str:
    """Words that somebody typed or that stand in somebody's file, so that nothing in them acts as Markdown."""
    return "".join(f"\\{c}" if c in "\\`*[]<>!|$~" else c for c in words)


def shortened(name: str, most: int = LONGEST_NAME) -> str:
    """The name of a file with its middle left out where it is long: beginning, date and kind tell files apart."""
    if len(name) <= most:
        return name
    head = most * 3 // 5
    return f"{name[:head]}…{name[head + 1 - most :]}"


def long_day(value: date) -> str:
    return day(value, language())
