"""Horizontal bars: one dimension at one period, largest first unless the dimension has an order of its own.

Signed changes go both ways from zero, coloured by their direction; of many members both ends can be shown.
"""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import plotly.graph_objects as go

from charts import empty, labels, palette, reference, unshown
from charts.axes import SIGNED, span
from charts.reading import Cell, latest, shown
from charts.shading import bar_colour
from charts.theme import SIZE, Theme, beside, frame, hidden_axis, rows_axis, theme, with_annotations
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
    line: reference.Line | None = None,
    ends: bool = False,
) -> go.Figure:
    """The chart; `top` limits an unordered dimension to its largest members (None: all), and a note says so.

    `line` is a value of reference with its words, such as the national share. `ends` of signed changes: half of the `top` are
    the largest gains and half the largest losses; where one side has fewer, the other has more. Where there is one side alone,
    half are its largest and half its smallest.
    """
    some = latest(result, period=period)
    if empty.has_nothing(some):
        return empty.sentence(some, language=language, dark=dark)
    look, axis = theme(dark), result.axes[0]
    rows = ordered(some, axis, language)
    kept = rows if axis.ordered or top is None else _both_ends(rows, top) if ends else _largest(rows, top)
    figure = go.Figure(layout=_layout(kept, rows, result, line=line, look=look, language=language))
    apart = line is not None or result.measure.kind in SIGNED  # a number beside its bar would lie under the line
    figure.add_trace(_shown(kept, result, apart=apart, look=look, language=language))
    figure.add_trace(_unshown(kept, result, look=look, language=language))
    return figure


def _largest(rows: Sequence[Cell], top: int) -> list[Cell]:
    """The largest members that are shown; of the others no more than a few, for they would tell nothing."""
    told = sorted((cell for cell in rows if cell.value is not None), key=lambda cell: -abs(cell.size))
    kept = [*told, *(cell for cell in rows if cell.value is None)][: min(top, max(len(told), 1) + UNSHOWN)]
    wanted = {cell.codes for cell in kept}
    return [cell for cell in rows if cell.codes in wanted]


def _both_ends(rows: Sequence[Cell], top: int) -> list[Cell]:
    """The largest gains and the largest losses, in order; where there is one side alone, its first and its last."""
    gains, losses = ([cell for cell in rows if way * (cell.value or 0) > 0] for way in (1, -1))
    if not gains or not losses:
        told = [cell for cell in rows if cell.value is not None]
        return [*told[: top - top // 2], *told[-(top // 2) :]] if len(told) > top > 1 else _largest(rows, top)
    below = min(len(losses), max(top // 2, top - len(gains)))
    return [*gains[: top - below], *losses[-below:]]


def ordered(some: Sequence[Cell], axis: Axis, language: str) -> list[Cell]:
    """Cells from top to bottom: the dimension's own order, or displayed value (ties and cells not shown by name)."""
    if axis.ordered:
        place = {code: i for i, (code, _label) in enumerate(axis.members)}
        return sorted(some, key=lambda cell: place.get(cell.codes[0], len(place)))
    name = labels.names(axis, language)
    return sorted(some, key=lambda cell: (-cell.size, cell.state, name.get(cell.codes[0], "")))


def _shown(kept: Sequence[Cell], result: Protected, *, apart: bool, look: Theme, language: str) -> go.Bar:
    some = [cell for cell in kept if cell.value is not None]
    name = labels.names(result.axes[0], language)
    return go.Bar(
        x=shown(some),
        y=[cell.codes[0] for cell in some],
        orientation="h",
        marker={"color": _fills(some, result, look), "cornerradius": 2},
        **({} if apart else _texts(some, look, language)),
        hovertext=[labels.hover_text(name[cell.codes[0]], cell, result, language) for cell in some],
        hoverinfo="text",
    )


def _fills(some: Sequence[Cell], result: Protected, look: Theme) -> list[str]:
    if result.measure.kind in SIGNED:
        largest = max(map(abs, shown(some)))
        return [bar_colour(cell.size, largest, look) for cell in some]
    fixed = palette.own(result.axes[0], look)
    return [fixed.get(cell.codes[0], look.brand) for cell in some]


def _texts(some: Sequence[Cell], look: Theme, language: str) -> dict[str, object]:
    return {
        "text": [labels.value_text(cell, language) for cell in some],
        "textposition": "outside",
        "textfont": {"size": SIZE, "color": look.text},
        "cliponaxis": False,
    }


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


def _layout(
    kept: Sequence[Cell],
    rows: Sequence[Cell],
    result: Protected,
    *,
    line: reference.Line | None,
    look: Theme,
    language: str,
) -> dict[str, object]:
    codes = [cell.codes[0] for cell in kept]
    name = labels.names(result.axes[0], language)
    ticks = [labels.folded(name[code]) for code in codes]
    told = [labels.value_text(cell, language) if cell.value is not None else "" for cell in kept]
    signed = result.measure.kind in SIGNED
    ends = _ends(shown(kept), line, result)
    lines, words = reference.across(line, ends, result.measure, look=look, language=language)
    top = reference.ROOM if line else 8
    height = labels.row_height(ticks, ROW) * len(kept) + top + 8
    right = labels.width([labels.value_text(cell, language) for cell in kept]) + 6
    cut = _cut(kept, rows) if signed else 0
    notes = _notes(kept, len(rows), cut, signed=signed, language=language)
    shared = frame(look, language=language, height=height, left=labels.width(ticks), right=right, top=top, notes=notes)
    zero = {"zeroline": True, "zerolinecolor": look.outline, "zerolinewidth": 1, "showgrid": False}
    across = hidden_axis(visible=True, showticklabels=False, **zero) if signed else hidden_axis()
    return with_annotations(shared, [*(beside(look, told) if signed or line else []), *words]) | {
        "barmode": "overlay",
        "bargap": 0.28,
        "shapes": [*lines, *_gap(cut, look)],
        "xaxis": across | {"range": list(ends)},
        "yaxis": rows_axis(codes, ticks),
        unshown.AXIS: unshown.axis(ends),
    }


def _ends(values: Sequence[float], line: reference.Line | None, result: Protected) -> tuple[float, float]:
    """Where the bars' axis begins and ends: numbers beside the bars stand in the margin, so it needs no room."""
    every = [*values, 0.0, *([line[0]] if line else [])]
    if result.measure.kind in SIGNED:
        return span(every, result.measure)
    return 0.0, max(every) or 1.0


def _cut(kept: Sequence[Cell], rows: Sequence[Cell]) -> int:
    """How many members stand before those that are left out between two that are kept; 0 if none are."""
    places = {cell.codes: place for place, cell in enumerate(rows)}
    steps = [places[after.codes] - places[before.codes] for before, after in pairwise(kept)]
    return next((count for count, step in enumerate(steps, 1) if step > 1), 0)


def _gap(cut: int, look: Theme) -> list[dict[str, object]]:
    """A dotted line where members are left out."""
    if not cut:
        return []
    row = cut - 0.5
    place = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "yref": "y", "y0": row, "y1": row}
    return [place | {"line": {"color": look.outline, "width": 1, "dash": "dot"}}]


def _notes(kept: Sequence[Cell], total: int, cut: int, *, signed: bool, language: str) -> list[str]:
    notes = labels.state_notes(kept, language)
    if len(kept) < total:
        facts = {"shown": len(kept), "all": total, "first": cut, "last": len(kept) - cut, **_sides(kept)}
        words = _("{shown} perubahan terbesar dari {all}.") if signed else _("{shown} terbesar dari {all}.")
        if signed and facts["gains"] and facts["losses"]:
            words = _("{gains} kenaikan dan {losses} penurunan terbesar dari {all}.")
        elif cut:
            words = _("{first} teratas dan {last} terbawah dari {all}.")
        notes.insert(0, text(words, language, **facts))
    return labels.small_print(notes)


def _sides(kept: Sequence[Cell]) -> dict[str, int]:
    return {
        "gains": sum(value > 0 for value in shown(kept)),
        "losses": sum(value < 0 for value in shown(kept)),
    }
