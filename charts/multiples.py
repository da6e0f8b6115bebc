"""Small multiples: one small line chart for each member of the first dimension, all on one scale."""

from collections.abc import Sequence
from datetime import date, timedelta

import plotly.graph_objects as go

from charts import empty, labels, palette
from charts.axes import span, value_axis
from charts.reading import Cell, by_code, cells, periods, shown
from charts.theme import SMALL, Theme, frame, heading, plain_axis, theme, with_annotations
from data_access.access.result import Axis, Kind, Protected
from data_access.words import mark as _
from data_access.words import text

MOST = 24
COLUMNS = 3
PANEL, HEAD, GAP, BOTTOM = 84, 38, 10, 22  # pixels: plot, room for its two lines of name, gap between rows, dates
BETWEEN = 0.035  # of the width, between columns
YEARS = (Kind.YEARS,)


def over_time(result: Protected, *, language: str, dark: bool = False, top: int = MOST) -> go.Figure:
    """The chart: lines of a second dimension's members in each panel, or one line. An unordered first dimension shows its
    `top` largest members at the last date, which a note tells; panels without a number are left out.
    """
    some = cells(result)
    if empty.has_nothing(some):
        return empty.sentence(some, language=language, dark=dark)
    look, panels = theme(dark), _panels(result, some, language)
    kept = panels[:top]
    drawn = [cell for _code, group in kept for cell in group]
    reach = span(shown(drawn), result.measure, fit=result.measure.kind in YEARS)
    colour = palette.colours(result.axes[1], look) if len(result.axes) > 1 else {"": look.brand}
    traces = [
        trace
        for place, (code, group) in enumerate(kept)
        for trace in _lines(group, place, result, name=_names(result, language)[code], colour=colour, language=language)
    ]
    notes = _notes(drawn, len(kept), len(panels), fit=reach[0] > 0, language=language)
    return go.Figure(
        traces, _layout(kept, result, reach=reach, notes=notes, colour=colour, look=look, language=language)
    )


def _panels(result: Protected, some: Sequence[Cell], language: str) -> list[tuple[str, list[Cell]]]:
    """Code and cells of each panel that has a number: the dimension's own order, else largest last value first."""
    groups = {code: group for code, group in by_code(some).items() if shown(group)}
    if result.axes[0].ordered:
        return list(groups.items())
    last, name = periods(result)[-1], _names(result, language)
    size = {code: sum(shown(cell for cell in group if cell.period == last)) for code, group in groups.items()}
    return sorted(groups.items(), key=lambda pair: (-size[pair[0]], name[pair[0]]))


def _names(result: Protected, language: str) -> dict[str, str]:
    return labels.names(result.axes[0], language)


def _lines(
    group: Sequence[Cell], place: int, result: Protected, *, name: str, colour: dict[str, str], language: str
) -> list[go.Scatter]:
    within = labels.names(result.axes[1], language) if len(result.axes) > 1 else {"": ""}
    parts = {code: [cell for cell in group if not code or cell.codes[1] == code] for code in within}
    return [
        go.Scatter(
            x=[cell.period.isoformat() for cell in part],
            y=[cell.value for cell in part],
            xaxis=_axis("x", place),
            yaxis=_axis("y", place),
            mode="lines+markers",
            connectgaps=False,
            cliponaxis=False,
            line={"color": colour[code], "width": 2},
            marker={"size": 4, "color": colour[code]},
            hovertext=[
                labels.hover_text(", ".join(filter(None, [name, within[code]])), cell, result, language)
                for cell in part
            ],
            hoverinfo="text",
        )
        for code, part in parts.items()
        if shown(part)
    ]


def _axis(letter: str, place: int) -> str:
    return letter if place == 0 else f"{letter}{place + 1}"


def _layout(
    kept: Sequence[tuple[str, list[Cell]]],
    result: Protected,
    *,
    reach: tuple[float, float],
    notes: Sequence[str],
    colour: dict[str, str],
    look: Theme,
    language: str,
) -> dict[str, object]:
    columns = min(COLUMNS, len(kept))
    rows = -(-len(kept) // columns)
    key = _key(result, colour, language)
    upwards = value_axis(reach, result.measure, look=look, language=language, most=2)
    left, top = labels.width(upwards["ticktext"], least=30), 17 * len(key) + 4
    inner = rows * (HEAD + PANEL) + (rows - 1) * GAP
    shared = frame(
        look, language=language, height=inner + top + BOTTOM, left=left, right=12, top=top, bottom=BOTTOM, notes=notes
    )
    axes: dict[str, object] = {}
    heads = []
    for place, (code, _group) in enumerate(kept):
        across, high = _domain(place, columns, inner)
        ends = {"anchor": _axis("y", place), "domain": across, "showticklabels": place + columns >= len(kept)}
        axes[f"xaxis{_number(place)}"] = _dates(periods(result), look, short=columns == COLUMNS) | ends
        side = {"anchor": _axis("x", place), "domain": high, "showticklabels": place % columns == 0}
        axes[f"yaxis{_number(place)}"] = upwards | side
        heads.append(_head(_names(result, language)[code], across[0], high[1], look=look))
    keyed = [heading(look, key, left=left)] if key else []
    return with_annotations(shared, [*keyed, *heads]) | axes


def _number(place: int) -> str:
    return str(place + 1) if place else ""


def _domain(place: int, columns: int, inner: int) -> tuple[list[float], list[float]]:
    """Where a panel lies, as shares of the plot: across, and upwards."""
    width = (1 - BETWEEN * (columns - 1)) / columns
    start = (place % columns) * (width + BETWEEN)
    top = 1 - ((place // columns) * (HEAD + PANEL + GAP) + HEAD) / inner
    return [start, min(start + width, 1.0)], [max(top - PANEL / inner, 0.0), top]


def _head(name: str, at: float, top: float, *, look: Theme) -> dict[str, object]:
    place = {"xref": "paper", "yref": "paper", "x": at, "y": top, "xanchor": "left", "yanchor": "bottom", "yshift": 3}
    font = {"size": SMALL, "color": look.text}
    return place | {"text": labels.folded(name, letters=15), "align": "left", "showarrow": False, "font": font}


def _dates(days: Sequence[date], look: Theme, *, short: bool) -> dict[str, object]:
    """The first and the last year, `short` where a phone has no room for all its digits."""
    spare = (days[-1] - days[0]) / 12 or timedelta(days=90)
    ends = [(days[0] - spare).isoformat(), (days[-1] + spare).isoformat()]
    ticks = list(dict.fromkeys([days[0], days[-1]]))
    marks = {"tickmode": "array", "tickvals": [day.isoformat() for day in ticks], "tickangle": 0}
    words = {
        "ticktext": [f"’{day:%y}" if short else f"{day:%Y}" for day in ticks],
        "tickfont": {"size": SMALL, "color": look.muted},
    }
    return plain_axis(type="date", range=ends, automargin=False, showline=True, linecolor=look.outline) | marks | words


def _key(result: Protected, colour: dict[str, str], language: str) -> list[str]:
    if len(result.axes) < 2:
        return []
    second: Axis = result.axes[1]
    return labels.key({name: colour[code] for code, name in labels.names(second, language).items()})


def _notes(drawn: Sequence[Cell], kept: int, every: int, *, fit: bool, language: str) -> list[str]:
    notes = []
    if kept < every:
        notes.append(text(_("{shown} terbesar dari {all}."), language, shown=kept, all=every))
    if len(shown(drawn)) < len(drawn):
        notes.append(labels.gap_note(drawn, language))
    if fit:
        notes.append(text(_("Sumbu tegak tidak mulai dari nol."), language))
    return labels.small_print(notes)
