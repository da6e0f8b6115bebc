"""A line of 150 by 40 pixels beside a headline number: the way it went, without axes; the last point is marked."""

import plotly.graph_objects as go

from charts import labels
from charts.reading import Cell, cells
from charts.theme import Theme, frame, hidden_axis, theme
from data_access.access.result import Protected

WIDTH, HEIGHT = 150, 40


def line(result: Protected, *, language: str, dark: bool = False) -> go.Figure:
    """The line of a result without dimension; blank if no cell is shown."""
    look, some = theme(dark), cells(result)
    layout = frame(look, language=language, height=HEIGHT, left=4, right=6, top=6, bottom=6)
    axes = {"xaxis": hidden_axis(type="date"), "yaxis": hidden_axis()}
    figure = go.Figure(layout=layout | axes | {"width": WIDTH})
    if any(cell.value is not None for cell in some):
        figure.add_trace(_line(some, result, look=look, language=language))
    return figure


def _line(some: list[Cell], result: Protected, *, look: Theme, language: str) -> go.Scatter:
    label = result.source.label.text(language)
    last = max(i for i, cell in enumerate(some) if cell.value is not None)
    return go.Scatter(
        x=[cell.period.isoformat() for cell in some],
        y=[cell.value for cell in some],
        mode="lines+markers",
        connectgaps=False,
        cliponaxis=False,
        line={"color": look.brand, "width": 2},
        marker={
            "opacity": 1,
            "line": {"width": 0},
            "size": [8 if i == last else 3 for i in range(len(some))],
            "color": _colours(some, last, look),
        },
        hovertext=[labels.hover_text(label, cell, result, language) for cell in some],
        hoverinfo="text",
    )


def _colours(some: list[Cell], last: int, look: Theme) -> list[str]:
    return [look.accent if i == last else look.brand for i in range(len(some))]
