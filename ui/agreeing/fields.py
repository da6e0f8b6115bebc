"""One widget for one fact of a step: its kind and its words come from the fact itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

import streamlit as st
from pydantic.fields import FieldInfo

from data_access.contract import contract
from data_access.governance.registers.book import Book
from data_access.governance.registers.catalogue import REGISTERS
from data_access.governance.registers.model import Choices, Facts, Listed
from data_access.words import JAKARTA
from data_access.words import mark as _
from ui.navigation import PAGES
from ui.session import language, t

LONG_FROM = 300  # a text that may be longer gets a field of several lines
NONE = ""


@dataclass(frozen=True)
class Source:
    """What a widget may need: the registers, and the value of another field of the same step."""

    book: Book
    known: dict[str, Any]


def ask_for(kind: type[Facts], book: Book, key: str) -> dict[str, Any]:
    """The widgets of all facts of a step, in their order, and what they hold; empty ones are left out."""
    found: dict[str, Any] = {}
    for row in _rows(kind):
        places = st.columns(2) if _is_short(kind.model_fields[row[0]]) else [st.container()]
        for place, name in zip(places, row, strict=False):
            with place:
                value = _widget(kind.model_fields[name], Source(book, found), f"{key}_{name}")
            if value is not None:
                found[name] = value
    return found


def _rows(kind: type[Facts]) -> list[list[str]]:
    """Short fields two in a row; of three the first stands alone if the others are two days, else the last."""
    rows: list[list[str]] = []
    for short, group in groupby(kind.model_fields, key=lambda name: _is_short(kind.model_fields[name])):
        names, alone = list(group), 0
        if not short:
            rows += [[name] for name in names]
            continue
        days = [kind.model_fields[name].annotation is date for name in names[-2:]]
        if len(names) % 2 and all(days):
            rows, alone = [*rows, names[:1]], 1
        rows += [names[at : at + 2] for at in range(alone, len(names), 2)]
    return rows


def _is_short(info: FieldInfo) -> bool:
    """Whether half a row is enough: a day, a number, one of a list, a line of text."""
    if any(isinstance(mark, Listed) for mark in info.metadata):
        return info.annotation in (str, int)
    return info.annotation is not datetime and _longest(info) <= LONG_FROM


def _longest(info: FieldInfo) -> int:
    return next((found.max_length for found in info.metadata if getattr(found, "max_length", None)), 0)


def _widget(info: FieldInfo, source: Source, key: str) -> Any:
    label = t(str(info.title)) + ("" if info.is_required() else t(_(" (boleh kosong)")))
    for mark in info.metadata:
        if isinstance(mark, Choices):
            return _one_of({code: t(words) for code, words in mark.labels.items()}, label, key)
        if isinstance(mark, Listed):
            return LISTS.get(mark.source, _matter)(source, label, key, mark.source)
    return KINDS[info.annotation](info, label, key)


def _one_of(options: dict[str, str], label: str, key: str) -> str | None:
    return st.selectbox(label, options, index=None, format_func=options.__getitem__, placeholder=t(_("Pilih")), key=key)


def _text(info: FieldInfo, label: str, key: str) -> str | None:
    most = _longest(info) or None
    if most and most > LONG_FROM:
        return st.text_area(label, max_chars=most, key=key) or None
    return st.text_input(label, max_chars=most, key=key) or None


def _day(_info: FieldInfo, label: str, key: str) -> date | None:
    return st.date_input(
        label, value=None, min_value=date(2000, 1, 1), max_value=date(2100, 1, 1), format="DD-MM-YYYY", key=key
    )


def _moment(info: FieldInfo, label: str, key: str) -> datetime | None:
    left, right = st.columns(2)
    with left:
        day = _day(info, label, f"{key}_day")
    clock = right.time_input(t(_("Pukul (WIB)")), value=None, step=300, key=f"{key}_clock")
    return None if day is None or clock is None else datetime.combine(day, clock, JAKARTA)


def _whole(_info: FieldInfo, label: str, key: str) -> int | None:
    return st.number_input(label, value=None, step=1, format="%d", key=key)


def _dataset(_source: Source, label: str, key: str, _list: str) -> str | None:
    return _one_of({name: one.label.text(language()) for name, one in contract().datasets.items()}, label, key)


def _levels(source: Source, label: str, key: str, _list: str) -> tuple[str, ...] | None:
    described = contract().datasets.get(str(source.known.get("dataset")))
    options = {} if described is None else {n: level.label.text(language()) for n, level in described.levels.items()}
    chosen = st.multiselect(
        label,
        options,
        format_func=lambda name: options.get(name, name),
        placeholder=t(_("Pilih")),
        key=key,
        disabled=not options,
    )
    return tuple(name for name in chosen if name in options) or None


def _version(source: Source, label: str, key: str, _list: str) -> str | None:
    versions = [one.version for one in contract().history(str(source.known.get("dataset")))]
    return _one_of({version: version for version in versions}, label, key)


def _page(_source: Source, label: str, key: str, _list: str) -> str | None:
    pages = {page.path: f"{t(page.section)}: {t(page.title)}" for page in PAGES}
    datasets = {name: one.label.text(language()) for name, one in contract().datasets.items()}
    return _one_of({**pages, **datasets}, label, key)


def _matter(source: Source, label: str, key: str, register: str) -> int | None:
    titles = {
        str(entry.id): f"{entry.id} · {REGISTERS[register].title(entry)}" for entry in source.book.entries(register)
    }
    chosen = _one_of(titles, label, key)
    return None if chosen is None else int(chosen)


LISTS: dict[str, Callable[[Source, str, str, str], Any]] = {
    "dataset": _dataset,
    "levels": _levels,
    "version": _version,
    "page": _page,
}
KINDS: dict[Any, Callable[[FieldInfo, str, str], Any]] = {str: _text, date: _day, datetime: _moment, int: _whole}
