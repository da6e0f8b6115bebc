"""Taking a figure along: a purpose, a form, a record, and only then the file. People without the right see nothing of it.

Works as a fragment: opening it and preparing a file runs nothing else of the page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data_access.access.export import LONGEST, SHORTEST, Export, Form, exported, may_export
from data_access.access.result import Protected
from data_access.governance import sessions
from data_access.settings import settings
from data_access.state import engine
from data_access.words import mark as _
from reports import csv_file, picture, workbook
from reports.table import Table
from ui.frame import guarded
from ui.session import TOKEN, current, language, t

PURPOSE = "asn_purpose"  # offered again until signing out
FORMS = {Form.WORKBOOK: _("Excel"), Form.CSV: _("CSV"), Form.PICTURE: _("Gambar")}


@dataclass(frozen=True)
class Offer:
    """What may be taken along of one figure: its answers, the table as on the screen, and the drawing if there is one."""

    key: str
    title: str
    results: tuple[Protected, ...]
    table: Callable[[], Table]
    figure: Callable[..., go.Figure] | None = None


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
    opened = st.popover(
        t(_("Unduh")), icon=":material/download:", type="tertiary", key=f"download_{offered.key}", on_change="rerun"
    )
    if opened.open:
        with opened:
            _form(offered)


def _form(offered: Offer) -> None:
    forms = [form for form in FORMS if form != Form.PICTURE or offered.figure]
    place = st.empty()  # near the foot of a page there is no room for the file below the form
    with place.container(), st.form(f"export_{offered.key}", border=False):
        purpose = st.text_input(
            t(_("Tujuan unduhan (paling sedikit {least} huruf)"), least=SHORTEST),
            value=st.session_state.get(PURPOSE, ""),
            max_chars=LONGEST,
            key=f"purpose_{offered.key}",
            placeholder=t(_("misalnya: bahan rapat formasi 2026")),
        )
        form = st.segmented_control(
            t(_("Bentuk berkas")),
            forms,
            default=forms[0],
            required=True,
            format_func=lambda one: t(FORMS[one]),
            key=f"format_{offered.key}",
        )
        sent = st.form_submit_button(t(_("Siapkan")), icon=":material/inventory_2:")
    st.caption(t(_("Tujuan, akun, peran, dan waktu dicatat dan ikut tertulis di berkas.")))
    if sent:
        _prepare(offered, purpose, Form(form), place)


def _prepare(offered: Offer, purpose: str, form: Form, place: DeltaGenerator) -> None:
    """Records the export with rights as they are now, then offers its file in place of the form."""
    viewer = current()
    if viewer is None:
        st.rerun()
    export = exported(viewer, offered.results, purpose=purpose, form=form)
    st.session_state[PURPOSE] = export.purpose
    if form == Form.PICTURE and offered.figure:
        _picture(export, offered, offered.figure)
        return
    writer = workbook if form == Form.WORKBOOK else csv_file
    place.download_button(
        t(_("Unduh berkas")),
        partial(_content, export, offered.table, str(st.session_state[TOKEN]), language()),
        file_name=f"{export.stem}.{writer.ENDING}",
        mime=writer.MIME,
        type="primary",
        icon=":material/download:",
        on_click="ignore",
        key=f"file_{offered.key}",
    )
    st.caption(f"{export.stem}.{writer.ENDING}")


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


def _content(export: Export, table: Callable[[], Table], token: str, language: str) -> bytes:
    """The file, made at the click; there is none once the session has ended (Refused)."""
    sessions.session_account(engine(settings().state), token)
    return (
        workbook.written(export, table(), language)
        if export.form == Form.WORKBOOK
        else csv_file.written(export, language)
    )
