"""Lines over the periods for the whole or for the members of one dimension; a point that is not shown is a gap."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Literal

import plotly.graph_objects as go

from charts import breaks as breaking
from charts import empty, labels, reference
from charts.axes import span, value_axis
from charts.breaks import Break
from charts.ends import end_labels
from charts.reading import Cell, cells, periods, shown
from charts.series import Series, series
from charts.theme import SMALL, Theme, frame, plain_axis, theme, with_annotations
from data_access.access.result import Kind, Protected
from data_access.words import mark as _
from data_access.words import short_day, text

HEIGHT, TOP, BOTTOM = 340, 26, 46
MOST = 8
FITTED = (Kind.YEARS, Kind.SCORE)  # means, which have no zero to start from
DATES = 4

Baseline = Literal["zero", "fit", "kind"]


def over_time(
    result: Protected,
    *,
    language: str,
    dark: bool = False,
    baseline: Baseline = "kind",
    breaks: Sequence[Break] | None = None,
    top: int = MOST,
    line: reference.Line | None = None,
) -> go.Figure:
    """The chart. `breaks` in the series are those known for the result unless others are given; `top` limits the lines
    to the largest at the end. The axis starts at zero except for means in years or where `baseline` is "fit", which a note
    then says. `line` is a value of reference with its words.
    """
    some = cells(result)
    if empty.has_nothing(some):
        return empty.sentence(some, language=language, dark=dark)
    look = theme(dark)
    every = series(result, some, look=look, language=language)
    kept = every[:top]
    drawn = [cell for one in kept for cell in one.cells]
    fit = baseline == "fit" or (baseline == "kind" and result.measure.kind in FITTED)
    low, high = span([*shown(drawn), *([line[0]] if line else [])], result.measure, fit=fit)
    broken = breaking.breaks_for(result, language) if breaks is None else breaks
    notes = _notes(kept, len(every), fit=fit and low > 0, broken=broken, language=language)
    ends, right = end_labels(kept, low=low, high=high, pixels=HEIGHT - TOP - BOTTOM, language=language)
    upwards = value_axis((low, high), result.measure, look=look, language=language)
    left = labels.width(upwards["ticktext"], least=44) + 4
    layout = frame(look, language=language, height=HEIGHT, left=left, right=right, top=TOP, bottom=BOTTOM, notes=notes)
    marks, words = reference.upwards(line, result.measure, look=look, language=language)
    days = periods(result)
    marked = breaking.marks(broken, look, drawn=(days[0], days[-1]))
    layout = with_annotations(layout, [*ends, *words, *marked])
    layout |= {"xaxis": _dates(some, language, look), "yaxis": upwards}
    layout["shapes"] = [*marks, *breaking.lines(broken, look)]
    return go.Figure([_line(one, result, look=look, language=language) for one in kept], layout)


def _line(one: Series, result: Protected, *, look: Theme, language: str) -> go.Scatter:
    return go.Scatter(
        x=[cell.period.isoformat() for cell in one.cells],
        y=[cell.value for cell in one.cells],
        mode="lines+markers",
        connectgaps=False,
        line={"color": one.colour, "width": 2.5},
        marker={"size": 7, "color": one.colour, "line": {"color": look.background, "width": 1}},
        cliponaxis=False,
        hovertext=[labels.hover_text(one.name, cell, result, language) for cell in one.cells],
        hoverinfo="text",
    )


def _dates(some: Sequence[Cell], language: str, look: Theme) -> dict[str, object]:
    """Reference dates as ticks: all of them up to four, else some at even distance that include the last."""
    days = sorted({cell.period for cell in some})
    step = -(-len(days) // DATES)
    ticks = days[::-1][::step][::-1]
    words = [short_day(day, language).rsplit(" ", 1) for day in ticks]
    marks = {
        "tickmode": "array",
        "tickvals": [day.isoformat() for day in ticks],
        "ticktext": ["<br>".join(w) for w in words],
    }
    spare = (days[-1] - days[0]) / 40 or timedelta(days=90)
    ends = [(days[0] - spare).isoformat(), (days[-1] + spare).isoformat()]
    axis = plain_axis(
        type="date", range=ends, showline=True, linecolor=look.outline, ticks="outside", tickcolor=look.outline
    )
    return axis | marks | {"tickangle": 0, "automargin": False, "tickfont": {"size": SMALL, "color": look.muted}}


def _notes(kept: Sequence[Series], total: int, *, fit: bool, broken: Sequence[Break], language: str) -> list[str]:
    some = [cell for one in kept for cell in one.cells]
    notes = []
    if len(shown(some)) < len(some):
        notes.append(labels.gap_note(some, language))
    if len(kept) < total:
        notes.insert(0, text(_("{shown} terbesar dari {all}."), language, shown=len(kept), all=total))
    if fit:
        notes.append(text(_("Sumbu tegak tidak mulai dari nol."), language))
    return labels.small_print(notes) + labels.small_print(breaking.notes(broken, language))
