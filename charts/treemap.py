"""Areas of one or two dimensions: each shown cell a rectangle as large as its value, within its member of the first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from charts import empty, labels, palette
from charts.colour import ink_on
from charts.reading import Cell, latest, shown, states
from charts.shading import shading
from charts.theme import CLEAR, SMALL, Theme, frame, theme
from data_access.access.result import Protected, State
from data_access.words import mark as _
from data_access.words import text

HEIGHT = 420
MOST = 60
HUES = 7  # members that can have colours of their own
JOINT = "|"  # between the codes of an area; some codes hold a "/"
HEAD = 26  # pixels of the name above the rectangles of a group; Plotly leaves it out where it finds less room


@dataclass(frozen=True)
class Area:
    """One rectangle; a group has no value of its own but the room of its members. The key, its codes, is what a click
    chooses.
    """

    key: str
    parent: str
    words: str
    hover: str
    value: float
    fill: str


def areas(result: Protected, *, language: str, dark: bool = False, period: date | None = None) -> go.Figure:
    """The chart at `period` (else the last), of the 60 largest cells. Cells that are not shown have no area; a note tells
    how many. Groups say no total: it would be a sum of displayed values, not a displayed one.
    """
    some = latest(result, period=period)
    if empty.has_nothing(some) or not any(shown(some)):
        return empty.sentence(some, language=language, dark=dark)
    look = theme(dark)
    kept = sorted((cell for cell in some if cell.value), key=lambda cell: (-cell.size, cell.codes))[:MOST]
    fills = _fills(kept, result, look)
    drawn = [*_groups(kept, result, language), *_leaves(kept, result, fills, language)]
    notes = _notes(some, len(kept), language)
    shared = frame(look, language=language, height=HEIGHT, left=2, right=2, top=2, notes=notes)
    return go.Figure(_trace(drawn, look), shared | {"uniformtext": {"mode": "hide", "minsize": SMALL - 1}})


def _trace(drawn: Sequence[Area], look: Theme) -> go.Treemap:
    return go.Treemap(
        ids=[area.key for area in drawn],
        parents=[area.parent for area in drawn],
        labels=[area.words for area in drawn],
        values=[area.value for area in drawn],
        branchvalues="remainder",
        sort=True,
        textinfo="label",
        textposition="top left",
        textfont={"size": SMALL, "color": [ink_on(a.fill) if a.fill != CLEAR else look.text for a in drawn]},
        marker={
            "colors": [area.fill for area in drawn],
            "line": {"color": look.background, "width": 1.5},
            "pad": {"t": HEAD if any(area.parent for area in drawn) else 0, "l": 0, "r": 0, "b": 0},
            "cornerradius": 2,
        },
        tiling={"pad": 1, "packing": "squarify"},
        root={"color": CLEAR},
        pathbar={"visible": False},
        hovertext=[area.hover for area in drawn],
        hoverinfo="text",
    )


def _groups(kept: Sequence[Cell], result: Protected, language: str) -> list[Area]:
    """The members of the first of two dimensions."""
    if len(result.axes) < 2:
        return []
    name = labels.names(result.axes[0], language)
    codes = dict.fromkeys(cell.codes[0] for cell in kept)
    return [
        Area(code, "", f"<b>{labels.safe(name[code])}</b>", f"<b>{labels.safe(name[code])}</b>", 0, CLEAR)
        for code in codes
    ]


def _leaves(kept: Sequence[Cell], result: Protected, fills: Mapping[Cell, str], language: str) -> list[Area]:
    named = [labels.names(axis, language) for axis in result.axes]
    made = []
    for cell in kept:
        words = [names[code] for names, code in zip(named, cell.codes, strict=True)]
        told = f"{labels.folded(words[-1])}<br><b>{labels.value_text(cell, language)}</b>"
        hover = labels.hover_text(", ".join(words), cell, result, language)
        parent = cell.codes[0] if len(cell.codes) > 1 else ""
        made.append(Area(JOINT.join(cell.codes), parent, told, hover, cell.size, fills[cell]))
    return made


def _fills(kept: Sequence[Cell], result: Protected, look: Theme) -> dict[Cell, str]:
    """By member of the last dimension where its members have, or can have, colours of their own; else by value."""
    axis = result.axes[-1]
    if len(axis.members) <= HUES or palette.own(axis, look):
        colour = palette.colours(axis, look)
        return {cell: colour[cell.codes[-1]] for cell in kept}
    shade = shading(shown(kept), result.measure, look)
    return {cell: shade.fill(cell.value) for cell in kept}


def _notes(some: Sequence[Cell], kept: int, language: str) -> list[str]:
    count, larger = states(some), sum(value > 0 for value in shown(some))
    notes = []
    if kept < larger:
        notes.append(text(_("{shown} terbesar dari {all}."), language, shown=kept, all=larger))
    if count[State.SUPPRESSED]:
        hidden = labels.hidden_mark(some, language)
        words = _("{count} sel ditekan ({mark}) tidak digambar.")
        notes.append(text(words, language, count=count[State.SUPPRESSED], mark=hidden))
    if count[State.UNAVAILABLE]:
        words = _("{count} sel tanpa angka tidak digambar.")
        notes.append(text(words, language, count=count[State.UNAVAILABLE]))
    return labels.small_print(notes)
