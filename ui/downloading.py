"""Taking a figure along: a purpose, a form, a record, and only then the file. People without the right see nothing of it.

Works as a fragment: opening it and preparing a file runs nothing else of the page.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data_access.access.export import LONGEST, SHORTEST, Export, Form, check_still, exported, may_export
from data_access.access.quality import QualityExport
from data_access.access.recording import record
from data_access.access.result import Protected
from data_access.access.viewer import Viewer, viewer_of
from data_access.errors import Refused
from data_access.governance import sessions
from data_access.governance.audit import Event
from data_access.settings import settings
from data_access.state import engine
from data_access.words import mark as _
from reports import csv_file, picture, workbook
from reports.table import Table
from ui.frame import guarded
from ui.session import FETCH, Bearer, bearer, current, language, t

PURPOSE = "asn_purpose"  # offered again until signing out
RECORDED = _("Tujuan, akun, peran, dan waktu dicatat dan ikut tertulis di berkas.")
FORMS = {Form.WORKBOOK: _("Excel"), Form.CSV: _("CSV"), Form.PICTURE: _("Gambar")}


class Writer(Protocol):
    """A module that writes files of one kind."""

    MIME: str
    ENDING: str


@dataclass(frozen=True)
class Offer:
    """What may be taken along of one figure: its answers, the table as on the screen, and the drawing if there is one.

    `subject` names what was computed from the answers where the table holds other numbers than they do.
    """

    key: str
    title: str
    results: tuple[Protected, ...]
    table: Callable[[], Table]
    figure: Callable[..., go.Figure] | None = None
    subject: str = ""


@st.fragment
def offer(offered: Offer) -> None:
    """The button with all that it opens, for whoever may export these answers."""
    guarded(partial(_offer, offered))


def _offer(offered: Offer) -> None:
    viewer = current()
    if viewer is None:
        st.rerun()
    if not all(may_export(viewer, result) for result in offered.results):
        return
    with opened(offered.key) as is_open:
        if is_open:
            _form(offered)


@contextmanager
def opened(key: str) -> Iterator[bool]:
    """What the button opens; True inside the block while it is open."""
    popover = st.popover(
        t(_("Unduh")), icon=":material/download:", type="tertiary", key=f"download_{key}", on_change="rerun"
    )
    with popover:
        yield bool(popover.open)


def purpose_field(key: str) -> str:
    """What the file is for, offered again as it was stated last."""
    stated = st.text_input(
        t(_("Tujuan unduhan (paling sedikit {least} huruf)"), least=SHORTEST),
        value=st.session_state.get(PURPOSE, ""),
        max_chars=LONGEST,
        key=f"purpose_{key}",
        placeholder=t(_("misalnya: bahan rapat formasi 2026")),
    )
    return str(stated)


def file(export: Export | QualityExport, content: Callable[[Bearer, str], bytes], writer: Writer, *, key: str) -> None:
    """The button of a prepared file; `content` makes it at the click, of its bearer and the language."""
    st.session_state[PURPOSE] = export.purpose
    name = f"{export.stem}.{writer.ENDING}"
    st.download_button(
        t(_("Unduh berkas")),
        partial(content, bearer(), language()),
        file_name=name,
        mime=writer.MIME,
        type="primary",
        icon=":material/download:",
        on_click="ignore",
        key=f"file_{key}",
    )
    st.caption(name)


def holder(bearer: Bearer) -> Viewer:
    """Who holds the session at the click, with the rights of that moment; Refused once it has ended, which is recorded."""
    secret = sessions.fingerprint(bearer.token)
    try:
        account = sessions.account_of(engine(settings().state), secret)
    except Refused as error:
        ended = Event(
            action=FETCH, decision="refused", reason=error.reason, session_sha256=secret, address=bearer.address
        )
        record(settings(), ended)
        raise
    return viewer_of(account, settings(), session_sha256=secret, address=bearer.address)


def _form(offered: Offer) -> None:
    forms = [form for form in FORMS if form != Form.PICTURE or offered.figure]
    place = st.empty()  # near the foot of a page there is no room for the file below the form
    with place.container(), st.form(f"export_{offered.key}", border=False):
        purpose = purpose_field(offered.key)
        form = st.segmented_control(
            t(_("Bentuk berkas")),
            forms,
            default=forms[0],
            required=True,
            format_func=lambda one: t(FORMS[one]),
            key=f"format_{offered.key}",
        )
        sent = st.form_submit_button(t(_("Siapkan")), icon=":material/inventory_2:")
    st.caption(t(RECORDED))
    if sent:
        _prepare(offered, purpose, Form(form), place)


def _prepare(offered: Offer, purpose: str, form: Form, place: DeltaGenerator) -> None:
    """Records the export with rights as they are now, then offers its file in place of the form."""
    viewer = current()
    if viewer is None:
        st.rerun()
    export = exported(viewer, offered.results, purpose=purpose, form=form, subject=offered.subject)
    if form == Form.PICTURE and offered.figure:
        st.session_state[PURPOSE] = export.purpose
        _picture(export, offered, offered.figure)
        return
    writer: Writer = workbook if form == Form.WORKBOOK else csv_file
    with place.container():
        file(export, partial(_content, export, offered.table), writer, key=offered.key)


def _picture(export: Export, offered: Offer, drawing: Callable[..., go.Figure]) -> None:
    """The figure as it will be saved, with the one button that saves it.

    In a dialog: the browser saves by a click beside the popover, which would close it and take the figure away meanwhile.
    """

    def shown() -> None:
        drawn = drawing(language=language(), dark=False)
        signed = picture.signed(export, drawn, title=offered.title, language=language())
        st.caption(t(_("Tekan tanda kamera di kanan atas gambar untuk menyimpannya.")))
        config = picture.config(export, signed, language())
        st.plotly_chart(signed, theme=None, config=config, key=f"picture_{offered.key}", alt=export.stem)

    st.dialog(t(_("Unduh gambar (PNG)")), width="large")(shown)()


def _content(export: Export, table: Callable[[], Table], bearer: Bearer, language: str) -> bytes:
    """The file, made at the click; there is none once the session, the right or the grant has ended (Refused)."""
    check_still(holder(bearer), export)
    return (
        workbook.written(export, table(), language)
        if export.form == Form.WORKBOOK
        else csv_file.written(export, language, table() if export.subject else None)
    )
