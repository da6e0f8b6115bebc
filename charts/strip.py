"""Distribution of the members of one dimension along one axis: a dot each, median and quartiles, the chosen one marked."""

from collections.abc import Sequence
from datetime import date
from math import floor, log10
from zlib import crc32

import plotly.graph_objects as go

from charts import empty, labels
from charts.axes import span, value_axis
from charts.colour import faded
from charts.reading import Cell, latest, shown
from charts.theme import SMALL, Theme, frame, heading, hidden_axis, theme, with_annotations
from data_access.access.result import Kind, Measure, Protected
from data_access.words import mark as _
from data_access.words import text

HEIGHT, TOP, BOTTOM, SIDE = 208, 64, 26, 16
NAME = 26  # letters of half a line on a phone
WIDE = 100  # how many times the smallest the largest is before persons stand on a logarithmic axis
Quartiles = tuple[float, float, float]


def distribution(
    result: Protected,
    *,
    language: str,
    dark: bool = False,
    period: date | None = None,
    chosen: str | None = None,
) -> go.Figure:
    """The chart at `period` (else the last); `chosen` is the code of the member to mark and name."""
    some = latest(result, period=period)
    if empty.has_nothing(some):
        return empty.sentence(some, language=language, dark=dark)
    look, there = theme(dark), [cell for cell in some if cell.value is not None]
    marked = next((cell for cell in some if cell.codes[0] == chosen), None)
    others = [cell for cell in there if cell.codes[0] != chosen]
    layout = _layout(some, marked, result, look=look, language=language)
    dots = {"size": 8, "color": faded(look.brand, 0.45), "line": {"color": look.brand, "width": 1}}
    traces = [_dots(others, result, marker=dots, language=language)]
    if marked and marked.value is not None:
        spot = {"size": 14, "color": look.accent, "symbol": "diamond", "line": {"color": look.text, "width": 1.5}}
        traces.append(_dots([marked], result, marker=spot, language=language))
    return go.Figure(traces, layout)


def quartiles(values: Sequence[float]) -> Quartiles:
    """Lower quartile, median and upper quartile: each the displayed value of a member, never one in between."""
    ranked = sorted(values)
    low, middle, high = (ranked[round((len(ranked) - 1) * part)] for part in (0.25, 0.5, 0.75))
    return low, middle, high


def is_logarithmic(values: Sequence[float], measure: Measure) -> bool:
    return measure.kind == Kind.PERSONS and min(values) > 0 and max(values) >= WIDE * min(values)


def _dots(some: Sequence[Cell], result: Protected, *, marker: dict[str, object], language: str) -> go.Scatter:
    name = labels.names(result.axes[0], language)
    return go.Scatter(
        x=shown(some),
        y=[_height(cell.codes[0]) if len(some) > 1 else 0.5 for cell in some],
        mode="markers",
        marker=marker,
        cliponaxis=False,
        customdata=[list(cell.codes) for cell in some],  # what a click chooses
        hovertext=[labels.hover_text(name[cell.codes[0]], cell, result, language) for cell in some],
        hoverinfo="text",
    )


def _height(code: str) -> float:
    """Where a dot stands between the foot and the top of the strip: always the same for one member."""
    return 0.08 + 0.84 * (crc32(code.encode()) % 997) / 996


def _layout(
    some: Sequence[Cell], marked: Cell | None, result: Protected, *, look: Theme, language: str
) -> dict[str, object]:
    values = shown(some)
    logarithmic = is_logarithmic(values, result.measure)
    notes = _notes(some, marked, result, logarithmic=logarithmic, language=language)
    shared = frame(look, language=language, height=HEIGHT, left=SIDE, right=SIDE, top=TOP, bottom=BOTTOM, notes=notes)
    low, middle, high = quartiles(values)
    across = value_axis(span(values, result.measure, fit=True), result.measure, look=look, language=language, most=4)
    if logarithmic:
        across |= _powers(values, result.measure, language)
    told = [_median_words(middle, across["range"], result, logarithmic=logarithmic, look=look, language=language)]
    if marked and marked.value is not None:
        told.append(_chosen_words(marked, some, result, look=look, language=language))
    return with_annotations(shared, told) | {
        "shapes": [_box(low, high, look), _median(middle, look)],
        "xaxis": across,
        "yaxis": hidden_axis(range=[0, 1]),
    }


def _powers(values: Sequence[float], measure: Measure, language: str) -> dict[str, object]:
    """The logarithmic axis: a tick at every power of ten."""
    low, high = log10(min(values)), log10(max(values))
    powers = [10**power for power in range(floor(low), floor(high) + 2)]
    words = [labels.measured(value, measure, language, tick=True) for value in powers]
    spare = (high - low) * 0.04
    return {"type": "log", "range": [low - spare, high + spare], "tickvals": powers, "ticktext": words}


def _box(low: float, high: float, look: Theme) -> dict[str, object]:
    """The half of the members in the middle."""
    place = {"type": "rect", "xref": "x", "yref": "paper", "x0": low, "x1": high, "y0": 0, "y1": 1, "layer": "below"}
    return place | {"fillcolor": faded(look.brand, 0.14), "line": {"width": 0}}


def _median(middle: float, look: Theme) -> dict[str, object]:
    place = {"type": "line", "xref": "x", "yref": "paper", "x0": middle, "x1": middle, "y0": 0, "y1": 1}
    return place | {"line": {"color": look.text, "width": 2}}


def _median_words(
    middle: float, reach: Sequence[float], result: Protected, *, logarithmic: bool, look: Theme, language: str
) -> dict[str, object]:
    words = text(_("median {value}"), language, value=labels.measured(middle, result.measure, language))
    at = log10(middle) if logarithmic else middle
    return _above(at, reach) | {"text": words, "font": {"size": SMALL, "color": look.text}}


def _chosen_words(
    marked: Cell, some: Sequence[Cell], result: Protected, *, look: Theme, language: str
) -> dict[str, object]:
    """Name, value and rank of the chosen one, at the left edge: beside its mark a phone has no room."""
    values = shown(some)
    rank = 1 + sum(value > marked.size for value in values)
    name = labels.folded(labels.names(result.axes[0], language)[marked.codes[0]], letters=NAME).split("<br>")
    value = labels.value_text(marked, language)
    told = text(_("{value}, ke-{rank} dari {all}"), language, value=value, rank=rank, all=len(values))
    lines = [f"{labels.swatch(look.accent, sign='◆')} <b>{' '.join(name)}</b>", labels.safe(told)]
    return heading(look, lines, left=SIDE) | {"yshift": 18}


def _above(at: float, reach: Sequence[float]) -> dict[str, object]:
    """Above the plot at a place of the axis, growing towards the middle so that it stays within the figure."""
    share = (at - reach[0]) / (reach[1] - reach[0])
    anchor = "left" if share < 1 / 3 else "right" if share > 2 / 3 else "center"
    place = {"xref": "x", "yref": "paper", "x": at, "y": 1, "xanchor": anchor, "yanchor": "bottom"}
    return place | {"showarrow": False}


def _notes(
    some: Sequence[Cell], marked: Cell | None, result: Protected, *, logarithmic: bool, language: str
) -> list[str]:
    values = shown(some)
    low, _middle, high = quartiles(values)
    ends = {
        "low": labels.measured(low, result.measure, language),
        "high": labels.measured(high, result.measure, language),
    }
    notes = [text(_("Pita: separuh di tengah, {low} sampai {high}."), language, **ends)]
    if logarithmic:
        notes.append(text(_("Sumbu logaritmik: tiap langkah sepuluh kali lipat."), language))
    if len(values) < len(some):
        notes.append(text(_("{count} tanpa angka tidak digambar."), language, count=len(some) - len(values)))
    if marked and marked.value is None:
        name = labels.names(result.axes[0], language)[marked.codes[0]]
        notes.insert(0, f"{name}: {labels.value_text(marked, language)}.")
        notes += labels.state_notes([marked], language)
    return labels.small_print(notes)
