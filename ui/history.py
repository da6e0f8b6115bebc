"""Tables of releases and snapshots, from their signed manifests."""

from datetime import date

import streamlit as st

from data_access.access import measures
from data_access.access.gateway import ask
from data_access.access.query import Query
from data_access.access.viewer import Viewer
from data_access.errors import AsnError
from data_access.keys import key
from data_access.release import shelf
from data_access.settings import settings
from data_access.words import day, moment, number
from data_access.words import mark as _
from ui.frame import release
from ui.session import language, t

MISSING = "–"
KEYS = {"delivered": _("dari pemilik data"), "pseudo": _("semu")}


def snapshots(viewer: Viewer) -> None:
    """The snapshots of the release being served, the newest first; their totals as far as this viewer may ask for them."""
    served = release().snapshots
    totals = _totals(viewer, tuple(s.reference_date for s in served))
    rows = [
        {
            t(_("Tanggal acuan")): day(s.reference_date, language()),
            t(_("Sifat")): t(_("DATA CONTOH")) if s.example else t(_("data sebenarnya")),
            t(_("Revisi")): number(s.revision, language()),
            t(_("Jumlah (orang)")): totals[s.reference_date],
            t(_("Kombinasi diterbitkan")): number(s.admitted, language()),
            t(_("Ditolak (sel kecil)")): number(s.refused, language()),
            t(_("Kunci rekaman")): t(KEYS[s.keys]),
            t(_("Sidik kiriman")): s.delivery[:12],
        }
        for s in reversed(served)
    ]
    st.dataframe(rows, hide_index=True, key="snapshots")


def _totals(viewer: Viewer, held: tuple[date, ...]) -> dict[date, str]:
    """The official total of each date through the one door; "–" where this viewer may not see it."""
    try:
        result = ask(viewer, Query("pegawai", periods=held))
    except AsnError:
        return dict.fromkeys(held, MISSING)
    values = {one: measures.total(result, one) for one in held}
    return {one: MISSING if value is None else number(value, language()) for one, value in values.items()}


def releases() -> None:
    """Every release, the newest first, with the one being served marked and damaged ones named."""
    shelved = shelf.listed(settings().releases, key(settings().keys, "manifest"))
    rows = [
        {
            t(_("Rilis")): r.id,
            t(_("Keadaan")): t(_("disajikan")) if r.id == shelved.current else "",
            t(_("Terbit")): moment(r.created_at, language()),
            t(_("Oleh")): r.created_by,
            t(_("Snapshot")): len(r.snapshots),
            t(_("Terbaru")): day(r.snapshots[-1].reference_date, language()),
            t(_("Catatan")): r.note,
            t(_("Sidik berkas")): r.database[:12],
            t(_("Kontrak data")): r.contract[:12],
            t(_("Aturan perlindungan")): r.policy,
        }
        for r in reversed(shelved.sound)
    ]
    st.dataframe(rows, hide_index=True, key="releases")
    if shelved.damaged:
        st.warning(t(_("Rilis yang rusak: {names}."), names=", ".join(shelved.damaged)), icon=":material/broken_image:")
    st.caption(t(_("Rilis tidak pernah diubah. Kembali ke rilis lama: python -m data_access rollback NOMOR")))
