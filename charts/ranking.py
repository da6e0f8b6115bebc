"""Horizontal bars: one dimension at one period, largest first unless the dimension has an order of its own."""

from collections.abc import Sequence
from datetime import date

import plotly.graph_objects as go

from charts import empty, labels, palette, unshown
from charts.reading import Cell, latest, shown
from charts.theme import SIZE, Theme, frame, hidden_axis, plain_axis, theme
from data_access.access.result import Axis, Protected
from data_access.words import mark as _
from data_access.words import text

TOP = 20
UNSHOWN = 3
ROW = {1: 29, 2: 38}  # pixels of a row whose longest name takes one or two lines


def bars(
    result: Protected,
    *,
    language: str,
    dark: bool = False,
    period: date | None = None,
    top: int | None = TOP,
) -> go.Figure:
    """The chart; `top` limits an unordered dimension to its largest members (None: all), and a note says so."""
    some = latest(result, period=period)
    if empty.has_nothing(some):
        return empty.sentence(some, language=language, dark=dark)
    look, axis = theme(dark), result.axes[0]
    rows = ordered(some, axis, language)
    kept = rows if axis.ordered or top is None else _largest(rows, top)
    figure = go.Figure(layout=_layout(kept, len(rows), axis=axis, look=look, language=language))
    figure.add_trace(_shown(kept, result, look=look, language=language))
    figure.add_trace(_unshown(kept, result, look=look, language=language))
    return figure


def _largest(rows: Sequence[Cell], top: int) -> list[Cell]:
    """The largest members that are shown; of the others no more than a few, for they would tell nothing."""
    told = [cell for cell in rows if cell.value is not None]
    return [*told, *(cell for cell in rows if cell.value is None)][: min(top, max(len(told), 1) + UNSHOWN)]


def ordered(some: Sequence[Cell], axis: Axis, language: str) -> list[Cell]:
    """Cells from top to bottom: the dimension's own order, or displayed value (ties and cells not shown by name)."""
    if axis.ordered:
        place = {code: i for i, (code, _label) in enumerate(axis.members)}
        return sorted(some, key=lambda cell: place.get(cell.codes[0], len(place)))
    name = labels.names(axis, language)
    return sorted(some, key=lambda cell: (-cell.size, cell.state, name.get(cell.codes[0], "")))


def _shown(kept: Sequence[Cell], result: Protected, *, look: Theme, language: str) -> go.Bar:
    some = [cell for cell in kept if cell.value is not None]
    name = labels.names(result.axes[0], language)
    fixed = palette.fixed(result.axes[0].level, look)
    return go.Bar(
        x=shown(some),
        y=[cell.codes[0] for cell in some],
        orientation="h",
        marker={"color": [fixed.get(cell.codes[0], look.brand) for cell in some], "cornerradius": 2},
        text=[labels.value_text(cell, language) for cell in some],
        textposition="outside",
        textfont={"size": SIZE, "color": look.text},
        cliponaxis=False,
        hovertext=[labels.hover_text(name[cell.codes[0]], cell, result, language) for cell in some],
        hoverinfo="text",
    )


def _unshown(kept: Sequence[Cell], result: Protected, *, look: Theme, language: str) -> go.Bar:
    some = [cell for cell in kept if cell.value is None]
    name = labels.names(result.axes[0], language)
    return unshown.stubs(
        [cell.codes[0] for cell in some],
        states=[cell.state for cell in some],
        texts=[labels.value_text(cell, language) for cell in some],
        hovers=[labels.hover_text(name[cell.codes[0]], cell, result, language) for cell in some],
        look=look,
    )


def _layout(kept: Sequence[Cell], total: int, *, axis: Axis, look: Theme, language: str) -> dict[str, object]:
    codes = [cell.codes[0] for cell in kept]
    name = labels.names(axis, language)
    ticks = [labels.folded(name[code]) for code in codes]
    row = ROW[2 if any("<br>" in tick for tick in ticks) else 1]
    notes = _notes(kept, total, language)
    right = labels.width([labels.value_text(cell, language) for cell in kept]) + 6
    shared = frame(
        look, language=language, height=row * len(kept) + 16, left=labels.width(ticks), right=right, notes=notes
    )
    rows = plain_axis(type="category", categoryorder="array", categoryarray=codes, range=[len(codes) - 0.5, -0.5])
    return shared | {
        "barmode": "overlay",
        "bargap": 0.28,
        "xaxis": hidden_axis(range=[0, max([*shown(kept), 1])]),
        "yaxis": rows | {"tickmode": "array", "tickvals": codes, "ticktext": ticks, "ticklabelstandoff": 6},
        unshown.AXIS: unshown.axis(),
    }


def _notes(kept: Sequence[Cell], total: int, language: str) -> list[str]:
    notes = labels.state_notes(kept, language)
    if len(kept) < total:
        notes.insert(0, text(_("{shown} terbesar dari {all}."), language, shown=len(kept), all=total))
    return labels.small_print(notes)
