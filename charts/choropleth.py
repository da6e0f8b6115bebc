"""Map of the provinces in their true shapes, for places where a GeoJSON is at hand.

Shapes are filled lines on plain axes: Plotly's own maps load a base map from another host even where none is drawn.
"""

from collections.abc import Sequence
from datetime import date

import plotly.graph_objects as go

from charts import empty, labels, unshown
from charts.colour_bar import LEGEND, legend
from charts.reading import Cell, latest, shown, states
from charts.shading import Shading, shading, shading_notes
from charts.shapes import Ring, Shapes, middle
from charts.theme import Theme, frame, hidden_axis, theme
from charts.tiles import not_on_the_map
from data_access.access.result import Protected, State
from data_access.words import mark as _
from data_access.words import text

HEIGHT = 250
DOT = 9  # pixels: a province that is smaller still shows its colour


def provinces(
    result: Protected,
    shapes: Shapes,
    *,
    language: str,
    dark: bool = False,
    period: date | None = None,
    against: float | None = None,
) -> go.Figure:
    """The map at `period` (else the last). Colours and `against` are those of the tile map.

    Suppressed provinces are hatched; those without a shape are told in a note; shapes without a cell are faint. A dot in
    each province has its colour: some are too small to be seen, and only a dot can be clicked.
    """
    some = latest(result, period=period)
    if empty.has_nothing(some):
        return empty.sentence(some, language=language, dark=dark)
    look = theme(dark)
    there = [cell for cell in some if cell.codes[0] in shapes]
    shade = shading(shown(there), result.measure, look, against=against)
    cell = {one.codes[0]: one for one in there}
    traces = [
        _area(rings, cell.get(code), result, shade, look=look, language=language) for code, rings in shapes.items()
    ]
    traces.append(_dots(there, shapes, result, shade=shade, look=look, language=language))
    notes = _notes(some, there, result, shade=shade, language=language)
    shared = frame(look, language=language, height=HEIGHT + LEGEND, left=2, right=2, top=2, bottom=LEGEND, notes=notes)
    axes = {"xaxis": hidden_axis(), "yaxis": hidden_axis(scaleanchor="x", scaleratio=1)}
    return go.Figure([*traces, legend(shade, result.measure, look=look, language=language)], shared | axes)


def _area(
    rings: Sequence[Ring], cell: Cell | None, result: Protected, shade: Shading, *, look: Theme, language: str
) -> go.Scatter:
    """One province; its rings are one trace, parted by gaps."""
    hatched = cell is not None and cell.state == State.SUPPRESSED
    return go.Scatter(
        x=[value for ring in rings for value in (*(point[0] for point in ring), None)],
        y=[value for ring in rings for value in (*(point[1] for point in ring), None)],
        mode="lines",
        line={"color": look.outline, "width": 0.8 if cell else 0.4},
        fill="toself",
        fillcolor=shade.fill(cell.value if cell else None),
        fillpattern={**unshown.pattern([hatched], look), "shape": "/" if hatched else ""},
        hoveron="fills",
        **_hover(cell, result, language),
    )


def _dots(
    there: Sequence[Cell], shapes: Shapes, result: Protected, *, shade: Shading, look: Theme, language: str
) -> go.Scatter:
    places = [middle(shapes[cell.codes[0]]) for cell in there]
    return go.Scatter(
        x=[x for x, _y in places],
        y=[y for _x, y in places],
        mode="markers",
        marker={
            "size": DOT,
            "color": [shade.fill(cell.value) for cell in there],
            "line": {"color": look.outline, "width": 1},
        },
        customdata=[list(cell.codes) for cell in there],  # what a click chooses
        hovertext=[_hover(cell, result, language)["text"] for cell in there],
        hoverinfo="text",
    )


def _hover(cell: Cell | None, result: Protected, language: str) -> dict[str, object]:
    if cell is None:
        return {"hoverinfo": "skip"}
    name = labels.names(result.axes[0], language)[cell.codes[0]]
    return {"name": cell.codes[0], "text": labels.hover_text(name, cell, result, language), "hoverinfo": "text"}


def _notes(
    some: Sequence[Cell],
    there: Sequence[Cell],
    result: Protected,
    *,
    shade: Shading,
    language: str,
) -> list[str]:
    notes = shading_notes(shade, result.measure, language)
    drawn, count = {cell.codes[0] for cell in there}, states(there)
    notes += not_on_the_map([cell for cell in some if cell.codes[0] not in drawn], result, language)
    if count[State.SUPPRESSED]:
        hidden = labels.hidden_mark(some, language)
        notes.append(text(_("Arsir: ditekan demi kerahasiaan ({mark})."), language, mark=hidden))
    if count[State.UNAVAILABLE]:
        notes.append(text(_("Kosong: tidak tersedia."), language))
    return labels.small_print(notes)
