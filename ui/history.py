"""Tables of releases and snapshots, from their signed manifests."""

import streamlit as st

from data_access.keys import key
from data_access.release import shelf
from data_access.settings import settings
from data_access.words import day, moment, number
from data_access.words import mark as _
from ui.frame import release
from ui.session import language, t

KEYS = {"delivered": _("dari pemilik data"), "pseudo": _("semu")}


def snapshots() -> None:
    """The snapshots of the release being served, the newest first."""
    rows = [
        {
            t(_("Tanggal acuan")): day(s.reference_date, language()),
            t(_("Sifat")): t(_("DATA CONTOH")) if s.example else t(_("data sebenarnya")),
            t(_("Revisi")): number(s.revision, language()),
            t(_("Jumlah (orang)")): number(s.total, language()),
            t(_("Kombinasi diterbitkan")): number(s.admitted, language()),
            t(_("Ditolak (sel kecil)")): number(s.refused, language()),
            t(_("Kunci rekaman")): t(KEYS[s.keys]),
            t(_("Sidik kiriman")): s.delivery[:12],
        }
        for s in reversed(release().snapshots)
    ]
    st.dataframe(rows, hide_index=True, key="snapshots")


def releases() -> None:
    """Every release, the newest first, with the one being served marked."""
    found, current = shelf.listed(settings().releases, key(settings().keys, "manifest"))
    rows = [
        {
            t(_("Rilis")): r.id,
            t(_("Keadaan")): t(_("disajikan")) if r.id == current else "",
            t(_("Terbit")): moment(r.created_at, language()),
            t(_("Oleh")): r.created_by,
            t(_("Snapshot")): len(r.snapshots),
            t(_("Terbaru")): day(r.snapshots[-1].reference_date, language()),
            t(_("Catatan")): r.note,
            t(_("Sidik berkas")): r.database[:12],
            t(_("Kontrak data")): r.contract[:12],
            t(_("Aturan perlindungan")): r.policy,
        }
        for r in reversed(found)
    ]
    st.dataframe(rows, hide_index=True, key="releases")
    st.caption(t(_("Rilis tidak pernah diubah. Kembali ke rilis lama: python -m data_access rollback NOMOR")))
