"""Which release was served when, who made it so, and why: publishing and roll backs, from the audit."""

import streamlit as st

from data_access.governance import audit
from data_access.governance.audit import Entry
from data_access.settings import settings
from data_access.state import engine
from data_access.words import mark as _
from data_access.words import moment
from ui.frame import plain
from ui.session import language, t

MISSING = "–"
TURNS = {"publish": _("terbit"), "rollback": _("disajikan kembali")}
APPROVED = ", disetujui "  # as the worker names it in the detail of the record


def turns() -> list[Entry]:
    """Every change of what is served, the newest first."""
    state = engine(settings().state)
    found = [entry for action in TURNS for entry in audit.search(state, action=action, decision="allowed")]
    return sorted(found, key=lambda entry: entry.seq, reverse=True)


def returned(found: list[Entry]) -> None:
    """Tells readers that an earlier release is being served again, and why; nothing while the newest one is."""
    if not found or found[0].event.action != "rollback":
        return
    last = found[0]
    template = _("Rilis {release} disajikan kembali sejak {when} oleh {account}. Alasan: {reason}")
    facts = {"release": last.event.release, "when": moment(last.at, language()), "account": _by(last)}
    st.info(t(template, **facts, reason=plain(last.event.reason or MISSING)), icon=":material/undo:")


def table(found: list[Entry]) -> None:
    st.markdown(f"**{t(_('Yang pernah disajikan'))}**")
    if not found:
        st.caption(t(_("Belum ada catatan penerbitan.")))
        return
    st.dataframe([_row(entry) for entry in found], hide_index=True, height="content", key="turns")


def _row(entry: Entry) -> dict[str, str]:
    return {
        t(_("Sejak")): moment(entry.at, language()),
        t(_("Rilis")): entry.event.release or MISSING,
        t(_("Peristiwa")): t(TURNS[entry.event.action]),
        t(_("Oleh")): _by(entry),
        t(_("Alasan")): entry.event.reason or MISSING,
    }


def _by(entry: Entry) -> str:
    """The account that asked and, where four eyes were wanted, the one that consented."""
    asked, approved = (
        entry.event.account or MISSING,
        (entry.event.detail or "").partition(APPROVED)[2].partition(",")[0],
    )
    return t(_("{account}, disetujui {second}"), account=asked, second=approved) if approved else asked
