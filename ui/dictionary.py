"""The data dictionary: find a word, read what a level counts and who owns it, take its code list along.

It describes the contract and holds no data, so every role reads all of it; what the viewer may use is marked.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any, Literal

import streamlit as st

from data_access.access.scope import scope
from data_access.access.viewer import Viewer
from data_access.contract import Dataset, Dimension, Level, contract
from data_access.errors import AsnError
from data_access.words import day, inside, number
from data_access.words import mark as _
from reports import code_lists
from reports.origin import PARTIES
from ui import filters
from ui.lookup import Found, search
from ui.role_matrix import SENSITIVITY
from ui.session import language, t

SEARCH, DIMENSION, LEVEL, READ = "kamus_cari", "kamus_dimensi", "kamus_tingkat", "asn_dictionary_read"
LONGEST = 80
FOUND_ROWS, CODE_ROWS, ROW_PIXELS = 6, 14, 35
FACT_PIXELS = 150
LATTICE = {
    "always": _("ada di setiap rilis"),
    "fallback": _("pengganti bila tingkat yang lebih rinci ditolak"),
    "never": _("dijumlahkan dari tingkat yang lebih rinci"),
}


def usable(viewer: Viewer, dataset: str) -> frozenset[str]:
    """The levels that the viewer may use today; none without a right or an agreement in force."""
    try:
        return scope(viewer, dataset).levels
    except AsnError:
        return frozenset()


def look_up(dataset: Dataset, mine: frozenset[str]) -> None:
    """Search, the dimensions that it leaves, and the chosen level. The address holds text and level."""
    _follow_address(dataset)
    typed = st.text_input(
        t(_("Cari istilah, kode, atau nama")),
        key=SEARCH,
        max_chars=LONGEST,
        icon=":material/search:",
        placeholder=t(_("misalnya: Kab. Bandung, III/d, guru, BUP")),
    )
    found = search(dataset.name, typed)
    if not found.levels:
        st.info(t(_("Tidak ada yang cocok. Coba kata yang lebih pendek atau kodenya.")), icon=":material/search_off:")
        _write_address(typed, "")
        return
    if found.codes:
        _found_codes(found)
    level = _chosen(dataset, found)
    _write_address(typed, level.name)
    _described(dataset, level, may_use=level.name in mine)


def _follow_address(dataset: Dataset) -> None:
    """On the first run, and after a step back in the browser, the address decides; what it names wrongly falls back."""
    given = st.query_params.to_dict()
    if given == st.session_state.get(READ):
        return
    st.session_state[SEARCH] = given.get("cari", "")[:LONGEST]
    level = given.get("tingkat", "")
    if level in dataset.levels:
        st.session_state[DIMENSION], st.session_state[LEVEL] = dataset.dimension_of[level], level


def _write_address(typed: str, level: str) -> None:
    wanted = {name: value for name, value in (("cari", typed), ("tingkat", level)) if value}
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)
    st.session_state[READ] = wanted


def _found_codes(found: Found) -> None:
    """The codes that the search names, closest first."""
    count = number(len(found.codes), language())
    st.markdown(f"**{t(_('{count} kode cocok'), count=count)}**")
    rows = [
        {
            t(_("Kode")): hit.code.code,
            t(_("Arti")): hit.code.label.text(language()),
            t(_("Tingkat")): _text(hit.level.label),
            t(_("Termasuk")): _parent_label(hit.level, hit.code.parent),
        }
        for hit in found.codes
    ]
    st.dataframe(rows, hide_index=True, height=_height(len(rows), most=FOUND_ROWS), key="kamus_temuan")


def _chosen(dataset: Dataset, found: Found) -> Level:
    """One level of those found, by its dimension first. A choice that the search no longer holds gives way to the best."""
    names = {level.name for level in found.levels}
    best = found.codes[0].level if found.codes else found.levels[0]
    held = {d.name: [level for level in d.levels if level.name in names] for d in dataset.dimensions}
    offered = [d for d in dataset.dimensions if held[d.name]]
    if st.session_state.get(DIMENSION) not in [d.name for d in offered]:
        st.session_state[DIMENSION], st.session_state[LEVEL] = dataset.dimension_of[best.name], best.name
    labels = {d.name: _text(d.label) for d in offered}
    dimension = st.pills(t(_("Dimensi")), list(labels), format_func=labels.__getitem__, key=DIMENSION, required=True)
    levels = {level.name: level for level in held[str(dimension)]}
    if st.session_state.get(LEVEL) not in levels:
        st.session_state[LEVEL] = best.name if best.name in levels else next(iter(levels))
    if len(levels) == 1:
        return next(iter(levels.values()))
    chosen = st.segmented_control(
        t(_("Tingkat, dari kasar ke rinci")),
        list(levels),
        format_func=lambda name: _text(levels[name].label),
        key=LEVEL,
        required=True,
    )
    return levels[str(chosen)]


def _described(dataset: Dataset, level: Level, *, may_use: bool) -> None:
    """What one level counts, how it is protected and derived, and its codes."""
    dimension = next(d for d in dataset.dimensions if level in d.levels)
    with st.container(border=True, key="kamus_rincian"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.subheader(_text(level.label), anchor=False, width="content")
            _mark(may_use=may_use)
        st.markdown(_text(level.definition))
        _facts(_facts_of(dataset, dimension, level))
        count = number(len(level.codes), language())
        st.markdown(f"**{t(_('Daftar kode lengkap ({count})'), count=count)}**")
        st.dataframe(
            _code_rows(level), hide_index=True, height=_height(len(level.codes), most=CODE_ROWS), key="kamus_kode"
        )
        _downloads(dataset, level)


def _mark(*, may_use: bool) -> None:
    if may_use:
        st.badge(t(_("Dapat Anda gunakan")), icon=":material/check:", color="green")
    else:
        st.badge(t(_("Di luar hak akses Anda")), icon=":material/lock:", color="gray")


def _facts_of(dataset: Dataset, dimension: Dimension, level: Level) -> dict[str, str]:
    above = _text(dataset.levels[level.parent].label) if level.parent else t(_("tidak ada"))
    return {
        t(_("Pemilik data")): PARTIES[dataset.owner],
        t(_("Kepekaan")): t(SENSITIVITY[dimension.sensitivity]),
        t(_("Angka nasional")): _exactness(dataset, level),
        t(_("Asal")): _origin(dataset, level),
        t(_("Tingkat di atasnya")): above,
        t(_("Dalam rilis")): t(LATTICE[level.lattice]),
        t(_("Nama kolom")): f"`{level.name}`",
    }


def _exactness(dataset: Dataset, level: Level) -> str:
    """Whether totals by this level are official: it is printed itself, or is the sum of a level that is."""
    if dataset.exact:
        return t(_("tepat"))
    printed = [levels[0] for levels in dataset.public.all if len(levels) == 1]
    official = any(dataset.refines(name, level.name) for name in printed)
    return t(_("resmi, tepat")) if official else t(_("terlindung"))


def _origin(dataset: Dataset, level: Level) -> str:
    if level.delivered:
        return t(_("dikirim pemilik data"))
    return t(_("diturunkan dari {level}"), level=inside(_text(dataset.carrier(level.name).label)))


def _facts(facts: Mapping[str, str]) -> None:
    """Facts side by side, as many as the screen has room for."""
    with st.container(horizontal=True, gap="small"):
        for name, value in facts.items():
            st.markdown(f":small[:gray[{name}]]  \n{value}", width=FACT_PIXELS)


def _code_rows(level: Level) -> list[dict[str, Any]]:
    """The code list; columns that would be empty throughout are left out."""
    other = "en" if language() == "id" else "id"
    rows = [
        {
            t(_("Kode")): code.code,
            t(_("Arti")): code.label.text(language()),
            t(_("Dalam bahasa Inggris")) if other == "en" else t(_("Dalam bahasa Indonesia")): (
                code.label.text(other) if code.label.id != code.label.en else ""
            ),
            t(_("Termasuk")): _parent_label(level, code.parent),
            t(_("Berlaku sejak")): day(code.valid_from, language()) if code.valid_from else "",
        }
        for code in level.codes
    ]
    filled = [name for name in rows[0] if any(row[name] for row in rows)]
    return [{name: row[name] for name in filled} for row in rows]


def _parent_label(level: Level, parent: str | None) -> str:
    if not level.parent or parent is None:
        return ""
    levels = next(d.levels for d in contract().datasets.values() if level.name in d.levels)
    return _text(levels[level.parent].by_code[parent].label)


def _height(rows: int, *, most: int) -> int | Literal["content"]:
    """All rows if they are few, else a window of `most` to scroll in."""
    return "content" if rows <= most else ROW_PIXELS * (most + 1)


def _downloads(dataset: Dataset, level: Level) -> None:
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            t(_("Unduh kode ini (CSV)")),
            partial(code_lists.one_level, dataset, level),
            file_name=code_lists.file_name(dataset, level),
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            t(_("Unduh semua kode (CSV)")),
            partial(code_lists.all_levels, list(contract().datasets.values())),
            file_name=f"kode-semua-v{dataset.version}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            type="tertiary",
        )


def every_level(dataset: Dataset, mine: frozenset[str]) -> None:
    """All levels at a glance."""
    rows = [
        {
            t(_("Dimensi")): _text(dimension.label),
            t(_("Tingkat")): _text(level.label),
            t(_("Dapat Anda gunakan")): level.name in mine,
            t(_("Kepekaan")): t(SENSITIVITY[dimension.sensitivity]),
            t(_("Jumlah kode")): len(level.codes),
            t(_("Angka nasional")): _exactness(dataset, level),
            t(_("Asal")): _origin(dataset, level),
            t(_("Nama kolom")): level.name,
        }
        for dimension in dataset.dimensions
        for level in dimension.levels
    ]
    with st.expander(t(_("Semua tingkat dalam satu tabel ({count})"), count=len(rows)), icon=":material/list:"):
        st.dataframe(rows, hide_index=True, height="content", key="kamus_semua")


def _text(label: Any) -> str:
    return str(label.text(language()))


def choose() -> Dataset:
    """The dataset to look into: the only one, or the one chosen."""
    known = contract().datasets
    if len(known) == 1:
        return next(iter(known.values()))
    labels = {name: _text(dataset.label) for name, dataset in known.items()}
    return known[filters.one_of(t(_("Himpunan data")), list(known), labels.__getitem__, key="dictionary_dataset")]
