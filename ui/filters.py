"""Choosers of dates, places, levels and codes. None of them ever lists a member outside the viewer's scope."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data_access.access.scope import Scope, levels_in_order
from data_access.contract import contract
from data_access.words import mark as _
from ui.frame import long_day
from ui.session import language, t

NOWHERE = ""
YEAR = 365
FEW = 3  # provinces that a sentence can name
Code = TypeVar("Code", bound=Hashable)


def one_of(
    label: str,
    options: Sequence[Code],
    worded: Callable[[Code], str],
    *,
    key: str,
    usual: Code | None = None,
    slot: DeltaGenerator | None = None,
) -> Code:
    """One of the options, `usual` (else the first) to begin with; the choice stays when the language changes."""
    hold(key, options, usual)
    words = {code: worded(code) for code in options}
    return (slot or st).selectbox(label, options, format_func=words.__getitem__, key=key)


def hold(key: str, options: Sequence[Code], usual: Code | None = None) -> None:
    """Sets a box to its choice before it is drawn, so that the browser writes it anew, as with the words of another language.

    A choice that is no longer offered gives way; one that was made stays when somebody leaves the page and comes back.
    """
    known = (one for one in (st.session_state.get(key), st.session_state.get(f"{key}_kept"), usual) if one in options)
    put(key, next(known, options[0]))


def put(key: str, code: Hashable) -> None:
    """Makes a code the choice of the box of that key, before the box is drawn."""
    st.session_state[f"{key}_kept"] = st.session_state[key] = code


def period(held: tuple[date, ...], key: str) -> date:
    """One reference date, the latest first."""
    return one_of(t(_("Tanggal acuan")), sorted(held, reverse=True), long_day, key=key)


def two_periods(held: tuple[date, ...], key: str) -> tuple[date | None, date]:
    """An earlier and a later date, by default the last and the one a year or so before; no earlier one if one is held."""
    if len(held) < 2:
        return None, held[-1]
    days = sorted(held)
    earlier, usual = days[-2::-1], min(days[:-1], key=lambda day: (abs((days[-1] - day).days - YEAR), day))
    before = one_of(t(_("Sejak")), earlier, long_day, key=f"{key}_before", usual=usual)
    later = [day for day in reversed(days) if day > before]
    return before, one_of(t(_("Sampai")), later, long_day, key=f"{key}_now")


def place(scope: Scope, key: str) -> dict[str, tuple[str, ...]]:
    """A province as a filter; the whole reach of the viewer if none is chosen."""
    everywhere = t(_("Seluruh Indonesia")) if scope.rows is None else t(_("Seluruh provinsi Anda"))
    names = labels("provinsi", scope)
    chosen = one_of(t(_("Provinsi")), [NOWHERE, *names], lambda code: names.get(code, everywhere), key=key)
    if chosen in names:
        return {"provinsi": (chosen,)}
    return {scope.rows.level: scope.rows.codes} if scope.rows else {}


def agency(scope: Scope, key: str) -> dict[str, tuple[str, ...]]:
    """An agency as a filter; none if none is chosen."""
    names = labels("instansi", scope)
    everyone = t(_("Semua instansi"))
    chosen = one_of(t(_("Instansi")), [NOWHERE, *names], lambda code: names.get(code, everyone), key=key)
    return {"instansi": (chosen,)} if chosen in names else {}


def period_and_place(held: tuple[date, ...], scope: Scope, *, key: str) -> tuple[date, dict[str, tuple[str, ...]]]:
    """The two choosers side by side with which most pages begin; their keys are `key`_period and `key`_place."""
    with st.container(horizontal=True):
        return period(held, key=f"{key}_period"), place(scope, key=f"{key}_place")


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
    return one_of(label, options, names.__getitem__, key=key)


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


def base(place: Mapping[str, tuple[str, ...]], scope: Scope) -> str:
    """Whose number a share of the page is of: all ASN, or those in the chosen place or within the viewer's reach."""
    if not place:
        return t(_("seluruh ASN"))
    where = place_name(place, scope)
    if not where or len(place["provinsi"]) > FEW:
        return t(_("ASN di provinsi Anda"))
    return t(_("ASN di {place}"), place=where)


def until(held: tuple[date, ...], period: date) -> tuple[date, ...]:
    """The dates of a series that ends with the chosen one."""
    return tuple(day for day in held if day <= period)


def year_before(period: date, held: Iterable[date]) -> date | None:
    """The reference date nearest to a year before, if one lies within three months of it."""
    near = [(abs((period - day).days - YEAR), day) for day in held if day < period]
    return min((one for one in near if one[0] <= YEAR // 4), default=(0, None))[1]
