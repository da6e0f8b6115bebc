"""What only an incident has: its running clock, the data it may concern, and a draft of the written notice."""

from datetime import datetime

import streamlit as st

from data_access.access.watching import concerned
from data_access.contract import contract
from data_access.governance.involved import Involved
from data_access.governance.registers.fields import PARTY_NAMES
from data_access.governance.registers.incidents import CONTAINED, FOUND, ContainedFacts, notice_by
from data_access.governance.registers.model import Due, Entry
from data_access.state import utc_now
from data_access.words import mark as _
from data_access.words import moment, number
from ui.agreeing.days import remaining
from ui.frame import plain
from ui.session import language, signed_in, t

LEVELS_TOLD = 12


def more(entry: Entry) -> None:
    """Below the facts of an incident."""
    if entry.state in (FOUND, CONTAINED):
        _clock(entry)
    # Looked up when asked for, and recorded like any look at what the other party does.
    if not st.toggle(t(_("Data yang terkait dan rancangan pemberitahuan")), key=f"concerned_{entry.id}"):
        return
    found = concerned(signed_in(), entry, _until(entry))
    with st.container(border=True):
        st.markdown(f"**{t(_('Data yang terkait menurut catatan audit'))}**")
        _data(entry, found)
        st.markdown(f"**{t(_('Naskah pemberitahuan (rancangan)'))}**")
        st.caption(t(_("Salin, lengkapi, lalu catat pemberitahuannya pada langkah di bawah.")))
        st.code(draft(entry, found), language=None, wrap_lines=True)


def _until(entry: Entry) -> datetime:
    """What went out before it was stopped belongs to the incident, also after it was found."""
    contained = entry.last("tahan")
    return contained.facts.contained if contained else utc_now()


def _clock(entry: Entry) -> None:
    until = notice_by(entry)
    waits = Due(what="", article="", parties=(entry.party,), at=until)
    late = utc_now() > until
    told = t(_("Pemberitahuan tertulis 3 × 24 jam: {remaining}"), remaining=remaining(waits, until.date()))
    (st.error if late else st.warning)(told, icon=":material/timer:")


def _data(entry: Entry, found: list[Involved]) -> None:
    facts = entry.facts
    span = f"{moment(facts.since, language())} – {moment(_until(entry), language())}"
    whose = plain(facts.account) if facts.account else t(_("semua akun"))
    st.markdown(t(_("Yang diperoleh {whose} pada {span}:"), whose=whose, span=span))
    if not found:
        st.info(t(_("Tidak ada jawaban atau berkas pada waktu itu.")), icon=":material/info:")
        return
    rows = [
        {
            t(_("Himpunan data")): label(one.dataset),
            t(_("Jawaban")): one.answers,
            t(_("Berkas")): one.files,
            t(_("Baris")): one.rows,
            t(_("Menurut")): ", ".join(one.levels[:LEVELS_TOLD]) or "–",
            t(_("Akun")): ", ".join(one.accounts),
            t(_("Tujuan unduhan")): "; ".join(one.purposes) or "–",
        }
        for one in found
    ]
    st.dataframe(rows, hide_index=True, key=f"involved_{entry.id}")


def label(dataset: str) -> str:
    known = contract().datasets.get(dataset)
    return known.label.text(language()) if known else dataset


def draft(entry: Entry, found: list[Involved]) -> str:
    """The notice as UU 27/2022 Pasal 46 wants it: which data, when and how, what is done about it."""
    facts, contained = entry.facts, entry.last("tahan")
    data = "; ".join(
        t(_("{dataset}: {answers} jawaban dan {files} berkas, {rows} baris"), **_counts(one)) for one in found
    ) or t(_("tidak ada menurut catatan audit"))
    done = (
        contained.facts.note
        if contained and isinstance(contained.facts, ContainedFacts)
        else t(_("[lengkapi upaya penanganan dan pemulihan]"))
    )
    lines = [
        t(_("PEMBERITAHUAN KEGAGALAN PELINDUNGAN DATA (UU 27/2022 Pasal 46)")),
        t(_("Dari: {party}"), party=t(PARTY_NAMES[entry.party])),
        t(_("Perihal: {subject}"), subject=facts.subject),
        t(
            _("1. Data yang terungkap: {data}. Data berupa angka agregat yang dilindungi, bukan data perseorangan."),
            data=data,
        ),
        t(
            _("2. Kapan dan bagaimana: mulai {since}, ditemukan {found}. {what}"),
            since=moment(facts.since, language()),
            found=moment(facts.discovered, language()),
            what=facts.what,
        ),
        t(_("3. Upaya penanganan dan pemulihan: {done}"), done=done),
    ]
    return "\n".join(lines)


def _counts(one: Involved) -> dict[str, str]:
    counts = {"answers": one.answers, "files": one.files, "rows": one.rows}
    return {"dataset": label(one.dataset)} | {name: number(value, language()) for name, value in counts.items()}
