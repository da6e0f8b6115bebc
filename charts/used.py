"""Columns of use over time: questions, files and refusals of each day, week or month. Counts of acts, no data of persons."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from charts import labels
from charts.axes import value_axis
from charts.theme import SMALL, Layout, Theme, frame, heading, plain_axis, theme, with_annotations
from data_access.access.result import PERSONS
from data_access.words import number

HEIGHT, RIGHT, BOTTOM = 260, 10, 40
TICKS = 6
ROOM = 1.06


@dataclass(frozen=True)
class Column:
    """One stretch of time: its short name on the axis, its full name, and the number of each kind."""

    name: str
    title: str
    numbers: tuple[int, ...]


def columns(rows: Sequence[Column], kinds: Sequence[str], *, language: str, dark: bool = False) -> go.Figure:
    """The chart in the order of time; `kinds` names the numbers of each column, from the bottom to the top."""
    look = theme(dark)
    colours = [look.brand, look.accent, look.hues["brick"]]
    key = labels.key(dict(zip(kinds, colours, strict=False)))
    figure = go.Figure(layout=_layout(rows, key, look=look, language=language))
    for place, (kind, colour) in enumerate(zip(kinds, colours, strict=False)):
        figure.add_trace(
            go.Bar(
                name=labels.safe(kind),
                x=list(range(len(rows))),
                y=[row.numbers[place] for row in rows],
                marker={"color": colour},
                hovertext=[_hover(row, kind, row.numbers[place], language) for row in rows],
                hoverinfo="text",
            )
        )
    return figure


def alt(rows: Sequence[Column], kinds: Sequence[str], *, language: str) -> str:
    """The chart in words: the stretch with the most acts, with its numbers."""
    if not rows:
        return ""
    most = max(rows, key=lambda row: sum(row.numbers))
    told = ", ".join(f"{kind} {number(value, language)}" for kind, value in zip(kinds, most.numbers, strict=True))
    return f"{rows[0].title} – {rows[-1].title}. {most.title}: {told}."


def _hover(row: Column, kind: str, value: int, language: str) -> str:
    return f"<b>{labels.safe(row.title)}</b><br>{labels.safe(kind)}: {number(value, language)}"


def _layout(rows: Sequence[Column], key: list[str], *, look: Theme, language: str) -> Layout:
    high = max((sum(row.numbers) for row in rows), default=0) or 1
    upwards = value_axis((0, high * ROOM), PERSONS, look=look, language=language)
    left, top = labels.width(upwards["ticktext"], least=36) + 4, 17 * len(key) + 16
    shared = frame(look, language=language, height=HEIGHT + top, left=left, right=RIGHT, top=top, bottom=BOTTOM)
    return with_annotations(shared, [heading(look, key, left=left)]) | {
        "barmode": "stack",
        "bargap": 0.2,
        "xaxis": _times(rows, look),
        "yaxis": upwards,
    }


def _times(rows: Sequence[Column], look: Theme) -> Layout:
    """Some names at even distance, the last among them; a few columns stay slim."""
    step = -(-len(rows) // TICKS) or 1
    places = list(range(len(rows)))[::-1][::step][::-1]
    half = max(len(rows), TICKS) / 2
    middle = (len(rows) - 1) / 2
    ticks = {"tickmode": "array", "tickvals": places, "ticktext": [rows[place].name for place in places]}
    axis = plain_axis(range=[middle - half, middle + half], showline=True, linecolor=look.outline, automargin=False)
    return axis | ticks | {"tickangle": 0, "tickfont": {"size": SMALL, "color": look.muted}}
