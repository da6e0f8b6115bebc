"""What a person types in for an upload: reference date, total by the letter, real or made-up data. It can be corrected."""

import re
from collections.abc import Sequence
from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data_access.access.viewer import Viewer
from data_access.errors import AsnError, Rejected
from data_access.governance import refresh_requests
from data_access.governance.agreement import today
from data_access.governance.refresh_requests import Claims
from data_access.governance.refreshes import Refresh
from data_access.settings import settings
from data_access.state import engine
from data_access.words import mark as _
from data_access.words import number
from ui.frame import failed, plain
from ui.refreshing.following import follow
from ui.session import audit_key, event, language, t

CORRECTABLE = ("rejected", "ready", "failed")
KINDS = {False: _("Data sebenarnya"), True: _("DATA CONTOH (angka rekaan)")}


def day_field(place: DeltaGenerator, value: date | None) -> date | None:
    return place.date_input(t(_("Tanggal acuan")), value, format="DD/MM/YYYY", max_value=today())


def total_field(place: DeltaGenerator, value: int | None = None) -> str:
    shown = "" if value is None else number(value, language())
    label, told = t(_("Jumlah menurut surat pengantar (bila ada)")), t(_("Dicocokkan dengan isi berkas."))
    return place.text_input(label, shown, help=told)


def kind_field(place: DeltaGenerator, value: bool | None = None) -> bool | None:
    """Asked, never guessed: made-up data taken for real, or the reverse, is found by nobody later."""
    options = list(KINDS)
    index = None if value is None else options.index(value)
    return place.radio(t(_("Sifat data")), options, index, horizontal=True, format_func=lambda one: t(KINDS[one]))


def stated(day: date | None, total: str, example: bool | None) -> tuple[date, Claims]:
    """The date and claims as typed; Rejected with what is still missing."""
    if day is None:
        raise Rejected("claimed-day", _("Pilih tanggal acuan."))
    if example is None:
        raise Rejected("claimed-kind", _("Pilih sifat data: data sebenarnya atau DATA CONTOH."))
    return day, Claims(total=claimed(total), example=example)


def claimed(text: str) -> int | None:
    """A total as it stands in a letter: 5.588.245, 5,588,245 or 5588245; Rejected if it is none of these."""
    plain = re.sub(r"[.,\s]", "", text)
    if not plain:
        return None
    if not plain.isdecimal():
        raise Rejected("claimed-form", _("Jumlah menurut surat pengantar bukan bilangan: {text}."), text=text)
    return int(plain)


def correction(viewer: Viewer, one: Refresh, wrong: Sequence[str]) -> None:
    """What was typed in for this upload, to be corrected and checked again without uploading the file again.

    `wrong` are sentences on what does not fit; where there are any, the fields stand open below them.
    """
    if one.origin != "upload" or one.state not in CORRECTABLE:
        return
    known = one.claims or {}
    label = t(_("Perbaiki tanggal acuan, jumlah, atau sifat data"))
    opened = bool(wrong) and one.state == "rejected"
    with st.expander(label, expanded=opened, icon=":material/edit:"), st.form(f"correct_{one.id}", border=False):
        if wrong:
            st.error("  \n".join(map(plain, wrong)), icon=":material/block:")
        left, right = st.columns(2)
        typed = day_field(left, one.reference_date), total_field(right, known.get("total"))
        example = kind_field(left, known.get("example"))
        if not st.form_submit_button(t(_("Perbaiki dan periksa lagi")), icon=":material/save:"):
            return
    try:
        day, claims = stated(*typed, example)
        act = engine(settings().state), audit_key(), event(viewer, "refresh-correct")
        refresh_requests.correct(*act, one.id, reference_date=day, claims=claims)
    except AsnError as error:
        failed(error)
        return
    follow(one.id)
