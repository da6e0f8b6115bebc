"""Stacked horizontal bars of two dimensions: shares of displayed values, or persons.

A row with a suppressed part has no shares: its whole is not known, and the other shares would give the part away.
"""

from collections.abc import Sequence
from datetime import date

import plotly.graph_objects as go

from charts import empty, labels, palette, unshown
from charts.colour import ink_on
from charts.reading import Cell, latest
from charts.stack_rows import Row, part_at, stack_rows
from charts.theme import SMALL, Theme, frame, heading, hidden_axis, rows_axis, theme, with_annotations
from data_access.access.derive import SHARE
from data_access.access.result import PERSONS, Protected, State
from data_access.access.written import UNAVAILABLE, written
from data_access.words import mark as _
from data_access.words import text

ROW = 34
MOST = 40  # all provinces


def bars(
    result: Protected,
    *,
    language: str,
    dark: bool = False,
    period: date | None = None,
    share: bool = True,
    parts: str = "",
) -> go.Figure:
    """The chart at `period` (else the last). Parts are the level `parts`, else the dimension with fewer members; `share` gives
    100 % bars.

    A result that holds shares already is drawn as it is.
    """
    some = latest(result, period=period)
    if empty.has_nothing(some):
        return empty.sentence(some, language=language, dark=dark)
    look, share = theme(dark), share and result.measure == PERSONS
    every, at = stack_rows(some, result, language, parts=parts), part_at(result, parts)
    kept = every if result.axes[1 - at].ordered else every[:MOST]
    notes = _notes(kept, len(every), share=share, language=language)
    colour, names = palette.colours(result.axes[at], look), labels.names(result.axes[at], language)
    key = labels.key({name: colour[code] for code, name in names.items()})
    figure = go.Figure(layout=_layout(kept, key=key, notes=notes, share=share, look=look, language=language))
    for code, name in names.items():
        pairs = [(row, row.parts[code]) for row in kept if code in row.parts]
        figure.add_trace(
            _part(pairs, result, name=name, colour=colour[code], share=share, look=look, language=language)
        )
    figure.add_trace(_blank([row for row in kept if share and not row.whole], look=look, language=language))
    return figure


def share_text(value: float, whole: float, language: str) -> str:
    """A share of displayed values, with a decimal where its whole is large enough."""
    return written(value / whole, State.SHOWN, SHARE, language, base=int(whole))


def _part(
    pairs: Sequence[tuple[Row, Cell]],
    result: Protected,
    *,
    name: str,
    colour: str,
    share: bool,
    look: Theme,
    language: str,
) -> go.Bar:
    drawn = [(row, cell, cell.value) for row, cell in pairs if cell.value is not None and (row.whole or not share)]
    texts = [
        share_text(v, row.whole, language) if share else labels.value_text(cell, language) for row, cell, v in drawn
    ]
    titles = [
        f"{row.name}, {name}" + (f": {words}" if share else "")
        for (row, _c, _v), words in zip(drawn, texts, strict=True)
    ]
    return go.Bar(
        name=labels.safe(name),
        x=[value / row.whole if share else value for row, _cell, value in drawn],
        y=[row.code for row, _cell, _value in drawn],
        orientation="h",
        marker={"color": colour, "line": {"color": look.background, "width": 1}},
        text=texts,
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        insidetextfont={"color": ink_on(colour), "size": SMALL},
        customdata=[list(cell.codes) for _row, cell, _value in drawn],  # what a click chooses
        hovertext=[
            labels.hover_text(t, cell, result, language) for t, (_r, cell, _v) in zip(titles, drawn, strict=True)
        ],
        hoverinfo="text",
    )


def _blank(rows: Sequence[Row], *, look: Theme, language: str) -> go.Bar:
    """Rows without shares."""
    words = [text(_("pangsa tidak dihitung"), language) if row.suppressed else UNAVAILABLE for row in rows]
    states = [State.SUPPRESSED if row.suppressed else State.UNAVAILABLE for row in rows]
    hovers = [f"<b>{labels.safe(row.name)}</b><br>{word}" for row, word in zip(rows, words, strict=True)]
    return unshown.stubs([row.code for row in rows], states=states, texts=words, hovers=hovers, look=look)


def _layout(
    kept: Sequence[Row], *, key: Sequence[str], notes: Sequence[str], share: bool, look: Theme, language: str
) -> dict[str, object]:
    codes, ticks = [row.code for row in kept], [labels.folded(row.name) for row in kept]
    left, top = labels.width(ticks), 17 * len(key) + 12
    height = ROW * len(codes) + top + 8
    shared = frame(look, language=language, height=height, left=left, top=top, notes=notes)
    longest = max(row.displayed for row in kept) or 1
    return with_annotations(shared, [heading(look, key, left=left)]) | {
        "barmode": "stack",
        "bargap": 0.25,
        "uniformtext": {"mode": "hide", "minsize": SMALL},
        "xaxis": hidden_axis(range=[0, 1 if share else longest]),
        "yaxis": rows_axis(codes, ticks),
        unshown.AXIS: unshown.axis(),
    }


def _notes(kept: Sequence[Row], total: int, *, share: bool, language: str) -> list[str]:
    some = [cell for row in kept for cell in row.parts.values()]
    notes = labels.state_notes(some, language)
    if any(row.suppressed for row in kept):
        blank = _("Pangsa dikosongkan bila ada bagian yang ditekan.")
        missing = _("Bagian yang ditekan tidak ikut dalam panjang batang.")
        notes.insert(0, text(blank if share else missing, language))
    if len(kept) < total:
        notes.insert(0, text(_("{shown} terbesar dari {all}."), language, shown=len(kept), all=total))
    return labels.small_print(notes)
