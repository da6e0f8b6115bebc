"""Two releases side by side: the official figures of one level at one date each, and what changed from one to the other.

Both sides are asked through the one door. Protected figures are never compared: see `charts.change_rows`.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from charts import changes
from charts.change_rows import change_rows
from data_access.access import measures
from data_access.access.gateway import ask, reach
from data_access.access.query import Query
from data_access.access.result import Protected
from data_access.access.scope import Scope
from data_access.access.viewer import Viewer
from data_access.contract import contract
from data_access.errors import AsnError
from data_access.release.manifest import ReleaseManifest
from data_access.release.shelf import Shelved
from data_access.words import mark as _
from reports import changes as words
from ui import filters
from ui.frame import failed, long_day
from ui.history import title
from ui.result import CONFIG
from ui.session import dark, language, t

START = "jenis_instansi"
OTHER_DATES = {
    "stock": _(
        "Tanggal acuannya berbeda: perubahan mencakup pegawai yang masuk dan keluar, bukan hanya perbaikan data."
    ),
    "flow": _("Tanggal acuannya berbeda: yang dibandingkan adalah dua periode, bukan perbaikan data."),
}


@dataclass(frozen=True)
class Side:
    """One of the two: a release and the reference date to read in it."""

    release: ReleaseManifest
    day: date


def compare(viewer: Viewer, known: Shelved) -> None:
    """Choosers and the comparison they stand for; one sentence where there is nothing to compare or to show."""
    if len(known.sound) < 2:
        told = t(_("Baru ada satu rilis. Perbandingan tersedia setelah penerbitan berikutnya."))
        st.info(told, icon=":material/info:")
        return
    datasets = in_two_releases(viewer, known)
    if not datasets:
        st.info(t(_("Belum ada dua rilis dengan himpunan data yang sama.")), icon=":material/info:")
        return
    try:
        dataset = _dataset(datasets)
        levels = comparable(reach(viewer, dataset))
        before, after = _sides(known, dataset)
        level = st.selectbox(
            t(_("Menurut")),
            list(levels),
            index=_start(list(levels)),
            format_func=levels.__getitem__,
            key="compare_level",
        )
        _compared(viewer, dataset, before, after, level)
    except AsnError as error:
        failed(error)


def in_two_releases(viewer: Viewer, known: Shelved) -> list[str]:
    """The datasets that the viewer has a right on and that two releases hold, stocks before flows."""
    times = Counter(name for one in known.sound for name in {s.dataset for s in one.snapshots})
    names = [name for name in contract().datasets if name in viewer.role.datasets and times[name] > 1]
    # Where no level alone gives numbers that mean one thing, there is nothing to compare by.
    names = [name for name in names if any(len(levels) == 1 for levels in contract().datasets[name].public.all)]
    return sorted(names, key=lambda name: contract().datasets[name].time != "stock")


def _dataset(names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    labels = {name: contract().datasets[name].label.text(language()) for name in names}
    return filters.one_of(t(_("Himpunan data")), names, labels.__getitem__, key="compare_dataset")


def comparable(scope: Scope) -> dict[str, str]:
    """Level -> its label: those whose totals are official and within the viewer's reach, in the contract's order."""
    dataset = contract().datasets[scope.dataset]
    own = (scope.rows.level,) if scope.rows else ()
    everywhere = dataset.public.all if scope.rows is None else (*dataset.public.national, own)
    official = {levels[0] for levels in everywhere if len(levels) == 1 and levels in dataset.public.all}
    return {
        name: level.label.text(language()) for name, level in dataset.levels.items() if name in official & scope.levels
    }


def usual(known: Shelved) -> tuple[str, str]:
    """The pair to begin with: the predecessor of the release being served, and that release."""
    names = [r.id for r in known.sound]
    after = known.current if known.current in names else names[-1]
    previous = next(r.previous for r in known.sound if r.id == after)
    others = [name for name in names if name != after]
    return (previous if previous in others else others[-1]), after


def telling(before: ReleaseManifest, after: ReleaseManifest, dataset: str) -> tuple[date, date]:
    """The dates to begin with: where the releases differ.

    The latest date that was revised between them; else the newest date that only `after` holds, against the one before it in
    `before`; else the latest that both hold, or the latest of each.
    """
    was, now = ({s.reference_date: s.revision for s in release.of(dataset)} for release in (before, after))
    shared = was.keys() & now.keys()
    revised = max((day for day in shared if was[day] != now[day]), default=None)
    if revised:
        return revised, revised
    newest = max(now.keys() - was.keys(), default=None)
    earlier = max((day for day in was if newest and day < newest), default=None)
    if newest and earlier:
        return earlier, newest
    latest = max(shared, default=None)
    return latest or max(was), latest or max(now)


def _sides(known: Shelved, dataset: str) -> tuple[Side, Side]:
    """Only releases that hold the dataset stand to be chosen."""
    holding = replace(known, sound=tuple(release for release in known.sound if release.of(dataset)))
    by_name = {r.id: r for r in reversed(holding.sound)}
    first, second = usual(holding)
    left, right = st.columns(2, border=True)
    before = _release(left, t(_("Rilis A")), by_name, first, current=known.current, key="compare_before")
    after = _release(right, t(_("Rilis B")), by_name, second, current=known.current, key="compare_after")
    first_day, second_day = telling(before, after, dataset)
    # A key per pair: another pair begins with its own default again.
    pair = f"{dataset}_{before.id}_{after.id}"
    return (
        Side(before, _day(left, before.periods(dataset), first_day, key=f"compare_day_before_{pair}")),
        Side(after, _day(right, after.periods(dataset), second_day, key=f"compare_day_after_{pair}")),
    )


def _release(
    column: DeltaGenerator, label: str, releases: dict[str, ReleaseManifest], start: str, *, current: str, key: str
) -> ReleaseManifest:
    names = list(releases)
    chosen = column.selectbox(
        label,
        names,
        index=names.index(start),
        format_func=lambda name: title(releases[name], current),
        key=key,
    )
    return releases[chosen]


def _day(column: DeltaGenerator, held: Sequence[date], start: date, *, key: str) -> date:
    dates = sorted(held, reverse=True)
    return column.selectbox(t(_("Tanggal acuan")), dates, index=dates.index(start), format_func=long_day, key=key)


def _start(levels: Sequence[str]) -> int:
    return levels.index(START) if START in levels else 0


def _compared(viewer: Viewer, dataset: str, before: Side, after: Side, level: str) -> None:
    was, now = (
        ask(viewer, Query(dataset, by=(level,), periods=(side.day,)), release=side.release.id)
        for side in (before, after)
    )
    _remarks(dataset, before, after)
    missing = [side.release.id for side, result in ((before, was), (after, now)) if _empty(result, side)]
    if missing:
        template = _("Rilis {release} tidak memuat angka resmi menurut pilihan ini. Pilih dimensi lain.")
        st.info(t(template, release=missing[0]), icon=":material/info:")
        return
    rows = change_rows(was, now, language())
    told = words.summary(was, now, rows, language())
    st.markdown(f"##### {told}")
    changed = [row for row in rows if row.persons]
    if changed:
        figure = changes.bars(was, now, language=language(), dark=dark())
        st.plotly_chart(figure, theme=None, config=CONFIG, key="chart_compare", alt=told)
    frame = words.table(was, now, changed or rows, language())
    with st.expander(t(_("Tabel")), expanded=bool(changed)):
        config = {name: st.column_config.TextColumn(name, alignment="right") for name in frame.columns[1:5]}
        st.dataframe(frame, hide_index=True, column_config=config, key="table_compare", alt=told)
    st.caption(
        t(
            _(
                "Hanya angka resmi yang dibandingkan. Selisih dua angka terlindung dari data yang diperbaiki dapat mengungkap "
                "orang tertentu, jadi rilis lama hanya menjawab dengan angka resmi."
            )
        )
    )


def _empty(result: Protected, side: Side) -> bool:
    return measures.total(result, side.day) is None


def _remarks(dataset: str, before: Side, after: Side) -> None:
    """What else lies between the two, so that a change is not taken for a correction."""
    if before == after:
        st.info(t(_("Kedua sisi sama. Pilih rilis atau tanggal lain.")), icon=":material/info:")
    elif before.day != after.day:
        st.info(t(OTHER_DATES[contract().datasets[dataset].time]), icon=":material/info:")
