"""Releases and snapshots, from their signed manifests, and the way back to an earlier release."""

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from data_access.access import measures
from data_access.access.gateway import ask
from data_access.access.query import Query
from data_access.access.viewer import Viewer
from data_access.contract import contract
from data_access.errors import AsnError
from data_access.governance.refresh_requests import SHORTEST_REASON
from data_access.keys import ring
from data_access.release import shelf
from data_access.release.manifest import ReleaseManifest, Snapshot
from data_access.release.shelf import Shelved
from data_access.settings import settings
from data_access.words import day, inside, moment, number, short_day
from data_access.words import mark as _
from ui.frame import release
from ui.session import language, t

MISSING = "–"
LONGEST_REASON = 500
KEYS = {"delivered": _("dari pemilik data"), "pseudo": _("semu"), "none": _("tidak perlu")}


def shelved() -> Shelved:
    """All releases as they stand on the shelf now."""
    return shelf.listed(settings().releases, ring(settings().keys, "manifest"))


def snapshots(viewer: Viewer, known: Shelved) -> None:
    """The snapshots of the release being served, the newest first: since when, from whom and why; totals as far as seen."""
    served = sorted(release().snapshots, key=lambda s: (s.reference_date, s.dataset), reverse=True)
    totals = {name: _totals(viewer, name, release().periods(name)) for name in {s.dataset for s in served}}
    rows = [_snapshot_row(s, totals[s.dataset][s.reference_date], known) for s in served]
    st.dataframe(rows, hide_index=True, key="snapshots")
    with st.expander(t(_("Rincian teknis"))):
        st.dataframe([_technical_row(s) for s in served], hide_index=True, key="snapshots_technical")


def _snapshot_row(snapshot: Snapshot, total: str, known: Shelved) -> dict[str, str]:
    first = first_with(snapshot, known.sound)
    return {
        t(_("Himpunan data")): contract().datasets[snapshot.dataset].label.text(language()),
        t(_("Tanggal acuan")): day(snapshot.reference_date, language()),
        t(_("Jumlah")): total,
        t(_("Revisi")): _revision(snapshot),
        t(_("Sejak rilis")): first.id if first else MISSING,
        t(_("Terbit")): moment(first.created_at, language()) if first else MISSING,
        t(_("Oleh")): first.created_by if first else MISSING,
        t(_("Alasan")): (first.note if first else "") or MISSING,
    }


def _technical_row(snapshot: Snapshot) -> dict[str, str]:
    return {
        t(_("Himpunan data")): contract().datasets[snapshot.dataset].label.text(language()),
        t(_("Tanggal acuan")): day(snapshot.reference_date, language()),
        t(_("Sifat")): t(_("DATA CONTOH")) if snapshot.example else t(_("data sebenarnya")),
        t(_("Kombinasi diterbitkan")): number(snapshot.admitted, language()),
        t(_("Ditolak (sel kecil)")): number(snapshot.refused, language()),
        t(_("Kunci rekaman")): t(KEYS[snapshot.keys]),
        t(_("Sidik kiriman")): snapshot.delivery[:12],
    }


def first_with(snapshot: Snapshot, sound: Sequence[ReleaseManifest]) -> ReleaseManifest | None:
    """The release that brought this revision of the snapshot; None if that one is damaged or gone."""
    marked = (snapshot.reference_date, snapshot.revision)
    return next(
        (r for r in sound if any((s.reference_date, s.revision) == marked for s in r.of(snapshot.dataset))), None
    )


def _totals(viewer: Viewer, dataset: str, held: tuple[date, ...]) -> dict[date, str]:
    """The official total of each date through the one door; "–" where this viewer may not see it.

    Of a dataset whose codes are never added up it is the number that stands for it, with what it counts.
    """
    try:
        described = contract().datasets[dataset]
        where = {level: (code,) for level, code in described.headline.items()}
        result = ask(viewer, Query(dataset, where=where, periods=held))
    except AsnError:
        return dict.fromkeys(held, MISSING)
    named = ", ".join(
        described.levels[level].by_code[code].label.text(language()) for level, code in described.headline.items()
    )
    values = {one: measures.total(result, one) for one in held}
    told = {one: MISSING if value is None else number(value, language()) for one, value in values.items()}
    return {one: f"{value} ({named})" if named else value for one, value in told.items()}


def releases(known: Shelved) -> None:
    """Every release, the newest first, with the one being served marked, the chain behind it, and damaged ones named."""
    st.dataframe([_release_row(r, known.current) for r in reversed(known.sound)], hide_index=True, key="releases")
    if known.damaged:
        st.warning(t(_("Rilis yang rusak: {names}."), names=", ".join(known.damaged)), icon=":material/broken_image:")
    st.caption(_chain_in_words(chain(known)))
    with st.expander(t(_("Rincian teknis"))):
        rows = [
            {
                t(_("Rilis")): r.id,
                t(_("Sidik berkas")): r.database[:12],
                t(_("Kontrak data")): r.contract[:12],
                t(_("Aturan perlindungan")): r.policy,
            }
            for r in reversed(known.sound)
        ]
        st.dataframe(rows, hide_index=True, key="releases_technical")


def _release_row(manifest: ReleaseManifest, current: str) -> dict[str, str]:
    return {
        t(_("Rilis")): manifest.id,
        t(_("Keadaan")): t(_("disajikan")) if manifest.id == current else "",
        t(_("Terbit")): moment(manifest.created_at, language()),
        t(_("Oleh")): manifest.created_by,
        t(_("Menggantikan")): manifest.previous or t(_("rilis pertama")),
        t(_("Snapshot")): _held(manifest.snapshots),
        t(_("Alasan")): manifest.note or MISSING,
    }


def _revision(snapshot: Snapshot) -> str:
    """A snapshot as it was first delivered has revision 0."""
    return t(_("revisi {number}"), number=snapshot.revision) if snapshot.revision else t(_("asli"))


def _held(snapshots: Sequence[Snapshot]) -> str:
    """Of each dataset how many dates, from when to when, and which of them are revisions."""
    datasets = dict.fromkeys(snapshot.dataset for snapshot in snapshots)
    parts = ((name, _dates([s for s in snapshots if s.dataset == name])) for name in datasets)
    return "; ".join(f"{contract().datasets[name].label.text(language())}, {told}" for name, told in parts)


def _dates(snapshots: Sequence[Snapshot]) -> str:
    first, last = (short_day(s.reference_date, language()) for s in (snapshots[0], snapshots[-1]))
    span = first if len(snapshots) == 1 else f"{first} – {last}"
    revised = [f"{short_day(s.reference_date, language())} ({_revision(s)})" for s in snapshots if s.revision]
    return "; ".join([t(_("{count} tanggal: {span}"), count=len(snapshots), span=span), *revised])


def chain(known: Shelved) -> list[str]:
    """The release being served and those it was built on, newest first, as far as they can be read."""
    by_name = {r.id: r for r in known.sound}
    found: list[str] = []
    name: str | None = known.current
    while name in by_name and name not in found:
        found.append(str(name))
        name = by_name[str(name)].previous
    return found


def _chain_in_words(names: Sequence[str]) -> str:
    told = t(_("Rilis tidak pernah diubah atau dihapus; yang baru menggantikan yang lama."))
    if len(names) < 2:
        return told
    return f"{told} {t(_('Rilis yang disajikan dan pendahulunya: {chain}.'), chain=' ← '.join(names))}"


def rollback_form(releases: Sequence[ReleaseManifest], current: str, on_confirm: Callable[[str, str], None]) -> None:
    """Choose another release, read what serving it would change, give a reason; then `on_confirm(release, reason)`."""
    others = {r.id: r for r in reversed(releases) if r.id != current}
    served = next((r for r in releases if r.id == current), None)
    with st.container(border=True, key="rollback"):
        st.subheader(t(_("Sajikan rilis lain")), anchor=False)
        if not others:
            st.info(t(_("Belum ada rilis lain untuk disajikan.")), icon=":material/info:")
            return
        st.markdown(
            t(_("Bila rilis yang disajikan ternyata keliru, kembalilah ke rilis yang benar. Tidak ada yang dihapus."))
        )
        chosen = st.selectbox(
            t(_("Rilis yang akan disajikan")), list(others), format_func=lambda name: title(others[name], current)
        )
        for line in _effect(served, others[chosen]):
            st.markdown(f"- {line}")
        with st.form("rollback_form", border=False):
            reason = st.text_area(
                t(_("Alasan (paling sedikit {least} huruf)"), least=SHORTEST_REASON), max_chars=LONGEST_REASON
            )
            sent = st.form_submit_button(t(_("Sajikan rilis {release}"), release=chosen), icon=":material/undo:")
        told = " ".join(reason.split())
        if sent and len(told) < SHORTEST_REASON:
            st.warning(
                t(_("Tulis alasan yang lebih lengkap; pembaca riwayat perlu memahaminya.")), icon=":material/edit:"
            )
        elif sent:
            on_confirm(chosen, told)


def title(manifest: ReleaseManifest, current: str) -> str:
    """0002 · 24 Nov 2026 17.29 WIB, and whether it is the one being served."""
    served = f" · {t(_('disajikan'))}" if manifest.id == current else ""
    return f"{manifest.id} · {moment(manifest.created_at, language())}{served}"


def _effect(now: ReleaseManifest | None, then: ReleaseManifest) -> list[str]:
    """What readers would lose, find again, or see in another revision."""
    held = {(s.reference_date, s.dataset): s for s in (now.snapshots if now else ())}
    coming = {(s.reference_date, s.dataset): s for s in then.snapshots}
    lost = [_named(held[one]) for one in sorted(held.keys() - coming.keys())]
    back = [_named(coming[one]) for one in sorted(coming.keys() - held.keys())]
    other = [
        _revised(held[one], coming[one])
        for one in sorted(held.keys() & coming.keys())
        if _differ(held[one], coming[one])
    ]
    lines = []
    if lost:
        lines.append(t(_("Tidak lagi tampil: {dates}."), dates=", ".join(lost)))
    if back:
        lines.append(t(_("Tampil kembali: {dates}."), dates=", ".join(back)))
    if other:
        lines.append(t(_("Berganti revisi: {dates}."), dates=", ".join(other)))
    return lines or [t(_("Snapshot dan revisinya sama dengan yang disajikan sekarang."))]


def _named(snapshot: Snapshot) -> str:
    """The date of a snapshot and its dataset."""
    label = contract().datasets[snapshot.dataset].label.text(language())
    return f"{short_day(snapshot.reference_date, language())} ({inside(label)})"


def _differ(one: Snapshot, other: Snapshot) -> bool:
    return one.revision != other.revision


def _revised(before: Snapshot, after: Snapshot) -> str:
    return t(_("{day} dari {before} ke {after}"), day=_named(before), before=_revision(before), after=_revision(after))
