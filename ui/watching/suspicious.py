"""Patterns worth a question in plain words, each with its evidence and the limit it reached."""

import streamlit as st

from data_access.governance.watch_patterns import Kind, Pattern
from data_access.governance.watch_policy import watch_policy
from data_access.words import day, moment, number
from data_access.words import mark as _
from ui.frame import plain
from ui.session import language, t
from ui.watching import words

FIRST = 5
TOLD = {
    Kind.ALIKE: _("{account} mengajukan {number} pertanyaan yang hanya berbeda saringannya dalam satu jam."),
    Kind.REFUSED: _("{account} ditolak {number} kali dalam satu jam."),
    Kind.EXPORTS: _("{account} mengunduh {number} berkas dalam sehari."),
    Kind.ODD_HOURS: _("{account} memakai data {number} kali dalam sehari pada jam yang tidak lazim."),
}
WHY = {
    Kind.ALIKE: _("Dengan mengurangkan jawaban satu dari yang lain, orang dapat mencari angka kelompok kecil."),
    Kind.REFUSED: _("Mungkin ada yang mencari-cari apa yang tertutup, atau tidak tahu batas haknya."),
    Kind.EXPORTS: _("Banyak berkas di luar aplikasi lebih sukar dijaga kerahasiaannya."),
    Kind.ODD_HOURS: _("Mungkin akun dipakai orang lain, atau ada pekerjaan mendesak."),
}
ICONS = {
    Kind.ALIKE: ":material/difference:",
    Kind.REFUSED: ":material/block:",
    Kind.EXPORTS: ":material/download:",
    Kind.ODD_HOURS: ":material/bedtime:",
}


def show(found: tuple[Pattern, ...]) -> None:
    """All patterns, the first few open to the eye; what is looked for where there is none."""
    st.subheader(t(_("Pola yang patut ditanyakan")), anchor=False)
    if not found:
        st.success(t(_("Tidak ada pola yang mencapai batas dalam masa ini.")), icon=":material/check_circle:")
    for one in found[:FIRST]:
        _one(one)
    if len(found) > FIRST:
        with st.expander(t(_("{count} pola lainnya"), count=len(found) - FIRST), icon=":material/more_horiz:"):
            for one in found[FIRST:]:
                _one(one)
    st.caption(f"{t(_('Pola bukan bukti penyalahgunaan; tanyakan alasannya kepada pihak lain.'))} {_limits()}")


def _one(pattern: Pattern) -> None:
    told = t(TOLD[pattern.kind], account=plain(pattern.account), number=pattern.number)
    lines = [f"**{told}**  ", f"{t(WHY[pattern.kind])}  ", *_evidence(pattern)]
    st.warning("\n".join(lines), icon=ICONS[pattern.kind])


def _evidence(pattern: Pattern) -> list[str]:
    lines = [f"{words.dataset(pattern.dataset)} · {_when(pattern)}{_where(pattern)}  "]
    if pattern.kind == Kind.ALIKE:
        samples = "; ".join(f"({words.filters(one, pattern.dataset)})" for one in pattern.samples)
        by = words.crossed(pattern.asked, pattern.dataset)
        lines.append(t(_("Pertanyaan: {by}. Contoh saringan: {samples}"), by=by, samples=samples))
    if pattern.kind == Kind.REFUSED:
        lines.append(t(_("Alasan: {reasons}"), reasons="; ".join(words.reason(one) for one in pattern.samples)))
    return lines


def _when(pattern: Pattern) -> str:
    if not pattern.first:
        return day(pattern.begin.date(), language())
    return f"{moment(pattern.begin, language())} – {moment(pattern.end, language())}"


def _where(pattern: Pattern) -> str:
    if not pattern.first:
        return ""
    span = f"{number(pattern.first, language())}–{number(pattern.last, language())}"
    return f" · {t(_('catatan audit no. {span}'), span=span)}"


def _limits() -> str:
    policy = watch_policy()
    told = _(
        "Batas: {alike} pertanyaan serupa atau {refused} penolakan dalam satu jam, {exports} unduhan sehari, {odd} kali "
        "sehari antara pukul {begin}.00 dan {end}.00 WIB, masing-masing per akun."
    )
    return t(
        told,
        alike=policy.alike_in_hour,
        refused=policy.refused_in_hour,
        exports=policy.exports_in_day,
        odd=policy.odd_in_day,
        begin=f"{policy.odd_from:02}",
        end=f"{policy.odd_until:02}",
    )
