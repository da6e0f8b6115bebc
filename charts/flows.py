"""What came in and what went out in each period: columns of the events, in above zero and out below."""

from collections.abc import Collection, Sequence

import plotly.graph_objects as go

from charts import empty, labels, palette
from charts.reading import Cell, cells, periods
from charts.scale import steps
from charts.theme import SMALL, Layout, Theme, frame, heading, plain_axis, theme, with_annotations
from data_access.access.result import Axis, Measure, Protected
from data_access.words import mark as _
from data_access.words import short_day, text

HEIGHT, BOTTOM = 340, 44
ROOM = 1.04
# The seven of the nine events that come in or go out; transfers, which do neither, have no colour.
EVENTS = {
    "cpns": "sky",
    "pppk": "amber",
    "pensiun_bup": "navy",
    "pensiun_dini": "teal",
    "meninggal": "grey",
    "berhenti": "brick",
    "pemberhentian": "plum",
}


def in_out(
    result: Protected, *, language: str, dark: bool = False, plus: Collection[str], minus: Collection[str]
) -> go.Figure:
    """The chart of one dimension over its periods: codes of `plus` above zero, of `minus` below, the others left out."""
    some = [cell for cell in cells(result) if cell.codes[0] in (*plus, *minus)]
    if empty.has_nothing(some):
        return empty.sentence(some, language=language, dark=dark)
    look, axis = theme(dark), result.axes[0]
    known = palette.colours(axis, look) | {code: look.hues[hue] for code, hue in EVENTS.items()}
    colour = {code: known[code] for code, _label in axis.members if code in (*plus, *minus)}
    figure = go.Figure(layout=_layout(some, result, minus, colour=colour, look=look, language=language))
    for code, fill in colour.items():
        own = [cell for cell in some if cell.codes[0] == code and cell.value is not None]
        way = -1 if code in minus else 1
        figure.add_trace(_part(own, result, way, colour=fill, look=look, language=language))
    return figure


def _part(some: Sequence[Cell], result: Protected, way: int, *, colour: str, look: Theme, language: str) -> go.Bar:
    name = labels.names(result.axes[0], language)
    return go.Bar(
        x=[cell.period.isoformat() for cell in some],
        y=[way * (cell.value or 0) for cell in some],
        marker={"color": colour, "line": {"color": look.background, "width": 1}},
        hovertext=[labels.hover_text(name[cell.codes[0]], cell, result, language) for cell in some],
        hoverinfo="text",
    )


def _layout(
    some: Sequence[Cell],
    result: Protected,
    minus: Collection[str],
    *,
    colour: dict[str, str],
    look: Theme,
    language: str,
) -> dict[str, object]:
    key = _key(result.axes[0], colour, minus, language)
    upwards = _values(some, minus, result.measure, look=look, language=language)
    left, top = labels.width(upwards["ticktext"], least=44) + 4, 17 * len(key) + 12
    notes = labels.small_print(labels.state_notes(some, language))
    height = HEIGHT + top
    layout = frame(look, language=language, height=height, left=left, top=top, bottom=BOTTOM, notes=notes)
    days = periods(result)
    words = ["<br>".join(short_day(day, language).rsplit(" ", 1)) for day in days]
    codes = [day.isoformat() for day in days]
    ticks = {"tickmode": "array", "tickvals": codes, "ticktext": words, "tickangle": 0, "automargin": False}
    across = plain_axis(type="category", categoryorder="array", categoryarray=codes)
    return with_annotations(layout, [heading(look, key, left=left)]) | {
        "barmode": "relative",
        "bargap": 0.35,
        "xaxis": across | ticks | {"tickfont": {"size": SMALL, "color": look.muted}},
        "yaxis": upwards,
    }


def _key(axis: Axis, colour: dict[str, str], minus: Collection[str], language: str) -> list[str]:
    """The colours of each direction, on lines of their own."""
    name = labels.names(axis, language)
    lines = []
    for words, codes in (
        (_("Di atas nol:"), [code for code in colour if code not in minus]),
        (_("Di bawah nol:"), [code for code in colour if code in minus]),
    ):
        first, *others = labels.key({name[code]: colour[code] for code in codes})
        lines += [f"{labels.safe(text(words, language))} {first}", *others]
    return lines


def _values(some: Sequence[Cell], minus: Collection[str], measure: Measure, *, look: Theme, language: str) -> Layout:
    """An axis both ways whose labels are absolute."""
    high, low = _longest(some, minus, below=False), _longest(some, minus, below=True)
    ways = steps(max(high, low), most=3, whole=True)
    values = [-way for way in ways[:0:-1] if way <= low * ROOM] + [way for way in ways if way <= high * ROOM]
    words = [labels.measured(abs(value), measure, language, tick=True) for value in values]
    ends = [-low * ROOM, max(high, 1) * ROOM]
    grid = {"showgrid": True, "gridcolor": look.grid, "zeroline": True, "zerolinecolor": look.outline}
    ticks = {"tickmode": "array", "tickvals": values, "ticktext": words, "automargin": False}
    return plain_axis(range=ends) | grid | ticks | {"tickfont": {"size": SMALL, "color": look.muted}}


def _longest(some: Sequence[Cell], minus: Collection[str], *, below: bool) -> float:
    """The height of the highest column of one direction."""
    days = {cell.period for cell in some}
    own = [cell for cell in some if (cell.codes[0] in minus) == below]
    return max(sum(cell.value or 0 for cell in own if cell.period == day) for day in days)
