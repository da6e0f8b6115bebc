"""Tile-grid map: each of the 38 provinces one tile of equal size, placed as on the map, coloured by displayed value.

Groups of islands are outlined and named on the map itself.
"""

from collections.abc import Sequence
from datetime import date

import plotly.graph_objects as go

from charts import empty, labels
from charts.places import Place, outlines, places, region_names
from charts.reading import Cell, latest, shown
from charts.shading import Shading, shading, shading_notes
from charts.theme import Theme, frame, hidden_axis, theme, with_annotations
from charts.tiling import Tile, cell_words, tiling
from data_access.access.result import Protected
from data_access.contract import contract
from data_access.words import mark as _
from data_access.words import text

LEVEL = "provinsi"
ROW, LETTERS = 48, 11


def provinces(
    result: Protected,
    *,
    language: str,
    dark: bool = False,
    period: date | None = None,
    against: float | None = None,
) -> go.Figure:
    """The map at `period` (else the last). Provinces outside the result are faint and empty; a note tells of abroad.

    `against` colours both ways from a value of reference, the national one.
    """
    some = latest(result, period=period)
    if empty.has_nothing(some):
        return empty.sentence(some, language=language, dark=dark)
    look = theme(dark)
    cell = {one.codes[0]: one for one in some}
    tiles = [_tile(place, cell.get(place.code), result, language) for place in places()]
    drawn = [one.cell for one in tiles if one.cell]
    shade = shading(shown(drawn), result.measure, look, against=against)
    trace = tiling(tiles, shade=shade, look=look, size=LETTERS)
    notes = _notes(some, result, shade=shade, language=language)
    return go.Figure(trace, _layout(look, language, notes))


def _tile(place: Place, cell: Cell | None, result: Protected, language: str) -> Tile:
    name = contract().datasets["pegawai"].levels[LEVEL].by_code[place.code].label.text(language)
    if cell is None:
        why = text(_("di luar pilihan atau cakupan Anda"), language)
        return Tile(place.column, place.row, None, place.label, f"<b>{labels.safe(name)}</b><br>{labels.safe(why)}")
    words = f"<b>{place.label}</b><br><span style='font-size:10px'>{cell_words(cell, language, short=True)}</span>"
    return Tile(place.column, place.row, cell, words, labels.hover_text(name, cell, result, language))


def _layout(look: Theme, language: str, notes: Sequence[str]) -> dict[str, object]:
    columns = max(place.column for place in places()) + 1
    rows = max(place.row for place in places()) + 1
    shared = frame(look, language=language, height=ROW * rows + 16, left=2, right=2, notes=notes)
    axes = {
        "xaxis": hidden_axis(range=[-0.5, columns - 0.5]),
        "yaxis": hidden_axis(range=[rows - 0.5, -0.5]),
    }
    named = with_annotations(shared, region_names(look, language))
    return named | axes | {"barmode": "overlay", "shapes": [outlines(look)]}


def _notes(some: Sequence[Cell], result: Protected, *, shade: Shading, language: str) -> list[str]:
    drawn = {place.code for place in places()}
    notes = not_on_the_map([cell for cell in some if cell.codes[0] not in drawn], result, language)
    colours = shading_notes(shade, result.measure, language)
    short = labels.abbreviation_notes(some, language)
    return labels.small_print(colours + short + notes + labels.state_notes(some, language))


def not_on_the_map(some: Sequence[Cell], result: Protected, language: str) -> list[str]:
    """A note for each cell that has no place on a map: abroad, for instance."""
    name = labels.names(result.axes[0], language)
    told = _("{name} (tidak di peta): {value}.")
    values = {name[cell.codes[0]]: labels.value_text(cell, language) for cell in some}
    return [text(told, language, name=place, value=value) for place, value in values.items()]
