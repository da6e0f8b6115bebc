"""Charts: protected result -> Plotly figure.

The rule: a chart sees a `Protected`, a `Quality` (whose shares are as protected), what a projection made of displayed
answers, or counts of the audit record, and nothing else, so hover, label and alt text can show no more than the table.
Builders are pure and draw no title (the page prints it). A new chart: a module, a line here, its place in `shape`,
a test.
"""

from collections.abc import Callable

import plotly.graph_objects as go

from charts import columns, dumbbell, heatmap, lines, multiples, pyramid, ranking, stacked, strip, tiles, treemap
from charts.alt import alt_text
from charts.shape import NO_CHART, dates_drawn, proposed, suitable
from data_access.access.result import Protected
from data_access.errors import InvalidQuery

BUILDERS: dict[str, Callable[..., go.Figure]] = {
    "lines": lines.over_time,
    "ranking": ranking.bars,
    "tiles": tiles.provinces,
    "pyramid": pyramid.age_sex,
    "heatmap": heatmap.grid,
    "stacked": stacked.bars,
    "dumbbell": dumbbell.two_dates,
    "multiples": multiples.over_time,
    "strip": strip.distribution,
    "treemap": treemap.areas,
    "columns": columns.by_year,
}

__all__ = ["BUILDERS", "alt_text", "dates_drawn", "draw", "proposed", "suitable"]


def draw(name: str, result: Protected, *, language: str, dark: bool = False) -> go.Figure:
    """The figure of that name; InvalidQuery("no-chart") if it does not fit the result."""
    if name not in suitable(result):
        raise InvalidQuery("no-chart", NO_CHART)
    return BUILDERS[name](result, language=language, dark=dark)
