"""How a number of this product is read, and what changed from one version of the contract to the next."""

import streamlit as st

from data_access.contract import Change, Dataset, contract
from data_access.release.policy import POLICY
from data_access.words import day
from data_access.words import mark as _
from reports.origin import PARTIES
from ui.session import language, t


def about(dataset: Dataset) -> None:
    """The dataset in plain words: what it counts, who owns it, and what it can never hold."""
    with st.container(border=True):
        st.subheader(dataset.label.text(language()), anchor=False)
        rows = {
            _("Pemilik data"): PARTIES[dataset.owner],
            _("Satuan"): dataset.unit.text(language()),
            _("Yang dihitung sebagai aktif"): dataset.active.text(language()),
        }
        if dataset.excluded:
            rows[_("Tidak dihitung")] = dataset.excluded.text(language())
        for name, value in rows.items():
            st.markdown(f"**{t(name)}**  \n{value}")
        with st.expander(t(_("Gabungan yang tidak mungkin ada ({count})"), count=len(dataset.impossible))):
            st.markdown(t(_("Baris kiriman yang memuatnya ditolak; di tabel gabungan ini tampil sebagai –.")))
            st.markdown("\n".join(f"- {rule.reason.text(language())}" for rule in dataset.impossible))


def signs() -> None:
    """What each kind of cell means."""
    facts = {"threshold": POLICY.threshold, "base": POLICY.rounding}
    rows = [
        ("1.234.567" if language() == "id" else "1,234,567", t(_("Angka resmi"))),
        ("1.235" if language() == "id" else "1,235", t(_("Angka terlindung"))),
        (f"<{POLICY.threshold}", t(_("Ditekan"))),
        ("–", t(_("Tidak tersedia"))),
    ]
    meanings = [
        t(_("Tepat sampai orang terakhir dan sama dengan buku statistik pemilik data.")),
        t(_("Diberi derau kecil, lalu dibulatkan ke kelipatan {base}. Ketelitian sekitar ±4 orang per sel."), **facts),
        t(_("Kurang dari {threshold} orang, mungkin nol. Disembunyikan agar tidak menunjuk orang tertentu."), **facts),
        t(_("Tidak diterbitkan untuk tanggal itu, atau gabungan yang tidak mungkin ada.")),
    ]
    with st.container(border=True):
        st.subheader(t(_("Cara membaca angka")), anchor=False)
        heads = (t(_("Di layar")), t(_("Sebutan")), t(_("Artinya")))
        table = [dict(zip(heads, (*row, meaning), strict=True)) for row, meaning in zip(rows, meanings, strict=True)]
        st.table(table, border="horizontal")
        st.caption(t(_("Karena pembulatan, penjumlahan rincian dapat berbeda dari totalnya.")))


def versions(dataset: Dataset) -> None:
    """The versions of the contract, the newest first, each with what it changed."""
    for version in contract().history(dataset.name):
        with st.container(border=True):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.subheader(t(_("Versi {version}"), version=version.version), anchor=False, width="content")
                if version.version == dataset.version:
                    st.badge(t(_("berlaku sekarang")), color="green")
            st.caption(day(version.date, language()))
            st.markdown("\n".join(f"- {_told(dataset, change)}" for change in version.changes))


def _told(dataset: Dataset, change: Change) -> str:
    known = [dataset.levels[name].label.text(language()) for name in change.levels if name in dataset.levels]
    names = [*known, *(name for name in change.levels if name not in dataset.levels)]
    head = f"**{', '.join(names)}**: " if names else ""
    return head + change.text.text(language())
