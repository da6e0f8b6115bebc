"""The colour bar under a figure whose areas carry no numbers."""

import plotly.graph_objects as go

from charts.axes import ticks
from charts.shading import Shading
from charts.theme import SMALL, Theme
from data_access.access.result import Measure

LEGEND = 52  # pixels below the plot


def legend(shade: Shading, measure: Measure, *, look: Theme, language: str) -> go.Scatter:
    """A trace without a mark that carries the bar; its values are written as in the tables."""
    bar = {
        "orientation": "h",
        "thickness": 10,
        "len": 0.9,
        "y": 0,
        "yanchor": "top",
        "outlinewidth": 0,
        "tickfont": {"size": SMALL, "color": look.muted},
    } | ticks((shade.low, shade.high), measure, language, most=3)
    scale = [[i / (len(shade.scale) - 1), colour] for i, colour in enumerate(shade.scale)]
    ends = {"cmin": shade.low, "cmax": shade.high, "colorscale": scale}
    marker = {"color": [shade.low], "showscale": True, "colorbar": bar, **ends}
    return go.Scatter(x=[None], y=[None], mode="markers", marker=marker, hoverinfo="skip")
