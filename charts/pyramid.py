"""Age pyramid: men to the left, women to the right, one bar for each age group; an earlier period as outline."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import plotly.graph_objects as go

from charts import empty, labels, palette, unshown
from charts.axes import WHOLE
from charts.reading import Cell, latest, periods, shown
from charts.scale import steps
from charts.theme import CLEAR, SIZE, SMALL, Theme, frame, plain_axis, theme, with_annotations
from data_access.access.result import Axis, Measure, Protected
from data_access.words import mark as _
from data_access.words import short_day, text

AGES = ("umur_5", "umur_bkn")
SEX = "jenis_kelamin"
SIDES = {"L": -1, "P": 1}
ROW, TOP, BOTTOM = 28, 26, 26
NARROW = 6  # characters of a tick label of which five fit on a phone


def age_sex(
    result: Protected,
    *,
    language: str,
    dark: bool = False,
    period: date | None = None,
    compare: date | None = None,
) -> go.Figure:
    """The chart at `period` (else the last); `compare` overlays another period of the result as outline.

    Of a result that holds just two periods the earlier is the outline.
    """
    some = latest(result, period=period)
    if empty.has_nothing(some):
        return empty.sentence(some, language=language, dark=dark)
    look = theme(dark)
    both = periods(result)
    if period is None and compare is None and len(both) == 2:
        compare = both[0]
    before = latest(result, period=compare) if compare else []
    figure = go.Figure(layout=_layout(result, some, before, look=look, language=language))
    for sex, side in SIDES.items():
        figure.add_trace(_side(_of(some, result, sex), result, side=side, look=look, language=language))
        figure.add_trace(_stubs(_of(some, result, sex), result, side=side, look=look, language=language))
        if before:
            figure.add_trace(_outline(_of(before, result, sex), result, side=side, look=look, language=language))
    return figure


def ages(result: Protected) -> Axis:
    return next(axis for axis in result.axes if axis.level in AGES)


def _of(some: Sequence[Cell], result: Protected, sex: str) -> list[Cell]:
    """The cells of one side, as cells of the age axis alone."""
    levels = [axis.level for axis in result.axes]
    at, age = levels.index(SEX), 1 - levels.index(SEX)
    return [replace(c, codes=(c.codes[age], c.codes[at])) for c in some if c.codes[at] == sex]


def _side(some: Sequence[Cell], result: Protected, *, side: int, look: Theme, language: str) -> go.Bar:
    there = [cell for cell in some if cell.value is not None]
    colour = palette.fixed(SEX, look)
    return go.Bar(
        **_places(there, side),
        customdata=[_chosen(cell, result) for cell in there],  # what a click chooses
        marker={"color": [colour[cell.codes[1]] for cell in there], "cornerradius": 2},
        hovertext=_hovers(there, result, language),
        hoverinfo="text",
    )


def _outline(some: Sequence[Cell], result: Protected, *, side: int, look: Theme, language: str) -> go.Bar:
    there = [cell for cell in some if cell.value is not None]
    return go.Bar(
        **_places(there, side),
        customdata=[_chosen(cell, result) for cell in there],
        marker={"color": CLEAR, "line": {"color": look.text, "width": 1.5}},
        hovertext=_hovers(there, result, language),
        hoverinfo="text",
    )


def _stubs(some: Sequence[Cell], result: Protected, *, side: int, look: Theme, language: str) -> go.Bar:
    hidden = [cell for cell in some if cell.value is None]
    return unshown.stubs(
        [cell.codes[0] for cell in hidden],
        states=[cell.state for cell in hidden],
        texts=[labels.value_text(cell, language) for cell in hidden],
        hovers=_hovers(hidden, result, language),
        look=look,
        direction=side,
    )


def _places(there: Sequence[Cell], side: int) -> dict[str, object]:
    values = [side * value for value in shown(there)]
    return {"x": values, "y": [cell.codes[0] for cell in there], "orientation": "h"}


def _chosen(cell: Cell, result: Protected) -> list[str]:
    """The codes of a cell of `_of` in the order of the result's axes."""
    age, sex = cell.codes
    return [sex if axis.level == SEX else age for axis in result.axes]


def _hovers(some: Sequence[Cell], result: Protected, language: str) -> list[str]:
    name = {code: word for axis in result.axes for code, word in axis.labels(language).items()}
    return [labels.hover_text(f"{name[c.codes[1]]}, {name[c.codes[0]]}", c, result, language) for c in some]


def _layout(
    result: Protected, some: Sequence[Cell], before: Sequence[Cell], *, look: Theme, language: str
) -> dict[str, object]:
    age = ages(result)
    codes, ticks = [code for code, _label in age.members], [labels.folded(w) for w in age.labels(language).values()]
    notes = labels.small_print(_notes(some, before, language))
    height = ROW * len(codes) + TOP + BOTTOM
    shared = frame(
        look, language=language, height=height, left=labels.width(ticks), right=14, top=TOP, bottom=BOTTOM, notes=notes
    )
    held = {code for axis in result.axes for code, _label in axis.members}
    heads = [_head(result, sex, look=look, language=language) for sex in SIDES if sex in held]
    rows = plain_axis(type="category", categoryorder="array", categoryarray=codes, range=[-0.5, len(codes) - 0.5])
    return with_annotations(shared, heads) | {
        "barmode": "overlay",
        "bargap": 0.16,
        "xaxis": _values(max([*shown(some), *shown(before)]), result.measure, look, language),
        "yaxis": rows | {"tickmode": "array", "tickvals": codes, "ticktext": ticks, "ticklabelstandoff": 6},
        unshown.AXIS: unshown.axis((-1, 1)),
    }


def _values(largest: float, measure: Measure, look: Theme, language: str) -> dict[str, object]:
    """The same axis both ways; labels are absolute, and wide ones leave out every second, for a phone has no room."""
    ways = steps(largest, most=2, whole=measure.kind in WHOLE)
    values = [-value for value in ways[:0:-1]] + ways
    words = [labels.measured(abs(value), measure, language, tick=True) for value in values]
    if len(ways) > 2 and len(words[0]) > NARROW:
        words[1::2] = [""] * len(words[1::2])
    ticks = {"tickmode": "array", "tickvals": values, "ticktext": words}
    end = max(largest, ways[-1]) * 1.04
    grid = {"showgrid": True, "gridcolor": look.grid, "tickfont": {"size": SMALL, "color": look.muted}, "tickangle": 0}
    return plain_axis(range=[-end, end], zeroline=True, zerolinecolor=look.background, **grid, **ticks)


def _head(result: Protected, sex: str, *, look: Theme, language: str) -> dict[str, object]:
    side = next(axis for axis in result.axes if axis.level == SEX)
    words, left = side.labels(language)[sex], SIDES[sex] < 0
    place = {"xref": "x", "yref": "paper", "x": 0, "y": 1, "yanchor": "bottom", "xshift": -8 if left else 8}
    font = {"size": SIZE, "color": look.text}
    anchor = "right" if left else "left"
    mark = labels.swatch(palette.fixed(SEX, look)[sex])
    words = f"<b>{labels.safe(words)}</b> {mark}" if left else f"{mark} <b>{labels.safe(words)}</b>"
    return place | {"text": words, "xanchor": anchor, "showarrow": False, "font": font}


def _notes(some: Sequence[Cell], before: Sequence[Cell], language: str) -> list[str]:
    notes = labels.state_notes(some, language)
    if before:
        days = {"day": short_day(some[0].period, language), "before": short_day(before[0].period, language)}
        notes.insert(0, text(_("Batang: {day}. Garis tepi: {before}."), language, **days))
    return notes
