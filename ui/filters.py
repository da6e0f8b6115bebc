"""Choosers of dates, places, levels and codes. None of them ever lists a member outside the viewer's scope."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from data_access.access.scope import Scope, levels_in_order
from data_access.contract import contract
from data_access.words import mark as _
from ui.frame import long_day
from ui.session import language, t

NOWHERE = ""


def period(held: tuple[date, ...], key: str) -> date:
    """One reference date, the latest first."""
    chosen = st.selectbox(t(_("Tanggal acuan")), sorted(held, reverse=True), format_func=long_day, key=key)
    return chosen or held[-1]


def place(scope: Scope, key: str) -> dict[str, tuple[str, ...]]:
    """A province as a filter; the whole reach of the viewer if none is chosen."""
    everywhere = t(_("Seluruh Indonesia")) if scope.rows is None else t(_("Seluruh provinsi Anda"))
    names = labels("provinsi", scope)
    options = [NOWHERE, *names]
    chosen = st.selectbox(t(_("Provinsi")), options, format_func=lambda code: names.get(code, everywhere), key=key)
    if chosen:
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


def place_name(place: Mapping[str, tuple[str, ...]], scope: Scope) -> str:
    """The chosen place in words; empty for all of Indonesia."""
    names = labels("provinsi", scope)
    return ", ".join(names[code] for code in place.get("provinsi", ()))
