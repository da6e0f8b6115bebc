"""Bringing a delivery in: a file from the browser, or a folder that the owner's systems have laid down."""

import re
import shutil
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import streamlit as st

from data_access.access.refreshing import DATASET
from data_access.access.viewer import Viewer
from data_access.contract import contract
from data_access.errors import AsnError, Rejected
from data_access.governance import laid_down, refresh_requests
from data_access.governance.agreement import today
from data_access.governance.laid_down import LaidDown
from data_access.governance.refresh_requests import Delivered
from data_access.intake.manifest import Manifest, write_manifest
from data_access.intake.mapping import register
from data_access.settings import settings
from data_access.state import engine
from data_access.words import mark as _
from data_access.words import number
from ui.frame import failed, long_day, plain, served
from ui.refreshing.following import follow
from ui.session import audit_key, event, language, t
from ui.upload import box
from ui.worker import STARTER

UPLOADED = "asn_uploaded"
DATE = re.compile(r"(20\d\d)[-_]?(\d\d)[-_]?(\d\d)")
CANONICAL = ""
PATIENCE = 15.0  # seconds for a worker to look into the drop folder


def new_delivery(viewer: Viewer) -> None:
    """Two ways in; both end with a refresh that the worker checks."""
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
        _upload(viewer) if way == "upload" else _drop(viewer)
    except AsnError as error:
        failed(error)


def _upload(viewer: Viewer) -> None:
    uploaded = st.session_state.get(UPLOADED)
    if uploaded is None:
        found = box(viewer)
        if found is not None:
            st.session_state[UPLOADED] = asdict(found)
            st.rerun()
        return
    st.success(
        t(_("{name} telah diterima ({size} bita)."), name=plain(uploaded["name"]), size=uploaded["size"]),
        icon=":material/check_circle:",
    )
    with st.form("describe"):
        left, right = st.columns(2)
        guess = _date_in(uploaded["name"])
        day = left.date_input(t(_("Tanggal acuan")), guess, format="DD/MM/YYYY", max_value=today())
        mapping = right.selectbox(t(_("Pemetaan")), _mappings(), format_func=_mapping_words, help=t(MAPPING_HELP))
        claimed = left.text_input(
            t(_("Jumlah menurut surat pengantar (bila ada)")), help=t(_("Dicocokkan dengan isi berkas."))
        )
        title = right.text_input(t(_("Nama kiriman")), Path(uploaded["name"]).stem, max_chars=80)
        with st.container(horizontal=True):
            sent = st.form_submit_button(t(_("Periksa kiriman")), type="primary", icon=":material/fact_check:")
            another = st.form_submit_button(t(_("Berkas lain")), icon=":material/undo:")
    if another:
        _forget(uploaded)
    if not sent:
        return
    if day is None:
        st.warning(t(_("Pilih tanggal acuan.")), icon=":material/event:")
        return
    _describe(uploaded, day, _claimed(claimed))
    brought = Delivered(
        dataset=DATASET,
        reference_date=day,
        origin="upload",
        delivery=uploaded["folder"],
        title=title.strip() or uploaded["name"],
        mapping=mapping or CANONICAL,
    )
    st.session_state.pop(UPLOADED)
    _receive(viewer, brought)


def _forget(uploaded: dict[str, Any]) -> None:
    """The wrong file: it is removed, and the box is there again."""
    shutil.rmtree(settings().incoming / str(uploaded["folder"]), ignore_errors=True)
    st.session_state.pop(UPLOADED)
    st.rerun()


MAPPING_HELP = _(
    "Menerjemahkan kolom dan label berkas ke kode kontrak data. Tanpa pemetaan, berkas harus sudah memakai nama kolom dan "
    "kode kontrak data; bila tidak, pemetaan diusulkan setelah pemeriksaan."
)


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
    with st.form("pick"):
        name = st.selectbox(t(_("Kiriman")), list(folders), format_func=lambda one: _worded(folders[one]))
        if not st.form_submit_button(t(_("Periksa kiriman")), type="primary", icon=":material/fact_check:"):
            return
    picked = folders[name]
    if picked.dataset is None or picked.reference_date is None:
        st.error(plain((picked.failure or {}).get(language(), "")), icon=":material/error:")
        return
    day = picked.reference_date
    _receive(viewer, Delivered(dataset=picked.dataset, reference_date=day, origin="drop", delivery=name, title=name))


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
        return t(_("{name} – manifest tidak terbaca"), name=one.name)
    shown = served()
    held = {digest for snapshot in (shown.snapshots if shown else ()) for digest in snapshot.delivery.split(",")}
    known = t(_("sudah terbit")) if one.digests <= held else t(_("belum terbit"))
    total = "–" if one.total is None else number(one.total, language())
    return f"{long_day(one.reference_date)} · {total} · {known} · {one.name}"


def _mappings() -> list[str]:
    """The newest version of each mapping, as "name@version"."""
    newest = {one.name: one.version for one in reversed(register.versions(engine(settings().state)))}
    return [CANONICAL, *(f"{name}@{version}" for name, version in sorted(newest.items()))]


def _mapping_words(choice: str) -> str:
    name, _at, version = choice.partition("@")
    return t(_("{name} (versi {version})"), name=name, version=version) if choice else t(_("(tanpa pemetaan)"))


def _describe(uploaded: dict[str, Any], day: date, total: int | None) -> None:
    """The manifest of an uploaded file, with its hash as it arrived. Made-up data stay marked as such."""
    described, shown = contract().datasets[DATASET], served()
    manifest = Manifest(
        dataset=DATASET,
        reference_date=day,
        owner=described.owner,
        contract=described.version,
        active=described.active.id,
        total=total,
        example=shown.example if shown else False,
        files={str(uploaded["name"]): str(uploaded["sha256"])},
    )
    write_manifest(settings().incoming / str(uploaded["folder"]), manifest)


def _claimed(text: str) -> int | None:
    """A total as it stands in a letter: 5.588.245, 5,588,245 or 5588245; Rejected if it is none of these."""
    plain = re.sub(r"[.,\s]", "", text)
    if not plain:
        return None
    if not plain.isdecimal():
        raise Rejected("claimed-form", _("Jumlah menurut surat pengantar bukan bilangan: {text}."), text=text)
    return int(plain)


def _date_in(name: str) -> date | None:
    """The reference date that a file name tells, if it tells one."""
    match = DATE.search(name)
    with suppress(ValueError):
        return date(*map(int, match.groups())) if match else None
    return None
