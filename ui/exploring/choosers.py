"""The choosers of the explorer: they start from the address and write the view back to it.

A choice that would not be published says so in its own words before it is made.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

import streamlit as st

from data_access.access.offered import Hindrance, offered
from data_access.access.query import Query
from data_access.access.scope import Scope
from data_access.contract import contract
from data_access.words import mark as _
from ui import filters
from ui.exploring import steps
from ui.exploring.address import read
from ui.exploring.measures import COMPARING, MEASURES, PERSONS
from ui.exploring.nearest import Lattice
from ui.exploring.view import BY_TOTAL, TOPS, View, compared, measures, settled
from ui.frame import long_day
from ui.result import PROPOSED
from ui.session import t

CHART_KEY, SHAPE = "x_chart", "asn_explorer_shape"
LOST = _("Sebagian pilihan di alamat tidak tersedia; ditampilkan pilihan terdekat.")
HINDRANCES = {
    "too-many-dimensions": _("melebihi batas dimensi peran Anda"),
    "place-needed": _("perlu disertai provinsi"),
    "dimension-twice": _("dimensinya sudah dipakai"),
}


def choose(scope: Scope, lattice: Lattice) -> View:
    """The view that the choosers stand for. On the first run, and after a step back in the browser, the address decides."""
    given = steps.given()
    if steps.is_new(given):
        view, kept = read(given, scope, lattice.held)
        _set(view)
        if not kept:
            st.info(t(LOST), icon=":material/info:")
    view = _chosen(scope, lattice)
    steps.arrived(view)
    return view


def _set(view: View) -> None:
    """Puts a view into the choosers."""
    kept: dict[str, object] = {
        "rows": view.rows[0],
        "rows2": "".join(view.rows[1:]),
        "columns": view.columns,
        "filters": list(view.filters),
        "periods": list(view.periods),
        "measure": view.measure,
        "against": view.against,
        "sort": view.sort,
        "top": view.top,
        "chart": view.chart or None,
    }
    for name, value in kept.items():
        st.session_state[f"x_{name}"] = value
    for level, codes in view.filters.items():
        st.session_state[f"x_codes_{level}"] = list(codes)
    st.session_state[SHAPE] = _shape(view)


def _chosen(scope: Scope, lattice: Lattice) -> View:
    names = filters.level_names(scope)
    with st.container(border=True):
        view = _crossed(scope, lattice, names)
        first, second = st.columns([1, 2])
        with first:
            view = replace(view, periods=_periods(lattice.held))
        with second:
            view = replace(view, filters=_filters(view, scope, lattice, names))
        view = _measured(view, scope, lattice)
    return replace(view, chart=_chart(view))


def _now(key: str, default: str = "") -> str:
    return str(st.session_state.get(key) or default)


def _crossed(scope: Scope, lattice: Lattice, names: Mapping[str, str]) -> View:
    """Rows, the rows below them and columns; a level whose dimension is used further left is not listed."""
    dimension_of = contract().datasets[scope.dataset].dimension_of
    kept = tuple(level for level in st.session_state.get("x_filters", []) if level in scope.levels)
    where = {level: scope.members(level)[:1] for level in kept}
    extra = MEASURES[_now("x_measure", PERSONS)].extra if _now("x_measure", PERSONS) in MEASURES else ""
    slots = st.columns(3)
    taken: list[str] = []
    for place, key in enumerate(("x_rows", "x_rows2", "x_columns")):
        used = {dimension_of[level] for level in taken}
        free = [name for name in names if dimension_of[name] not in used]
        later = [_now(other) for other in ("x_rows", "x_rows2", "x_columns")[place + 1 :]]
        beside = (*taken, *(level for level in later if level in scope.levels), *([extra] if extra else []))
        against = offered(scope, Query(scope.dataset, by=beside, where=where), _dates(lattice.held), lattice.admitted)
        options = _hindered_last(free, against)
        taken += filter(None, [_level(slots[place], key, options, _worded(names, against))])
    columns = _now("x_columns")
    rows = tuple(level for level in taken if level != columns)
    return View(rows=rows, columns=columns, dataset=scope.dataset)


LEVELS = {
    "x_rows": (_("Baris"), ""),
    "x_rows2": (_("Rincian baris"), _("(tanpa rincian)")),
    "x_columns": (_("Kolom"), _("(tanpa kolom)")),
}


def _level(slot: st.delta_generator.DeltaGenerator, key: str, options: list[str], worded: Callable[[str], str]) -> str:
    title, nothing = LEVELS[key]
    every = ["", *options] if nothing else options
    return filters.one_of(t(title), every, lambda name: worded(name) if name else t(nothing), key=key, slot=slot)


def _hindered_last(names: list[str], against: Mapping[str, Hindrance | None]) -> list[str]:
    return sorted(names, key=lambda name: bool(_told(against.get(name))))


def _told(hindrance: Hindrance | None) -> Hindrance | None:
    """A dimension that is used further right is no hindrance: it gives way."""
    return None if hindrance is None or hindrance.reason == "dimension-twice" else hindrance


def _worded(names: Mapping[str, str], against: Mapping[str, Hindrance | None]) -> Callable[[str], str]:
    def worded(name: str) -> str:
        found = _told(against.get(name))
        return f"{names[name]} · ⊘ {why(found, names)}" if found else names[name]

    return worded


def why(hindrance: Hindrance, names: Mapping[str, str]) -> str:
    """The hindrance in a few words, to stand behind the name of a level."""
    if hindrance.reason in HINDRANCES:
        return t(HINDRANCES[hindrance.reason])
    beside = [names[level] for level in hindrance.beside if level in names]
    if not beside:
        return t(_("tidak diterbitkan dengan pilihan ini"))
    return t(_("tidak diterbitkan bersama {levels}"), levels=" / ".join(beside))


def _dates(held: tuple[date, ...]) -> tuple[date, ...]:
    chosen = tuple(day for day in held if day in st.session_state.get("x_periods", []))
    return chosen or held[-1:]


def _periods(held: tuple[date, ...]) -> tuple[date, ...]:
    chosen = st.multiselect(
        t(_("Tanggal acuan")),
        list(reversed(held)),
        format_func=long_day,
        key="x_periods",
        placeholder=t(_("Terbaru")),
    )
    return tuple(sorted(chosen))


def _filters(view: View, scope: Scope, lattice: Lattice, names: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    kept = [level for level in st.session_state.get("x_filters", []) if level in names]
    where = {level: scope.members(level)[:1] for level in kept}
    asked = Query(scope.dataset, by=view.crossed, where=where)
    against = offered(scope, asked, _dates(lattice.held), lattice.admitted, as_filter=True)
    st.session_state["x_filters"] = kept
    chosen = st.multiselect(
        t(_("Saringan")),
        [*kept, *_hindered_last([name for name in names if name not in kept], against)],
        format_func=lambda name: names[name] if name in kept else _worded(names, against)(name),
        key="x_filters",
        placeholder=t(_("Tanpa saringan")),
    )
    picked = {level: _codes(level, names[level], scope) for level in chosen}
    return {level: codes for level, codes in picked.items() if codes}


def _codes(level: str, name: str, scope: Scope) -> tuple[str, ...]:
    labels = filters.labels(level, scope)
    chosen = st.multiselect(
        name, list(labels), format_func=labels.__getitem__, key=f"x_codes_{level}", placeholder=t(_("Semua"))
    )
    return tuple(chosen)


def _measured(view: View, scope: Scope, lattice: Lattice) -> View:
    """Measure, date to compare with, order and top N: they follow from what is crossed."""
    slots = st.columns(4)
    with slots[0]:
        view = replace(view, measure=_measure(view, scope, lattice))
    with slots[1]:
        view = replace(view, sort=_sort(view, scope))
    with slots[2]:
        view = replace(view, top=_top())
    dates = compared(view, lattice.held)
    if view.measure in COMPARING and dates:
        earlier = [day for day in reversed(lattice.held) if day < dates[0]]
        with slots[3]:
            view = replace(view, against=_against(earlier))
    return settled(view, scope, lattice.held)


def _measure(view: View, scope: Scope, lattice: Lattice) -> str:
    fitting = measures(view, scope, lattice.held)
    hindered = {name for name in fitting if lattice.against(replace(view, measure=name), scope)}
    if PERSONS in hindered:  # the whole view is not published: that is told in place of the figure
        hindered = set()
    options = sorted(fitting, key=lambda name: name in hindered)
    tail = " · ⊘ " + t(_("tidak diterbitkan dengan pilihan ini"))
    return filters.one_of(
        t(_("Ukuran")),
        options,
        lambda name: t(MEASURES[name].name) + (tail if name in hindered else ""),
        key="x_measure",
    )


def _sort(view: View, scope: Scope) -> str:
    """The order of rows: that of the code list, or by the value of the total or of one column."""
    members = filters.labels(view.columns, scope) if view.columns else {}
    names = {"": t(_("Urutan baku")), BY_TOTAL: t(_("Nilai terbesar"))} | {
        code: t(_("Kolom {name}"), name=name) for code, name in members.items()
    }
    return filters.one_of(t(_("Urutan baris")), list(names), names.__getitem__, key="x_sort")


def _top() -> int:
    return filters.one_of(
        t(_("Tampilkan")),
        list(TOPS),
        lambda top: t(_("{top} terbesar dan lainnya"), top=top) if top else t(_("Semua baris")),
        key="x_top",
    )


def _against(earlier: list[date]) -> date:
    if st.session_state.get("x_against") not in earlier:
        st.session_state["x_against"] = earlier[0]
    return st.selectbox(t(_("Dibandingkan dengan")), earlier, format_func=long_day, key="x_against")


def _shape(view: View) -> str:
    return f"{view.rows} {view.columns} {len(view.periods) > 1}"


def _chart(view: View) -> str:
    """The chart that somebody chose; a choice made for another shape of question gives way to the proposed one."""
    if st.session_state.get(SHAPE, _shape(view)) != _shape(view):
        st.session_state.pop(CHART_KEY, None)
    st.session_state[SHAPE] = _shape(view)
    chosen = st.session_state.get(CHART_KEY)
    return "" if chosen is None or chosen == st.session_state.get(PROPOSED) else str(chosen)
