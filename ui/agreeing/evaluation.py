"""The half-years with their evaluations, and what only a report has: its draft as a document, its findings on the screen."""

from functools import partial

import streamlit as st

from data_access.access.evaluating import evaluation_report
from data_access.access.registering import book
from data_access.access.viewer import Viewer
from data_access.errors import Rejected
from data_access.governance.registers.catalogue import REGISTERS
from data_access.governance.registers.due import in_life
from data_access.governance.registers.evaluations import HalfYear, half_years
from data_access.governance.registers.model import Entry
from data_access.settings import settings
from data_access.words import mark as _
from reports.evaluation import MIME, evaluation_docx
from ui.agreeing.gate import asking, holder, read_by
from ui.frame import long_day
from ui.session import Bearer, bearer, current, language, t

SHOWN = 8


def list_of_half_years(viewer: Viewer) -> None:
    """Which half-years are evaluated, which are late: at least two a year (Pasal 7)."""
    reports = {entry.facts.period: entry for entry in book().entries("evaluasi")}
    known = viewer.standing
    over = [one for one in half_years(known.agreement.signed, viewer.day) if in_life(known, one)]
    rows = [_row(viewer, one, reports.get(one)) for one in over[:SHOWN]]
    with st.expander(t(_("Evaluasi menurut semester")), icon=":material/event_note:", expanded=True):
        st.dataframe(rows, hide_index=True, key="half_years")


def _row(viewer: Viewer, one: HalfYear, entry: Entry | None) -> dict[str, str]:
    register = REGISTERS["evaluasi"]
    missing = _("belum disusun, terlambat") if viewer.day > one.expected else _("belum disusun")
    return {
        t(_("Semester")): f"{'I' if one.half == 1 else 'II'}/{one.year}",
        t(_("Masa")): f"{long_day(one.first)} – {long_day(one.last)}",
        t(_("Diharapkan selesai")): long_day(one.expected),
        t(_("Keadaan")): t(missing) if entry is None else t(register.states[entry.state]),
    }


def report(entry: Entry) -> None:
    """The findings of the report and the document, made from the records as they are now."""
    viewer = current()
    if viewer is None:
        st.stop()
    told = evaluation_report(viewer, entry, language(), brief=True)
    st.markdown("\n".join(f"- {sentence}" for sentence in told.findings))
    st.download_button(
        t(_("Unduh laporan (DOCX)")),
        partial(_document, bearer(), entry.id, language()),
        file_name=f"evaluasi-{entry.facts.period.identity}.docx",
        mime=MIME,
        icon=":material/description:",
        on_click="ignore",
        key=f"evaluation_{entry.id}",
    )


def _document(bearer: Bearer, number: int, tongue: str) -> bytes:
    """Made at the click, with the rights of whoever holds the session then."""
    viewer = holder(bearer, "evaluasi")
    with asking(viewer, "evaluasi"):
        told = _written(viewer, number, tongue)
    read_by(viewer, f"evaluasi: {number}")
    return told


def _written(viewer: Viewer, number: int, tongue: str) -> bytes:
    entry = next((one for one in book().entries("evaluasi") if one.id == number), None)
    if entry is None:
        raise Rejected("entry-unknown", _("Perkara nomor {number} tidak ada."), number=str(number))
    return evaluation_docx(evaluation_report(viewer, entry, tongue), tongue, settings().evaluation_template)
