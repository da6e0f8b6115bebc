"""A table on the screen: numbers to the right, sorted by what is displayed, totals marked."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import cycle
from typing import Any

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from data_access.words import mark as _
from reports import tabular
from reports.table import Table
from ui.session import t

MOST = 10_000  # cells that are styled; a larger table is plain text
LOWEST = float("-inf")  # where "<10" and "–" stand when somebody sorts by a column
ROW, SEEN = 35, 24  # pixels of a row, and how many are seen without scrolling
LETTER, PADDING = 7, 26  # pixels of an average letter, and of the room round the words of a cell
NAMES, NUMBERS = (110, 300), (90, 190)  # narrowest and widest column
TOTAL = "font-weight: bold; background-color: rgba(127, 127, 127, 0.12)"


def show(table: Table, *, key: str, alt: str, exact: bool = False) -> tuple[int, int] | None:
    """The table and what is to be known of its rows; its first note, on protection, stands below every figure. The totals of
    an `exact` table need no word of theirs.

    Returns row and cell that were clicked.
    """
    plain = len(table.rows) * len(table.columns) > MOST
    event = st.dataframe(
        tabular.frame(table) if plain else styled(table),
        hide_index=True,
        column_config=_columns(table, plain=plain),
        width="content",
        height="content" if len(table.rows) <= SEEN else ROW * (SEEN + 1),
        key=key,
        alt=alt,
        on_select="rerun",
        selection_mode="single-cell",
    )
    told = () if exact else (t(_("Setiap jumlah adalah sel terlindung tersendiri.")),)
    if told or table.notes[1:]:
        st.caption(" ".join((*told, *table.notes[1:])))
    return _clicked(event.selection.cells, table)


def _columns(table: Table, *, plain: bool) -> dict[str, Any]:
    """Names stay in view; every column is as wide as its words, within bounds."""
    names, left = table.columns, table.leading
    made: dict[str, Any] = {}
    for place, name in enumerate(names):
        if place < left:
            words = [row.heads[place] for row in table.rows]
            made[name] = st.column_config.Column(pinned=True, width=_width([name, *words], NAMES))
        else:
            width = _width([name, *(row.cells[place - left].text for row in table.rows)], NUMBERS)
            numbers = partial(st.column_config.TextColumn, alignment="right") if plain else st.column_config.Column
            made[name] = numbers(width=width)
    return made


def _width(words: Sequence[str], bounds: tuple[int, int]) -> int:
    narrowest, widest = bounds
    return min(max(narrowest, LETTER * max(map(len, words)) + PADDING), widest)


def _clicked(cells: Sequence[tuple[int, str]], table: Table) -> tuple[int, int] | None:
    """The place of the cell; None for a name, for nothing, and for one that the table no longer holds."""
    for row, name in cells:
        if name in table.columns[table.leading :] and 0 <= row < len(table.rows):
            return row, table.columns.index(name) - table.leading
    return None


def styled(table: Table) -> Styler:
    """Numbers as values, their words as what is seen."""
    names, left = table.columns, table.leading
    rows = [
        [*row.heads, *(LOWEST if cell.value is None else float(cell.value) for cell in row.cells)] for row in table.rows
    ]
    # By place, for a value does not tell its words ("12%" of few, "12,0%" of many); a cycle serves a second drawing.
    words = {name: cycle([row.cells[place].text for row in table.rows]) for place, name in enumerate(names[left:])}
    seen = {name: partial(_next, column) for name, column in words.items()}
    style = pd.DataFrame(rows, columns=list(names)).style.format(seen)
    totals = [row.total for row in table.rows]
    return style.apply(lambda row: [TOTAL if totals[row.name] else ""] * len(row), axis=1)


def _next(words: Iterator[str], _value: float) -> str:
    return next(words)
