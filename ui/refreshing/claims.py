"""What a person types in for an upload: reference date, period of a flow, total by the letter, real or made-up data.

It can be corrected.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data_access.access.viewer import Viewer
from data_access.contract import Dataset, contract
from data_access.errors import AsnError, Rejected
from data_access.governance import refresh_requests
from data_access.governance.agreement import today
from data_access.governance.refresh_requests import Claims
from data_access.governance.refreshes import Refresh
from data_access.settings import settings
from data_access.state import engine
from data_access.words import mark as _
from data_access.words import number
from ui.frame import failed, plain, served
from ui.refreshing.following import follow
from ui.session import audit_key, event, language, t

CORRECTABLE = ("rejected", "ready", "failed")
LEAP_DAY = (2, 29)
KINDS = {False: _("Data sebenarnya"), True: _("DATA CONTOH (angka rekaan)")}


def day_field(place: DeltaGenerator, value: date | None) -> date | None:
    return place.date_input(t(_("Tanggal acuan")), value, format="DD/MM/YYYY", max_value=today())


def first_field(place: DeltaGenerator, dataset: Dataset, day: date | None, value: date | None = None) -> date | None:
    """The first day of the period that ends with `day`; nothing is asked for a stock."""
    if dataset.time == "stock":
        return None
    usual = value or (usual_first(dataset.name, day) if day else None)
    told = t(_("Hari pertama yang peristiwanya dihitung; biasanya sehari sesudah tanggal acuan sebelumnya."))
    # Another date has another usual beginning.
    key = f"refresh_first_{dataset.name}_{day}_{value}"
    label = t(_("Hari pertama periode"))
    return place.date_input(label, usual, format="DD/MM/YYYY", max_value=today(), help=told, key=key)


def usual_first(dataset: str, day: date) -> date:
    """The day after the period before, if that ended within the year before `day`; else the day after a year before it."""
    year = day.replace(year=day.year - 1, day=28 if (day.month, day.day) == LEAP_DAY else day.day)
    shown = served()
    held = shown.periods(dataset) if shown else ()
    return max((one for one in held if year < one < day), default=year) + timedelta(days=1)


def total_field(place: DeltaGenerator, value: int | None = None) -> str:
    shown = "" if value is None else number(value, language())
    label, told = t(_("Jumlah menurut surat pengantar (bila ada)")), t(_("Dicocokkan dengan isi berkas."))
    return place.text_input(label, shown, help=told)


def kind_field(place: DeltaGenerator, value: bool | None = None) -> bool | None:
    """Asked, never guessed: made-up data taken for real, or the reverse, is found by nobody later."""
    options = list(KINDS)
    index = None if value is None else options.index(value)
    return place.radio(t(_("Sifat data")), options, index, horizontal=True, format_func=lambda one: t(KINDS[one]))


def stated(
    dataset: Dataset, *, day: date | None, first: date | None, total: str, example: bool | None
) -> tuple[date, Claims]:
    """The date and claims as typed; Rejected with what is still missing or cannot be."""
    if day is None:
        raise Rejected("claimed-day", _("Pilih tanggal acuan."))
    since = _since(dataset, day, first)
    if example is None:
        raise Rejected("claimed-kind", _("Pilih sifat data: data sebenarnya atau DATA CONTOH."))
    return day, Claims(total=claimed(total), example=example, since=since)


def _since(dataset: Dataset, day: date, first: date | None) -> date | None:
    """The last day before the period of a flow, None for a stock; Rejected where the period does not begin before it ends."""
    if dataset.time == "stock":
        return None
    if first is None:
        raise Rejected("claimed-period", _("Pilih hari pertama periode."))
    if first > day:
        template = _("Hari pertama periode ({first}) harus sebelum tanggal acuan ({day}).")
        raise Rejected("claimed-period", template, first=first, day=day)
    return first - timedelta(days=1)


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
    known, dataset = one.claims or {}, contract().datasets[one.dataset]
    since = date.fromisoformat(known["since"]) if known.get("since") else None
    label = t(_("Perbaiki tanggal acuan, periode, jumlah, atau sifat data"))
    opened = bool(wrong) and one.state == "rejected"
    with st.expander(label, expanded=opened, icon=":material/edit:"), st.form(f"correct_{one.id}", border=False):
        if wrong:
            st.error("  \n".join(map(plain, wrong)), icon=":material/block:")
        left, right = st.columns(2)
        typed_day, total = day_field(left, one.reference_date), total_field(right, known.get("total"))
        first = first_field(right, dataset, one.reference_date, since + timedelta(days=1) if since else None)
        example = kind_field(left, known.get("example"))
        if not st.form_submit_button(t(_("Perbaiki dan periksa lagi")), icon=":material/save:"):
            return
    try:
        day, claims = stated(dataset, day=typed_day, first=first, total=total, example=example)
        act = engine(settings().state), audit_key(), event(viewer, "refresh-correct")
        refresh_requests.correct(*act, one.id, reference_date=day, claims=claims)
    except AsnError as error:
        failed(error)
        return
    follow(one.id)
