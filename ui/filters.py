"""Choosers of dates, places, levels and codes. None of them ever lists a member outside the viewer's scope."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import streamlit as st

from data_access.access.scope import Scope, levels_in_order
from data_access.contract import contract
from data_access.words import mark as _
from ui.frame import long_day
from ui.session import language, t

NOWHERE = ""
YEAR = 365


def hold(key: str, options: Sequence[object]) -> None:
    """The choice stays while the words of its options change, as with the language: set here, the browser writes it anew.

    One that is no longer offered gives way to the first.
    """
    if options:
        now = st.session_state.get(key)
        st.session_state[key] = now if now in options else options[0]


def period(held: tuple[date, ...], key: str) -> date:
    """One reference date, the latest first."""
    days = sorted(held, reverse=True)
    hold(key, days)
    chosen = st.selectbox(t(_("Tanggal acuan")), days, format_func=long_day, key=key)
    return chosen if chosen in held else max(held)


def two_periods(held: tuple[date, ...], key: str) -> tuple[date | None, date]:
    """An earlier and a later date, by default the last and the one a year or so before; no earlier one if one is held."""
    if len(held) < 2:
        return None, held[-1]
    since, until = f"{key}_before", f"{key}_now"
    days = sorted(held)
    if st.session_state.get(since) not in days[:-1]:
        st.session_state[since] = min(days[:-1], key=lambda day: (abs((days[-1] - day).days - YEAR), day))
    hold(since, days[-2::-1])
    before = st.selectbox(t(_("Sejak")), days[-2::-1], format_func=long_day, key=since) or days[0]
    later = [day for day in reversed(days) if day > before]
    hold(until, later)
    return before, st.selectbox(t(_("Sampai")), later, format_func=long_day, key=until) or later[0]


def place(scope: Scope, key: str) -> dict[str, tuple[str, ...]]:
    """A province as a filter; the whole reach of the viewer if none is chosen."""
    everywhere = t(_("Seluruh Indonesia")) if scope.rows is None else t(_("Seluruh provinsi Anda"))
    names = labels("provinsi", scope)
    options = [NOWHERE, *names]
    hold(key, options)
    chosen = st.selectbox(t(_("Provinsi")), options, format_func=lambda code: names.get(code, everywhere), key=key)
    # After the language has changed, the browser may send the words of the other language once.
    if chosen in names:
        return {"provinsi": (chosen,)}
    return {scope.rows.level: scope.rows.codes} if scope.rows else {}


def labels(level: str, scope: Scope) -> dict[str, str]:
    """Code -> label of the members within reach, in the order of the code list."""
    known = contract().datasets[scope.dataset].levels[level].by_code
    return {code: known[code].label.text(language()) for code in scope.members(level)}


def level_names(scope: Scope) -> dict[str, str]:
    """Level -> label, coarse to fine within its dimension, for every level within reach."""
    dataset = contract().datasets[scope.dataset]
    return {name: dataset.levels[name].label.text(language()) for name in levels_in_order(scope)}


def level(scope: Scope, wanted: tuple[str, ...], *, label: str, key: str) -> str:
    """One of the wanted levels that are within reach, in the order given."""
    names = level_names(scope)
    options = [name for name in wanted if name in names]
    hold(key, options)
    return st.selectbox(label, options, format_func=names.__getitem__, key=key) or options[0]


def switch(options: dict[str, str], *, label: str, key: str) -> str:
    """One of a few ways (value -> words) side by side, the first to begin with; nothing to choose where there is only one."""
    names = list(options)
    if len(names) == 1:
        return names[0]
    if st.session_state.get(key) not in names:
        st.session_state[key] = names[0]
    return st.segmented_control(label, names, required=True, format_func=options.__getitem__, key=key) or names[0]


def place_name(place: Mapping[str, tuple[str, ...]], scope: Scope) -> str:
    """The chosen place in words; empty for all of Indonesia."""
    names = labels("provinsi", scope)
    return ", ".join(names[code] for code in place.get("provinsi", ()))


def year_before(period: date, held: Iterable[date]) -> date | None:
    """The reference date nearest to a year before, if one lies within three months of it."""
    near = [(abs((period - day).days - YEAR), day) for day in held if day < period]
    return min((one for one in near if one[0] <= YEAR // 4), default=(0, None))[1]
