"""Map of the provinces in their true shapes, for places where a GeoJSON is at hand.

Shapes are filled lines on plain axes: Plotly's own maps load a base map from another host even where none is drawn.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import plotly.graph_objects as go

from charts import empty, labels, unshown
from charts.colour_bar import LEGEND, legend
from charts.reading import Cell, latest, shown, states
from charts.shading import Shading, shading, shading_notes
from charts.theme import Theme, frame, hidden_axis, theme
from charts.tiles import not_on_the_map
from data_access.access.result import Protected, State
from data_access.words import mark as _
from data_access.words import text

HEIGHT = 340
KEY = "kode"
DECIMALS = 3  # of a degree: about a hundred metres, finer than a screen can show
GeoJson = Mapping[str, Any]
Ring = list[tuple[float, float]]


def provinces(
    result: Protected,
    geojson: GeoJson,
    *,
    language: str,
    dark: bool = False,
    period: date | None = None,
    key: str = KEY,
    against: float | None = None,
    against_words: str = "",
) -> go.Figure:
    """The map at `period` (else the last). `geojson` is a FeatureCollection of polygons whose property `key` holds our
    codes of provinces, in degrees.

    Colours and `against` are those of the tile map. Suppressed provinces are hatched; those without a shape are told in a
    note; shapes without a cell are faint.
    """
    some = latest(result, period=period)
    if empty.has_nothing(some):
        return empty.sentence(some, language=language, dark=dark)
    look, shapes = theme(dark), _shapes(geojson, key)
    there = [cell for cell in some if cell.codes[0] in shapes]
    shade = shading(shown(there), result.measure, look, against=against)
    cell = {one.codes[0]: one for one in there}
    traces = [
        _area(rings, cell.get(code), result, shade, look=look, language=language) for code, rings in shapes.items()
    ]
    notes = _notes(some, there, result, shade=shade, against_words=against_words, language=language)
    shared = frame(look, language=language, height=HEIGHT + LEGEND, left=2, right=2, top=2, bottom=LEGEND, notes=notes)
    axes = {"xaxis": hidden_axis(), "yaxis": hidden_axis(scaleanchor="x", scaleratio=1)}
    return go.Figure([*traces, legend(shade, result.measure, look=look, language=language)], shared | axes)


def _shapes(geojson: GeoJson, key: str) -> dict[str, list[Ring]]:
    """The outlines of each code; features without the property are left out."""
    found: dict[str, list[Ring]] = {}
    for feature in geojson["features"]:
        code = feature["properties"].get(key)
        if code is not None:
            found.setdefault(str(code), []).extend(_rings(feature["geometry"]))
    return found


def _rings(geometry: Mapping[str, Any]) -> Iterator[Ring]:
    """The outer ring of each polygon: a lake within a province has its colour."""
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for part in parts:
        yield [(round(point[0], DECIMALS), round(point[1], DECIMALS)) for point in part[0]]


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
    against_words: str,
    language: str,
) -> list[str]:
    notes = shading_notes(shade, result.measure, language, words=against_words)
    drawn, count = {cell.codes[0] for cell in there}, states(there)
    notes += not_on_the_map([cell for cell in some if cell.codes[0] not in drawn], result, language)
    if count[State.SUPPRESSED]:
        hidden = labels.hidden_mark(some, language)
        notes.append(text(_("Arsir: ditekan demi kerahasiaan ({mark})."), language, mark=hidden))
    if count[State.UNAVAILABLE]:
        notes.append(text(_("Kosong: tidak tersedia."), language))
    return labels.small_print(notes)
