"""Horizontal bars of data quality: one row per agency, date or figure, with a line at the limit beyond which it needs a look."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from charts import labels, unshown
from charts.empty import HEIGHT as EMPTY_HEIGHT
from charts.theme import FONT, SIZE, SMALL, Theme, frame, hidden_axis, rows_axis, theme, with_annotations
from data_access.access.result import State

ROW = {1: 29, 2: 38}  # pixels of a row whose longest name takes one or two lines


@dataclass(frozen=True)
class Bar:
    """One row: `value` draws it (None: not shown, for the reason of `state`), `told` stands beside it."""

    code: str
    name: str
    value: float | None
    told: str
    hover: str
    state: State = State.SHOWN
    alarming: bool = False


@dataclass(frozen=True)
class Limit:
    """Where a line is drawn, and what is written above it."""

    value: float
    told: str


def bars(
    rows: Sequence[Bar], *, language: str, dark: bool = False, limit: Limit | None = None, notes: Sequence[str] = ()
) -> go.Figure:
    """The chart, from top to bottom in the order given. Values below zero go to the left."""
    look = theme(dark)
    if not any(row.value is not None for row in rows):
        return _sentence(notes, look=look, language=language)
    figure = go.Figure(layout=_layout(rows, limit, notes, look=look, language=language))
    figure.add_trace(_shown([row for row in rows if row.value is not None], look))
    hidden = [row for row in rows if row.value is None]
    figure.add_trace(
        unshown.stubs(
            [row.code for row in hidden],
            states=[row.state for row in hidden],
            texts=["" for _row in hidden],
            hovers=[row.hover for row in hidden],
            look=look,
        )
    )
    return figure


def _shown(rows: Sequence[Bar], look: Theme) -> go.Bar:
    return go.Bar(
        x=[row.value for row in rows],
        y=[row.code for row in rows],
        orientation="h",
        marker={"color": [look.accent if row.alarming else look.brand for row in rows], "cornerradius": 2},
        hovertext=[row.hover for row in rows],
        hoverinfo="text",
    )


def _layout(
    rows: Sequence[Bar], limit: Limit | None, notes: Sequence[str], *, look: Theme, language: str
) -> dict[str, object]:
    codes = [row.code for row in rows]
    ticks = [labels.folded(row.name) for row in rows]
    height = ROW[2 if any("<br>" in tick for tick in ticks) else 1] * len(rows) + 16
    right = labels.width([row.told for row in rows]) + 8
    top = 26 if limit else 8
    left = labels.width(ticks)
    small = labels.small_print(notes)
    shared = frame(look, language=language, height=height + top, left=left, right=right, top=top, notes=small)
    low, high = _reach(rows, limit)
    told = [_value(row, place, look) for place, row in enumerate(rows)]
    zero = {"zeroline": low < 0, "zerolinecolor": look.outline, "zerolinewidth": 1, "showticklabels": False}
    lines = _limits(limit, low=low, look=look) if limit else []
    return with_annotations(shared, [*told, *([_limit_words(limit, look)] if limit else [])]) | {
        "barmode": "overlay",
        "bargap": 0.28,
        "shapes": lines,
        "xaxis": hidden_axis(visible=True, showgrid=False, range=[low, high], **zero),
        "yaxis": rows_axis(codes, ticks),
        unshown.AXIS: unshown.axis((low, high)),
    }


def _reach(rows: Sequence[Bar], limit: Limit | None) -> tuple[float, float]:
    values = [row.value for row in rows if row.value is not None]
    low = min(*values, 0.0)
    high = max(*values, limit.value * 1.05 if limit else 0.0, 0.0)
    return (low, high) if high > low else (0.0, 1.0)


def _limits(limit: Limit, *, low: float, look: Theme) -> list[dict[str, object]]:
    """The limit, and its mirror image where values go to the left that far."""
    line = {"color": look.muted, "width": 1.5, "dash": "dot"}
    places = [limit.value, *([-limit.value] if low <= -limit.value else [])]
    return [{"type": "line", "yref": "paper", "x0": x, "x1": x, "y0": 0, "y1": 1, "line": line} for x in places]


def _limit_words(limit: Limit, look: Theme) -> dict[str, object]:
    place = {"xref": "x", "yref": "paper", "x": limit.value, "y": 1, "xanchor": "auto", "yanchor": "bottom"}
    font = {"family": FONT, "size": SMALL, "color": look.muted}
    return place | {"text": labels.safe(limit.told), "showarrow": False, "font": font}


def _value(row: Bar, at: int, look: Theme) -> dict[str, object]:
    """What a row says, at the right edge: beside a bar it would need room on either side of zero."""
    place = {"xref": "paper", "yref": "y", "x": 1, "y": at, "xanchor": "left", "yanchor": "middle", "xshift": 6}
    colour = look.text if row.state == State.SHOWN else look.muted
    font = {"family": FONT, "size": SIZE, "color": colour}
    return place | {"text": labels.safe(row.told), "showarrow": False, "align": "left", "font": font}


def _sentence(notes: Sequence[str], *, look: Theme, language: str) -> go.Figure:
    """Only the notes, in the middle: there is nothing to draw."""
    words = "<br>".join(labels.small_print(notes)) or "–"
    layout = frame(look, language=language, height=EMPTY_HEIGHT)
    font = {"family": FONT, "size": 15, "color": look.muted}
    place = {"xref": "paper", "yref": "paper", "x": 0.5, "y": 0.5, "xanchor": "center", "yanchor": "middle"}
    layout["annotations"] = [place | {"text": words, "showarrow": False, "font": font, "align": "center"}]
    return go.Figure(layout=layout | {"xaxis": hidden_axis(), "yaxis": hidden_axis()})
