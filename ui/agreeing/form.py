"""One step as a form: its facts, its document, one button. What is refused is told beside it and nothing is lost."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import partial
from typing import Any

import streamlit as st

from data_access.access.registering import book, open_matter, take_step
from data_access.access.viewer import Viewer
from data_access.errors import AsnError, Rejected
from data_access.governance.documents import Attachment
from data_access.governance.registers.model import Entry, Register, Step
from data_access.settings import settings
from data_access.words import FileSize
from data_access.words import mark as _
from ui.agreeing import typed
from ui.agreeing.fields import ask_for
from ui.frame import failed, shortened
from ui.receiving import ATTACHMENT, Arrived, discard
from ui.session import language, t
from ui.upload import box

ATTACHED, DONE, CHOSEN = "asn_attached", "asn_register_done", "perkara"
Send = Callable[[Mapping[str, Any], Attachment | None], int]


def opening(viewer: Viewer, register: Register) -> None:
    """The form that opens a matter."""

    def send(facts: Mapping[str, Any], attachment: Attachment | None) -> int:
        return open_matter(viewer, register.name, facts, attachment)

    _form(viewer, register.opening, f"open_{register.name}", send, heading=f"**{t(register.opening.label)}**  \n")


def step(viewer: Viewer, entry: Entry, action: str, described: Step) -> None:
    """The form that takes a step."""

    def send(facts: Mapping[str, Any], attachment: Attachment | None) -> int:
        return take_step(viewer, entry.id, action, facts, attachment).id

    _form(viewer, described, f"step_{entry.id}_{len(entry.steps)}_{action}", send)


def told() -> None:
    """What was done in the run before."""
    if DONE in st.session_state:
        st.toast(st.session_state.pop(DONE), icon=":material/check_circle:")


def _form(viewer: Viewer, described: Step, key: str, send: Send, *, heading: str = "") -> None:
    with st.container(border=True):
        st.markdown(f"{heading}:small[{t(described.article)}]")
        facts = ask_for(described.facts, book(), key)
        attached = None if described.document == "none" else _attachment(viewer, described, key)
        if described.both:
            st.caption(t(_("Langkah ini berlaku setelah kedua pihak mengambilnya.")))
        if st.button(t(described.label), type="primary", key=f"{key}_send"):
            _send(described, facts, attached, send)


def _send(described: Step, facts: Mapping[str, Any], attached: dict[str, Any] | None, send: Send) -> None:
    try:
        number = send(facts, _read(attached) if attached else None)
    except AsnError as error:
        failed(error)
        return
    if attached:
        _forget(attached)
    st.session_state[DONE] = t(_("{step}: dicatat."), step=t(described.label))
    st.query_params[CHOSEN] = str(number)
    st.session_state.pop("asn_register_form", None)
    st.rerun()


def _attachment(viewer: Viewer, described: Step, key: str) -> dict[str, Any] | None:
    """The document that has arrived for this form, else the box that takes it."""
    found: dict[str, Any] | None = st.session_state.get(ATTACHED)
    if found is None or found["form"] != key:
        wanted = _("Dokumen (wajib)") if described.document == "must" else _("Dokumen (boleh kosong)")
        st.caption(t(wanted))
        if box(viewer, partial(_keep, key), ATTACHMENT):
            st.rerun()
        return None
    with st.container(horizontal=True, vertical_alignment="center"):
        typed.lines(shortened(found["name"]), FileSize(found["size"]).text(language()))
        st.button(t(_("Ganti berkas")), type="tertiary", key=f"{key}_other", on_click=_forget, args=(found,))
    return found


def _read(attached: Mapping[str, Any]) -> Attachment:
    """The upload; Rejected where it was swept away because its form lay open for a day."""
    file = settings().incoming / str(attached["folder"]) / str(attached["name"])
    try:
        return Attachment(str(attached["name"]), file.read_bytes())
    except OSError as error:
        raise Rejected(
            "upload-gone", _("Berkas unggahan sudah tidak ada. Tekan Ganti berkas, lalu unggah lagi.")
        ) from error


def _keep(form: str, came: Arrived) -> None:
    st.session_state[ATTACHED] = asdict(came) | {"form": form}


def _forget(attached: Mapping[str, Any]) -> None:
    discard(str(attached["folder"]))
    st.session_state.pop(ATTACHED, None)
