"""Bringing a delivery in: a file from the browser, or a folder that the owner's systems have laid down."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data_access.access.refreshing import check_may_refresh
from data_access.access.viewer import Viewer
from data_access.contract import Dataset, contract
from data_access.errors import AsnError
from data_access.governance import laid_down, refresh_requests
from data_access.governance.laid_down import LaidDown
from data_access.governance.refresh_requests import Claims, Delivered
from data_access.intake.manifest import Manifest, write_manifest
from data_access.settings import settings
from data_access.state import engine
from data_access.words import FileSize, number
from data_access.words import mark as _
from ui.frame import failed, long_day, plain, served, shortened
from ui.receiving import Arrived, discard, handed_on
from ui.refreshing import choices, claims
from ui.refreshing.following import follow
from ui.session import audit_key, event, language, t
from ui.upload import box
from ui.worker import STARTER

UPLOADED = "asn_uploaded"
DATE = re.compile(r"(20\d\d)[-_]?(\d\d)[-_]?(\d\d)")
CANONICAL = ""
PATIENCE = 15.0  # seconds for a worker to look into the drop folder


def new_delivery(viewer: Viewer, datasets: Sequence[str]) -> None:
    """Two ways in, for these datasets; both end with a refresh that the worker checks."""
    ways = {"upload": t(_("Unggah berkas")), "drop": t(_("Dari folder kiriman"))}
    way = st.segmented_control(
        t(_("Cara mengirim")),
        list(ways),
        default="upload",
        required=True,
        format_func=ways.__getitem__,
        label_visibility="collapsed",
        key="refresh_way",
    )
    try:
        _upload(viewer, datasets) if way == "upload" else _drop(viewer)
    except AsnError as error:
        failed(error)


def pending() -> bool:
    """True while a file has been uploaded and not yet sent to the check."""
    return UPLOADED in st.session_state


def _upload(viewer: Viewer, datasets: Sequence[str]) -> None:
    uploaded = st.session_state.get(UPLOADED)
    if uploaded is None:
        if box(viewer, _keep):
            st.rerun()
        return
    told = _("{name} telah diterima ({size}). Lengkapi isian ini, lalu periksa.")
    name, size = plain(shortened(uploaded["name"])), FileSize(uploaded["size"])
    st.success(t(told, name=name, size=size), icon=":material/check_circle:")
    # Outside the form, for what it asks follows from them.
    left, right = st.columns(2)
    described = contract().datasets[_dataset(left, uploaded["name"], datasets)]
    day = claims.day_field(right, _date_in(uploaded["name"]))
    with st.form("describe"):
        left, right = st.columns(2)
        first = claims.first_field(left, described, day)
        mapping = _mapping(right, t(_("(tanpa pemetaan)")), described.name)
        total = claims.total_field(left)
        title = right.text_input(t(_("Nama kiriman")), Path(uploaded["name"]).stem, max_chars=80)
        example = claims.kind_field(left)
        with right.container(horizontal=True, height="stretch", vertical_alignment="bottom"):
            sent = st.form_submit_button(t(_("Periksa kiriman")), type="primary", icon=":material/fact_check:")
            another = st.form_submit_button(t(_("Berkas lain")), icon=":material/undo:")
    if another:
        _forget(uploaded)
    if not sent:
        return
    check_may_refresh(viewer, described.name)
    stated_day, typed = claims.stated(described, day=day, first=first, total=total, example=example)
    _describe(uploaded, described, stated_day, typed)
    brought = Delivered(
        dataset=described.name,
        reference_date=stated_day,
        origin="upload",
        delivery=uploaded["folder"],
        title=title.strip() or uploaded["name"],
        mapping=mapping,
        claims=typed,
    )
    st.session_state.pop(UPLOADED)
    handed_on(str(uploaded["folder"]))
    _receive(viewer, brought)


def _forget(uploaded: dict[str, Any]) -> None:
    """The wrong file: it is removed, and the box is there again."""
    discard(str(uploaded["folder"]))
    st.session_state.pop(UPLOADED)
    st.rerun()


MAPPING_HELP = _(
    "Menerjemahkan kolom dan label berkas ke kode kontrak data. Tanpa pemetaan, berkas harus sudah memakai nama kolom dan "
    "kode kontrak data; bila tidak, pemetaan diusulkan setelah pemeriksaan."
)


def _keep(found: Arrived) -> None:
    st.session_state[UPLOADED] = asdict(found)


def _dataset(place: DeltaGenerator, name: str, datasets: Sequence[str]) -> str:
    """The dataset that a file holds, to begin with the one that its name speaks of."""
    if len(datasets) == 1:
        return datasets[0]
    known = {one: contract().datasets[one].label.text(language()) for one in datasets}
    named = next((i for i, one in enumerate(datasets) if one in name.casefold()), 0)
    return place.selectbox(t(_("Himpunan data")), list(known), named, format_func=known.__getitem__)


def _drop(viewer: Viewer) -> None:
    _look_again()
    found = laid_down.laid(engine(settings().state))
    folders = {one.name: one for one in found if not one.loose}
    files = [one.name for one in found if one.loose]
    if files:
        template = _(
            "Berkas lepas tidak dibaca: {names}. Unggah, atau jadikan kiriman dengan: python -m data_access prepare"
        )
        st.caption(t(template, names=plain(", ".join(files))))
    if not folders:
        st.info(t(_("Folder kiriman kosong.")), icon=":material/inbox:")
        return
    with st.container(border=True):
        name = st.selectbox(t(_("Kiriman")), list(folders), format_func=lambda one: _worded(folders[one]))
        picked = folders[name]
        mapping = _mapping(st, t(_("(seperti dalam kiriman)")), picked.dataset or "")
        if not st.button(t(_("Periksa kiriman")), type="primary", icon=":material/fact_check:"):
            return
    if picked.dataset is None or picked.reference_date is None:
        st.error(plain((picked.failure or {}).get(language(), "")), icon=":material/error:")
        return
    check_may_refresh(viewer, picked.dataset)
    brought = Delivered(
        dataset=picked.dataset,
        reference_date=picked.reference_date,
        origin="drop",
        delivery=name,
        title=name,
        mapping=mapping,
    )
    _receive(viewer, brought)


def _look_again() -> None:
    """Only the worker may open the drop folder; where the app is the one to start it, it looks now."""
    if st.button(t(_("Lihat lagi")), help=t(_("Pekerja melihat isi folder kiriman.")), icon=":material/refresh:"):
        with st.spinner(t(_("Pekerja melihat isi folder kiriman …"))):
            STARTER.look(seconds=PATIENCE)
    if STARTER.trouble:
        st.warning(t(STARTER.trouble), icon=":material/engineering:")


def _receive(viewer: Viewer, brought: Delivered) -> None:
    number_of_it = refresh_requests.receive(
        engine(settings().state), audit_key(), event(viewer, "refresh-receive"), brought
    )
    follow(number_of_it)


def _worded(one: LaidDown) -> str:
    if one.reference_date is None:
        return t(_("{name} – keterangan kiriman tidak terbaca"), name=one.name)
    shown = served()
    held = {digest for snapshot in (shown.snapshots if shown else ()) for digest in snapshot.delivery.split(",")}
    known = t(_("sudah terbit")) if one.digests <= held else t(_("belum terbit"))
    total = "–" if one.total is None else number(one.total, language())
    dataset = contract().datasets.get(one.dataset or "")
    label = dataset.label.text(language()) if dataset else str(one.dataset)
    return f"{label} · {long_day(one.reference_date)} · {total} · {known} · {one.name}"


def _mapping(place: Any, nothing: str, dataset: str) -> str:
    """The chosen version of a saved mapping for the dataset, "name@version", or ""."""
    saved = {CANONICAL: nothing} | choices.versions(dataset, language())
    return str(place.selectbox(t(_("Pemetaan")), list(saved), format_func=saved.__getitem__, help=t(MAPPING_HELP)))


def _describe(uploaded: dict[str, Any], described: Dataset, day: date, typed: Claims) -> None:
    """The manifest of an uploaded file, with its hash as it arrived."""
    manifest = Manifest(
        dataset=described.name,
        reference_date=day,
        since=typed.since,
        owner=described.owner,
        contract=described.version,
        active=described.active.id,
        total=typed.total,
        example=typed.example,
        files={str(uploaded["name"]): str(uploaded["sha256"])},
    )
    write_manifest(settings().incoming / str(uploaded["folder"]), manifest)


def _date_in(name: str) -> date | None:
    """The reference date that a file name tells, if it tells one."""
    match = DATE.search(name)
    with suppress(ValueError):
        return date(*map(int, match.groups())) if match else None
    return None
