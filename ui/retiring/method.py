"""How the projection is made, beside the figures it explains: steps, estimates with their base, and what it does not know."""

import re

import streamlit as st

from data_access.contract import contract
from data_access.contract.retirement import RetirementRule, retirement_rules
from data_access.projection.base import KINDS
from data_access.projection.scenario import GROUP
from data_access.words import mark as _
from data_access.words import percent
from reports import scenarios
from ui.retiring.asking import Start
from ui.session import language, t

STEPS = (
    _("Titik awal: angka yang ditampilkan pada tanggal acuan, menurut tahun BUP, untuk PNS (dengan CPNS) dan PPPK."),
    _(
        "Setiap tahun, berurutan: yang mencapai BUP keluar; program pensiun dini; keluar karena sebab lain; kontrak PPPK yang "
        "tidak diperpanjang; pengadaan pada akhir tahun. Jumlah akhir = jumlah awal − keluar + masuk, di setiap sel."
    ),
    _(
        "Yang baru masuk mencapai BUP menurut sebaran tahun BUP pegawai bermasa kerja 0–5 tahun sekarang. PPPK dapat lebih "
        "dahulu berakhir kontraknya; itu asumsi tersendiri."
    ),
    _(
        "Pita 95%: ketelitian angka, pembulatan, sel yang ditekan (paling banyak 9 orang, hanya menambah yang keluar), dan "
        "ragam keluar sebelum BUP di masa lalu. Pita tidak menyatakan apakah asumsinya akan terjadi."
    ),
    _(
        "Sel yang ditekan tidak ikut dihitung; perpindahan antarinstansi dan antarjabatan tidak dimodelkan; program pensiun "
        "dini tidak mengenai yang baru masuk, karena umurnya tidak diketahui."
    ),
)


def note(start: Start) -> None:
    """Folded away until somebody wants to know."""
    with st.expander(t(_("Cara menghitung dan dasar hukum BUP")), icon=":material/function:"):
        st.markdown("\n".join(f"{place}. {t(step)}" for place, step in enumerate(STEPS, 1)))
        _estimates(start)
        _laws(start)


def _estimates(start: Start) -> None:
    """Yearly shares that leave before BUP, by group and kind, with the time they rest on."""
    st.markdown(
        f"**{t(_('Keluar sebelum BUP per tahun, taksiran {span}'), span=scenarios.span(start.rates, language()))}**"
    )
    groups = contract().datasets["pegawai"].levels[GROUP].codes
    rows = []
    for group in groups:
        row = {t(_("Kelompok jabatan")): group.label.text(language())}
        for kind in KINDS:
            rate = start.rates.of(kind, group.code)
            row[kind] = percent(rate.yearly, language(), decimals=2) + ("*" if rate.borrowed else "")
        rows.append(row)
    st.dataframe(rows, hide_index=True, key="retiring_rates")
    st.caption(t(_("*: taksiran seluruh kelompok atau nasional, karena angka kelompoknya sendiri tidak ditampilkan.")))


def _laws(start: Start) -> None:
    """The rules of retirement ages in force on the reference date."""
    rows = [
        {
            t(_("Jabatan")): _whom(rule),
            t(_("BUP")): t(_("{years} tahun"), years=rule.age),
            t(_("Dasar")): rule.source,
        }
        for rule in retirement_rules()
        if rule.since <= start.base.day <= (rule.until or start.base.day)
    ]
    st.dataframe(rows, hide_index=True, key="retiring_laws")


def _whom(rule: RetirementRule) -> str:
    """The positions that a rule holds for."""
    levels = contract().datasets["pegawai"].levels
    parts = [levels["jenjang"].by_code[code].label.text(language()) for code in rule.jenjang]
    if rule.kelompok_jabatan:
        group = levels[GROUP].by_code[rule.kelompok_jabatan].label.text(language())
        parts = [f"{group}: {', '.join(parts)}"] if parts else [group]
    named = "/".join(re.findall(r"[a-z]{4,}", rule.pattern))
    return ", ".join(parts) + (f" ({named})" if named else "")
