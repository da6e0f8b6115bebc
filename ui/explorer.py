"""The choosers of the explorer: they start from the address and write the view back to it."""

from datetime import date

import streamlit as st

from data_access.access.scope import Scope
from data_access.contract import contract
from data_access.words import inside, short_day
from data_access.words import mark as _
from ui import filters
from ui.frame import long_day
from ui.result import PROPOSED
from ui.session import language, t
from ui.view import DATASET, View, read

__all__ = ["CHART_KEY", "DATASET", "chips", "choose", "title"]
READ = "asn_explorer_read"
CHART_KEY, SHAPE = "x_chart", "asn_explorer_shape"
SHOWN_IN_CHIP = 3


def choose(scope: Scope, held: tuple[date, ...]) -> View:
    """The view that the choosers stand for. On the first run, and after a step back in the browser, the address decides."""
    given = {name: st.query_params.get_all(name) for name in st.query_params}
    if given != st.session_state.get(READ):
        view, kept = read(given, scope, held)
        _set(view)
        if not kept:
            st.info(
                t(_("Sebagian pilihan di alamat tidak tersedia; ditampilkan pilihan terdekat.")), icon=":material/info:"
            )
    view = _chosen(scope, held)
    _write(view)
    return view


def _set(view: View) -> None:
    """Puts a view into the choosers."""
    st.session_state["x_rows"] = view.rows
    st.session_state["x_columns"] = view.columns
    st.session_state["x_periods"] = list(view.periods)
    st.session_state[CHART_KEY] = view.chart or None
    st.session_state["x_filters"] = list(view.filters)
    for level, codes in view.filters.items():
        st.session_state[f"x_codes_{level}"] = list(codes)


def _chosen(scope: Scope, held: tuple[date, ...]) -> View:
    names = filters.level_names(scope)
    dimension_of = contract().datasets[scope.dataset].dimension_of
    with st.container(border=True):
        first, second, third = st.columns(3)
        rows = first.selectbox(t(_("Baris")), list(names), format_func=names.__getitem__, key="x_rows")
        others = ["", *(n for n in names if dimension_of[n] != dimension_of[rows])]
        if st.session_state.get("x_columns") not in others:
            st.session_state["x_columns"] = ""
        nothing = t(_("(tanpa kolom)"))
        columns = second.selectbox(
            t(_("Kolom")), others, format_func=lambda name: names.get(name, nothing), key="x_columns"
        )
        periods = third.multiselect(
            t(_("Tanggal acuan")),
            list(reversed(held)),
            format_func=long_day,
            key="x_periods",
            placeholder=t(_("Terbaru")),
        )
        chosen = st.multiselect(
            t(_("Saringan")),
            list(names),
            format_func=names.__getitem__,
            key="x_filters",
            placeholder=t(_("Tanpa saringan")),
        )
        picked = {level: _codes(level, names[level], scope) for level in chosen}
    kept = {level: codes for level, codes in picked.items() if codes}
    chart = _chart((rows, columns, len(periods) > 1))
    return View(rows=rows, columns=columns, filters=kept, periods=tuple(sorted(periods)), chart=chart)


def _chart(shape: tuple[str, str, bool]) -> str:
    """The chart that somebody chose; a choice made for another shape of question gives way to the proposed one."""
    if st.session_state.get(SHAPE, shape) != shape:
        st.session_state.pop(CHART_KEY, None)
    st.session_state[SHAPE] = shape
    chosen = st.session_state.get(CHART_KEY)
    return "" if chosen is None or chosen == st.session_state.get(PROPOSED) else str(chosen)


def _codes(level: str, name: str, scope: Scope) -> tuple[str, ...]:
    labels = filters.labels(level, scope)
    chosen = st.multiselect(
        name, list(labels), format_func=labels.__getitem__, key=f"x_codes_{level}", placeholder=t(_("Semua"))
    )
    return tuple(chosen)


def _write(view: View) -> None:
    params = view.params()
    now = {name: st.query_params.get_all(name) for name in st.query_params}
    wanted = {name: [value] if isinstance(value, str) else list(value) for name, value in params.items()}
    if now != wanted:
        st.query_params.from_dict(params)
    st.session_state[READ] = wanted


def chips(view: View, scope: Scope) -> None:
    """The active choice in view, so that a figure is never read without its filter."""
    if not view.filters:
        return
    names = filters.level_names(scope)
    with st.container(horizontal=True, gap="small"):
        for level, codes in view.filters.items():
            labels = filters.labels(level, scope)
            shown = ", ".join(labels[code] for code in codes[:SHOWN_IN_CHIP])
            more = f" +{len(codes) - SHOWN_IN_CHIP}" if len(codes) > SHOWN_IN_CHIP else ""
            st.badge(f"{names[level]}: {shown}{more}", icon=":material/filter_alt:", color="gray")


def title(view: View, scope: Scope) -> str:
    """What the figure shows, in words."""
    names = filters.level_names(scope)
    head = t(_("Jumlah ASN menurut {rows}"), rows=inside(names[view.rows]))
    if view.columns:
        head = t(
            _("Jumlah ASN menurut {rows} dan {columns}"),
            rows=inside(names[view.rows]),
            columns=inside(names[view.columns]),
        )
    if len(view.periods) == 1:
        return f"{head}, {short_day(view.periods[0], language())}"
    return head
