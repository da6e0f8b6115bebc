"""One matter: what it is about, everything done to it, and what can be done next."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any

import streamlit as st

from data_access.access.registering import actor
from data_access.access.viewer import Viewer
from data_access.contract import contract
from data_access.errors import AsnError
from data_access.governance import documents
from data_access.governance.registers.book import offered
from data_access.governance.registers.catalogue import REGISTERS
from data_access.governance.registers.due import last_day
from data_access.governance.registers.model import OPEN, Choices, Entry, Facts, Listed, Register, Taken
from data_access.governance.signatures import SENTENCES, signatures
from data_access.settings import settings
from data_access.state import engine
from data_access.words import mark as _
from data_access.words import moment
from ui.agreeing import form, typed
from ui.agreeing.days import remaining
from ui.agreeing.gate import asking, holder, read_by
from ui.frame import failed, long_day
from ui.session import Bearer, bearer, language, t

SHORT_PARTIES = {"kesatu": _("KemenPANRB"), "kedua": _("BKN")}
Extra = Callable[[Entry], None]


def show(viewer: Viewer, entry: Entry, extra: Extra | None = None) -> None:
    """The whole matter; `extra` draws what only its register has (a draft, a report) below the facts."""
    register = REGISTERS[entry.register]
    state = register.stands(entry, viewer.day)
    with st.container(border=True, key=f"matter_{entry.id}"):
        typed.title(f"{t(register.label)} {entry.id}", register.title(entry))
        with st.container(horizontal=True, gap="small"):
            st.badge(t(register.states[state]), color="gray" if state in register.ends else "blue")
            st.badge(t(SHORT_PARTIES[entry.party]), icon=":material/account_balance:", color="gray")
            for one in register.due(entry, viewer.day):
                st.badge(remaining(one, viewer.day), icon=":material/schedule:", color="orange") if last_day(
                    one
                ) else None
        _facts(entry.facts)
        if extra is not None:
            extra(entry)
        _history(register, entry)
        _next(viewer, entry)


def _facts(facts: Facts) -> None:
    typed.facts((t(str(info.title)), worded(facts, name)) for name, info in type(facts).model_fields.items())


def worded(facts: Facts, name: str) -> str:
    """A fact in words; what was typed stays as it is, to be shown as text."""
    value, info = getattr(facts, name), type(facts).model_fields[name]
    for mark in info.metadata:
        if isinstance(mark, Choices):
            return t(mark.labels[value])
        if isinstance(mark, Listed):
            return _listed(facts, mark.source, value)
    return _plain_value(value)


def _plain_value(value: Any) -> str:
    if isinstance(value, datetime):
        return moment(value, language())
    if isinstance(value, date):
        return long_day(value)
    return str(value) or "–"


def _listed(facts: Facts, source: str, value: Any) -> str:
    datasets = contract().datasets
    if source == "dataset" and value in datasets:
        return datasets[value].label.text(language())
    if source == "levels":
        levels = datasets[facts.dataset].levels  # type: ignore[attr-defined]
        return ", ".join(levels[name].label.text(language()) if name in levels else name for name in value)
    return str(value or "–")


def _history(register: Register, entry: Entry) -> None:
    with st.container(gap="small"):
        st.markdown(f"**{t(_('Riwayat'))}**")
        for taken in entry.steps:
            _taken(register, entry, taken)


def _taken(register: Register, entry: Entry, taken: Taken) -> None:
    label = t(register.every(taken.action).label)
    typed.lines(label, f"{moment(taken.at, language())} · {taken.account} ({t(SHORT_PARTIES[taken.party])})")
    if taken.action != OPEN and type(taken.facts).model_fields:
        _facts(taken.facts)
    if taken.document:
        document(entry.register, taken.document, f"{entry.id}_{taken.at.timestamp()}")


def document(register: str, sha256: str, key: str) -> None:
    """An attached document: its name, the verdict on its signatures, and the button that brings it through the gate."""
    try:
        kept, content = documents.read(engine(settings().state), settings().documents, sha256)
    except AsnError as error:  # the rest of the matter goes on without it
        failed(error)
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            typed.label(kept.name),
            partial(_bytes, bearer(), register, sha256),
            file_name=kept.name,
            icon=":material/attach_file:",
            on_click="ignore",
            key=f"document_{key}",
        )
        st.caption(f"SHA-256 {sha256[:12]}…")
    if kept.kind == "pdf":
        _signed(content)


def _signed(content: bytes) -> None:
    try:
        found = signatures(content, settings().trusted_roots)
    except AsnError as error:  # whatever a document holds, its matter goes on
        failed(error)
        return
    if not found:
        st.caption(t(_("Tanpa tanda tangan elektronik.")))
    for one in found:
        when = f" · {moment(one.when, language())}" if one.when else ""
        typed.lines(t(SENTENCES[one.verdict]), f"{one.who}{when}")


def _bytes(bearer: Bearer, register: str, sha256: str) -> bytes:
    """At the click, for whoever may read the register then; recorded."""
    viewer = holder(bearer, register)
    with asking(viewer, register):
        content = documents.read(engine(settings().state), settings().documents, sha256)[1]
    read_by(viewer, f"{register}: {sha256}")
    return content


def _next(viewer: Viewer, entry: Entry) -> None:
    """The steps that this viewer may take now; one form at a time, and after each step a fresh one."""
    steps = offered(actor(viewer), entry, viewer.day)
    if not steps:
        return
    names = {action: t(step.label) for action, step in steps.items()}
    chosen = st.segmented_control(
        t(_("Langkah berikutnya")), names, format_func=names.__getitem__, key=f"next_{entry.id}_{len(entry.steps)}"
    )
    if chosen in steps:
        form.step(viewer, entry, chosen, steps[chosen])
