"""The mark for a bar that is not shown: a thin stub with its text, on an axis of its own: no number stands for it."""

from collections.abc import Sequence

import plotly.graph_objects as go

from charts.theme import CLEAR, SIZE, Theme, hidden_axis
from data_access.access.result import State

AXIS = "xaxis2"
STUB = 0.018


def axis(ends: tuple[float, float] = (0, 1)) -> dict[str, object]:
    """Layout of the stubs' axis: the plot's width as 1, its zero where the zero of the values is."""
    low, high = ends
    return hidden_axis(overlaying="x", range=[low / (high - low), high / (high - low)])


def stubs(
    rows: Sequence[str],
    *,
    states: Sequence[State],
    texts: Sequence[str],
    hovers: Sequence[str],
    look: Theme,
    direction: int = 1,
) -> go.Bar:
    """One trace for all bars that are not shown: hatched where suppressed, nothing but the text where not available."""
    hatched = [state == State.SUPPRESSED for state in states]
    return go.Bar(
        x=[direction * STUB] * len(rows),
        y=list(rows),
        xaxis="x2",
        orientation="h",
        marker={
            "color": CLEAR,
            "line": {"color": [look.outline if yes else CLEAR for yes in hatched], "width": 1},
            "pattern": pattern(hatched, look),
        },
        text=[words.replace("<", "&lt;") for words in texts],
        textposition="outside",
        textfont={"color": look.muted, "size": SIZE},
        cliponaxis=False,
        hovertext=list(hovers),
        hoverinfo="text",
    )


def pattern(hatched: Sequence[bool], look: Theme) -> dict[str, object]:
    """Hatching for the marks that are suppressed; "overlay" because "replace" loses it where marks differ in colour."""
    shapes = ["/" if yes else "" for yes in hatched]
    return {
        "shape": shapes,
        "fillmode": "overlay",
        "fgcolor": look.outline,
        "fgopacity": 0.9,
        "size": 5,
        "solidity": 0.3,
    }
