"""Two dates of one dimension: a dot for each date on one row, joined; the change in numbers at the right."""

from collections.abc import Sequence
from datetime import date

import plotly.graph_objects as go

from charts import empty, labels, reference
from charts.axes import span, value_axis
from charts.pairs import Order, Pair, difference_text, ends, largest, pairs
from charts.reading import cells
from charts.theme import Theme, beside, frame, heading, rows_axis, theme, with_annotations
from data_access.access.result import Protected
from data_access.words import mark as _
from data_access.words import short_day, text

TOP = 20
ROW = {1: 27, 2: 36}  # pixels of a row whose longest name takes one or two lines
BOTTOM, KEY = 26, 24
DOT = 11


def two_dates(
    result: Protected,
    now: date | None = None,
    before: date | None = None,
    *,
    language: str,
    dark: bool = False,
    order: Order = "change",
    top: int = TOP,
    line: reference.Line | None = None,
) -> go.Figure:
    """The chart (dates not named: the last and the first of the result). An unordered dimension stands in the `order` of
    change or of value, limited to the `top` rows, which a note tells. `line` is a value of reference with its words.
    """
    some = cells(result)
    if empty.has_nothing(some):
        return empty.sentence(some, language=language, dark=dark)
    then, last = ends(result, now, before)
    rows = pairs(result, now=last, before=then, order=order, language=language)
    kept = rows if result.axes[0].ordered else largest(rows, top=top, order=order)
    if not any(pair.shown for pair in kept):
        return empty.sentence([pair.now for pair in kept], language=language, dark=dark)
    look = theme(dark)
    layout = _layout(kept, len(rows), result, line=line, look=look, language=language)
    return go.Figure([_joints(kept, look), *_dots(kept, result, look=look, language=language)], layout)


def _joints(kept: Sequence[Pair], look: Theme) -> go.Scatter:
    """One line for each row that is shown at both dates."""
    both = [pair for pair in kept if pair.difference is not None]
    stroke = {"color": look.outline, "width": 3}
    x = [value for pair in both for value in (pair.before.value, pair.now.value, None)]
    y = [code for pair in both for code in (pair.code, pair.code, None)]
    return go.Scatter(x=x, y=y, mode="lines", line=stroke, hoverinfo="skip", connectgaps=False)


def _dots(kept: Sequence[Pair], result: Protected, *, look: Theme, language: str) -> list[go.Scatter]:
    """Hollow dots of the earlier date under full ones of the later."""
    hollow = {"color": look.background, "line": {"color": look.brand, "width": 2}}
    full = {"color": look.brand, "line": {"color": look.brand, "width": 2}}
    return [
        go.Scatter(
            x=[cell.value for _pair, cell in there],
            y=[pair.code for pair, _cell in there],
            mode="markers",
            marker={"size": DOT, **marker},
            cliponaxis=False,
            hovertext=[_hover(pair, result, language) for pair, _cell in there],
            hoverinfo="text",
        )
        for marker, there in (
            (hollow, [(pair, pair.before) for pair in kept if pair.before.value is not None]),
            (full, [(pair, pair.now) for pair in kept if pair.now.value is not None]),
        )
    ]


def _hover(pair: Pair, result: Protected, language: str) -> str:
    """Both dates and the difference."""
    days = [
        f"{short_day(cell.period, language)}: {labels.told(cell, result, language)}" for cell in (pair.before, pair.now)
    ]
    change = [difference_text(pair, language)] if pair.difference is not None else []
    return "<br>".join([f"<b>{labels.safe(pair.name)}</b>", *days, *change])


def _layout(
    kept: Sequence[Pair], total: int, result: Protected, *, line: reference.Line | None, look: Theme, language: str
) -> dict[str, object]:
    codes, ticks = [pair.code for pair in kept], [labels.folded(pair.name) for pair in kept]
    told = [labels.safe(difference_text(pair, language)) for pair in kept]
    values = [cell.size for pair in kept for cell in pair.shown]
    reach = span([*values, *([line[0]] if line else [])], result.measure, fit=True)
    lines, words = reference.across(line, reach, result.measure, look=look, language=language)
    left, top = labels.width(ticks), KEY + (reference.ROOM if line else 0)
    height = labels.row_height(ticks, ROW) * len(kept) + top + BOTTOM
    right = labels.width([difference_text(pair, language) for pair in kept]) + 8
    notes = _notes(kept, total, language)
    shared = frame(look, language=language, height=height, left=left, right=right, top=top, bottom=BOTTOM, notes=notes)
    key = heading(look, [_key(kept[0], look, language)], left=left)
    key |= {"yshift": reference.ROOM} if line else {}
    return with_annotations(shared, [key, *words, *beside(look, told)]) | {
        "shapes": lines,
        "xaxis": value_axis(reach, result.measure, look=look, language=language, most=2),
        "yaxis": rows_axis(codes, ticks) | {"showgrid": True, "gridcolor": look.grid},
    }


def _key(one: Pair, look: Theme, language: str) -> str:
    hollow, full = (f"<span style='color:{look.brand};font-size:17px'>{sign}</span>" for sign in "○●")
    return f"{hollow} {short_day(one.before.period, language)}   {full} {short_day(one.now.period, language)}"


def _notes(kept: Sequence[Pair], total: int, language: str) -> list[str]:
    notes = labels.state_notes([cell for pair in kept for cell in (pair.before, pair.now)], language)
    if len(kept) < total:
        notes.insert(0, text(_("{shown} dari {all}."), language, shown=len(kept), all=total))
    return labels.small_print(notes)
