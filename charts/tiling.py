"""Tiles on a grid, for the map and the heat map: one bar trace, because bars can be hatched one by one."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from charts import labels, unshown
from charts.colour import faded, ink_on
from charts.reading import Cell
from charts.shading import Shading
from charts.theme import CLEAR, Theme
from data_access.access.result import State

EDGE = 0.94


@dataclass(frozen=True)
class Tile:
    """A tile at a place of the grid; `cell` is None where there is nothing to know."""

    column: int
    row: int
    cell: Cell | None
    text: str
    hover: str


def tiling(tiles: Sequence[Tile], *, shade: Shading, look: Theme, size: int) -> go.Bar:
    """The trace; fill by displayed value, letters of `size` pixels."""
    fills = [shade.fill(tile.cell.value if tile.cell else None) for tile in tiles]
    hatched = [tile.cell is not None and tile.cell.state == State.SUPPRESSED for tile in tiles]
    return go.Bar(
        x=[tile.column for tile in tiles],
        y=[EDGE] * len(tiles),
        base=[tile.row - EDGE / 2 for tile in tiles],
        width=EDGE,
        marker={
            "color": fills,
            "cornerradius": 3,
            "line": {"color": [_edge(tile.cell, look) for tile in tiles], "width": 1},
            "pattern": unshown.pattern(hatched, look)
            | {"solidity": 0.14, "size": 8, "fgcolor": look.muted, "fgopacity": 0.45},
        },
        text=[tile.text for tile in tiles],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        constraintext="none",
        insidetextfont={
            "size": size,
            "color": [_ink(tile.cell, one, look) for tile, one in zip(tiles, fills, strict=True)],
        },
        customdata=[list(tile.cell.codes) if tile.cell else [] for tile in tiles],  # what a click chooses
        hovertext=[tile.hover for tile in tiles],
        hoverinfo="text",
    )


def _ink(cell: Cell | None, fill_colour: str, look: Theme) -> str:
    if cell is None:
        return look.muted
    return look.text if fill_colour == CLEAR else ink_on(fill_colour)


def _edge(cell: Cell | None, look: Theme) -> str:
    return faded(look.outline, 0.35) if cell is None else look.outline


def cell_words(cell: Cell, language: str, *, short: bool) -> str:
    words = labels.compact_text(cell, language) if short else labels.value_text(cell, language)
    return labels.safe(words)
