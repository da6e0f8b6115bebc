"""The CSV of one dimension, taken along as any figure: right, purpose and record first, and the file at the click."""

from functools import partial

import streamlit as st

from data_access.access.quality import QualityExport, check_still, exported, may_export
from data_access.words import mark as _
from reports import csv_file
from reports import quality as words
from ui import downloading
from ui.frame import guarded
from ui.quality.facts import DATASET
from ui.session import Bearer, current, t


@st.fragment
def offer(dimension: str) -> None:
    """The button with all that it opens, for whoever may take quality figures along."""
    guarded(partial(_offer, dimension))


def _offer(dimension: str) -> None:
    viewer = current()
    if viewer is None:
        st.rerun()
    if not may_export(viewer):
        return
    key = f"quality_{dimension}"
    with downloading.opened(key) as opened:
        if not opened:
            return
        with st.form(f"export_{key}", border=False):
            purpose = downloading.purpose_field(key)
            sent = st.form_submit_button(t(_("Siapkan")), icon=":material/inventory_2:")
        st.caption(t(downloading.RECORDED))
        if sent:
            export = exported(viewer, DATASET, dimension, purpose=purpose)
            downloading.file(export, partial(content, export), csv_file, key=key)


def content(export: QualityExport, bearer: Bearer, language: str) -> bytes:
    """The file, made at the click; there is none once the session, the right or the grant has ended (Refused)."""
    check_still(downloading.holder(bearer), export)
    return words.csv(export, language)
