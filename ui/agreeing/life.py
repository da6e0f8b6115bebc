"""Where the agreement stands today, the periods it holds for, and what it opens to whom."""

import streamlit as st

from data_access.access.viewer import Viewer
from data_access.contract import contract
from data_access.governance import agreement
from data_access.governance.registers.due import stage
from data_access.words import mark as _
from ui.agreeing.matter import SHORT_PARTIES
from ui.frame import long_day
from ui.session import language, t

COLOURS = {"upcoming": "blue", "in-force": "green", "expiring": "orange", "ended": "red"}
STAGES = {
    "upcoming": _("Belum berlaku"),
    "in-force": _("Berlaku"),
    "expiring": _("Berlaku, segera berakhir"),
    "ended": _("Berakhir"),
}


def stage_today(viewer: Viewer) -> None:
    """The stage in one line: in force until when, and whether access rests."""
    register = viewer.standing
    now = stage(register, viewer.day)
    with st.container(border=True):
        with st.container(horizontal=True, gap="small"):
            st.badge(t(STAGES[now]), color=COLOURS[now], icon=":material/handshake:")  # type: ignore[arg-type]
            for party in register.suspended:
                told = t(_("Akses dari {party} ditangguhkan (keadaan kahar)"), party=t(SHORT_PARTIES[party]))
                st.badge(told, color="orange", icon=":material/pause_circle:")
        st.markdown(f"**{' / '.join(register.agreement.numbers)}**  \n{register.agreement.title.text(language())}")
        st.markdown(_sentence(viewer, register, now))


def _sentence(viewer: Viewer, register: agreement.Register, now: str) -> str:
    if now in ("in-force", "expiring"):
        last = agreement.unbroken_until(register, viewer.day)
        left = (last - viewer.day).days
        return t(_("Berlaku sampai {day}: {left} hari lagi. Hak akses mengikuti tanggal ini."), day=last, left=left)
    coming = [period.first for period in register.periods if period.first > viewer.day]
    if coming:
        return t(_("Berlaku lagi mulai {day}."), day=min(coming))
    last = max((period.last for period in register.periods), default=register.agreement.signed)
    return t(_("Berakhir pada {day}; data pihak lain tertutup sejak hari berikutnya."), day=last)


def periods(viewer: Viewer) -> None:
    """The periods of the agreement, each with the document that says so."""
    rows = [
        {
            t(_("Dokumen")): period.document,
            t(_("Mulai")): long_day(period.first),
            t(_("Sampai")): long_day(period.last),
            t(_("Keterangan")): period.note.text(language()) if period.note else "–",
        }
        for period in viewer.standing.periods
    ]
    st.dataframe(rows, hide_index=True, key="agreement_periods")


def grants(viewer: Viewer) -> None:
    """What each document opens to which party, as the contract's version has it."""
    rows = [
        {
            t(_("Dokumen")): grant.document,
            t(_("Himpunan data")): _dataset(grant.dataset),
            t(_("Dibuka bagi")): t(SHORT_PARTIES[grant.party]),
            t(_("Kolom")): _columns(grant),
            t(_("Versi kontrak data")): grant.version or contract().history(grant.dataset)[-1].version,
            t(_("Mulai")): long_day(grant.first),
            t(_("Sampai")): long_day(grant.last) if grant.last else t(_("selama perjanjian berlaku")),
        }
        for grant in viewer.standing.grants
        if grant.dataset in contract().datasets
    ]
    st.dataframe(rows, hide_index=True, key="agreement_grants")


def _dataset(name: str) -> str:
    return contract().datasets[name].label.text(language())


def _columns(grant: agreement.Grant) -> str:
    levels = contract().datasets[grant.dataset].levels
    if grant.levels is None:
        return t(_("semua ({count})"), count=len(grant.opened))
    return ", ".join(levels[name].label.text(language()) for name in grant.levels if name in levels)
