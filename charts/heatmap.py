"""Heat map of two dimensions: a tile for each pair, labelled while there are few enough to read."""

from collections.abc import Sequence
from datetime import date
from math import inf

import plotly.graph_objects as go

from charts import empty, labels
from charts.axes import WHOLE
from charts.colour_bar import LEGEND, legend
from charts.reading import Cell, latest, shown, states
from charts.shading import Shading, shading, shading_notes
from charts.theme import SMALL, Theme, frame, plain_axis, theme
from charts.tiling import Tile, cell_words, tiling
from data_access.access.result import PERSONS, Axis, Measure, Protected, State
from data_access.words import mark as _
from data_access.words import text

ROW = 32
LABELLED = 200
WIDE = 6  # columns up to which a phone has room for whole numbers
MOST = 40


def grid(result: Protected, *, language: str, dark: bool = False, period: date | None = None) -> go.Figure:
    """The chart at `period` (else the last): rows are the dimension with more members, at most 40 of them."""
    some = latest(result, period=period)
    if empty.has_nothing(some):
        return empty.sentence(some, language=language, dark=dark)
    look = theme(dark)
    row_at = rows_at(result)
    rows, columns = result.axes[row_at], result.axes[1 - row_at]
    codes = _row_codes(some, rows, row_at, language)
    kept = [cell for cell in some if cell.codes[row_at] in codes[:MOST]]
    labelled = len(kept) <= LABELLED
    tiles = _tiles(kept, codes, result, labelled=labelled, language=language)
    shade = shading(shown(kept), result.measure, look)
    notes = _notes(kept, codes, shade, language)
    layout = _layout(codes, rows, columns, notes=notes, look=look, language=language)
    figure = go.Figure(tiling(tiles, shade=shade, look=look, size=SMALL), layout)
    if not labelled:
        _add_legend(figure, shade, result.measure, look=look, language=language)
    return figure


def rows_at(result: Protected) -> int:
    """Index of the axis that runs downwards: the one with more members, the first if equal."""
    return int(len(result.axes[1].members) > len(result.axes[0].members))


def _row_codes(some: Sequence[Cell], rows: Axis, at: int, language: str) -> list[str]:
    """Row codes from top to bottom: their own order, or by the sum (persons) or mean of displayed values."""
    if rows.ordered:
        return [code for code, _label in rows.members]
    of_row: dict[str, list[float]] = {code: [] for code, _label in rows.members}
    for cell in some:
        if cell.value is not None:
            of_row[cell.codes[at]].append(cell.value)
    parts = 1 if some[0].measure.kind in WHOLE else None
    size = {code: sum(values) / (parts or len(values)) if values else -inf for code, values in of_row.items()}
    name = labels.names(rows, language)
    return sorted(size, key=lambda code: (-size[code], name[code]))


def _tiles(
    some: Sequence[Cell], codes: Sequence[str], result: Protected, *, labelled: bool, language: str
) -> list[Tile]:
    at = rows_at(result)
    rows, columns = result.axes[at], result.axes[1 - at]
    row = {code: i for i, code in enumerate(codes)}
    column = {code: i for i, (code, _label) in enumerate(columns.members)}
    name, head = labels.names(rows, language), labels.names(columns, language)
    short = len(column) > WIDE
    return [
        Tile(
            column[c.codes[1 - at]],
            row[c.codes[at]],
            c,
            cell_words(c, language, short=short) if labelled else "",
            labels.hover_text(f"{name[c.codes[at]]}, {head[c.codes[1 - at]]}", c, result, language),
        )
        for c in some
    ]


def _layout(
    codes: Sequence[str], rows: Axis, columns: Axis, *, notes: Sequence[str], look: Theme, language: str
) -> dict[str, object]:
    name = labels.names(rows, language)
    side = [labels.folded(name[code]) for code in codes[:MOST]]
    head = _heads(list(labels.names(columns, language).values()))
    top = _top(head)
    height = ROW * len(side) + top + 8
    shared = frame(look, language=language, height=height, left=labels.width(side), right=2, top=top, notes=notes)
    font = {"tickfont": {"size": SMALL}, "tickmode": "array"}
    across = plain_axis(range=[-0.5, len(head) - 0.5], side="top", autotickangles=[0, -90])
    down = plain_axis(range=[len(side) - 0.5, -0.5], ticklabelstandoff=4)
    return shared | {
        "barmode": "overlay",
        "xaxis": across | font | {"tickvals": list(range(len(head))), "ticktext": head},
        "yaxis": down | font | {"tickvals": list(range(len(side))), "ticktext": side},
    }


def _heads(names: Sequence[str]) -> list[str]:
    """Column labels: in two lines if few, else in one, which the chart sets upright where it is narrow."""
    if len(names) <= WIDE:
        return [labels.folded(name, letters=14) for name in names]
    return [labels.safe(name if len(name) <= 24 else name[:23] + "…") for name in names]


def _top(head: Sequence[str]) -> int:
    """Pixels above the plot for the labels on a desk screen; a phone takes what more it needs from the rows."""
    if any("<br>" in word for word in head):
        return 44
    return 26 if max(map(len, head)) * len(head) < 150 else labels.width(head)


def _add_legend(figure: go.Figure, shade: Shading, measure: Measure, *, look: Theme, language: str) -> None:
    """A colour bar under the plot, for tiles too many to carry numbers."""
    figure.add_trace(legend(shade, measure, look=look, language=language))
    figure.layout.height += LEGEND
    figure.layout.margin.b += LEGEND
    for note in figure.layout.annotations:
        note.yshift -= LEGEND


def _notes(kept: Sequence[Cell], codes: Sequence[str], shade: Shading, language: str) -> list[str]:
    labelled = len(kept) <= LABELLED
    notes = labels.state_notes(kept, language) if labelled else _textures(kept, language)
    if len(codes) > MOST:
        notes.insert(0, text(_("{shown} terbesar dari {all}."), language, shown=MOST, all=len(codes)))
    if labelled:
        notes = shading_notes(shade, kept[0].measure, language) + notes
    if labelled and _is_short(kept):
        notes += labels.abbreviation_notes(kept, language)
    return labels.small_print(notes)


def _textures(kept: Sequence[Cell], language: str) -> list[str]:
    """What hatched and empty tiles mean where tiles carry no text."""
    count = states(kept)
    words = _("Arsir: di bawah 10, mungkin nol; ditekan ({mark}).")
    if kept[0].measure != PERSONS:
        words = _("Arsir: dihitung dari angka di bawah 10; ditekan ({mark}).")
    hatched = text(words, language, mark=labels.hidden_mark(kept, language))
    blank = text(_("Kosong: tidak tersedia."), language)
    return [hatched] * bool(count[State.SUPPRESSED]) + [blank] * bool(count[State.UNAVAILABLE])


def _is_short(kept: Sequence[Cell]) -> bool:
    """Whether the narrower axis is too wide for whole numbers."""
    return min(len({cell.codes[at] for cell in kept}) for at in (0, 1)) > WIDE
