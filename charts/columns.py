"""Columns over the years of retirement, stacked by one other dimension if there is one.

A part that is not shown is hatched on top of its column, on an axis of its own, and such a column has no total.
"""

from collections.abc import Sequence
from datetime import date

import plotly.graph_objects as go

from charts import empty, labels, palette
from charts.axes import value_axis
from charts.reading import Cell, latest
from charts.stack_rows import Row
from charts.theme import CLEAR, SMALL, Layout, Theme, frame, heading, hidden_axis, plain_axis, theme, with_annotations
from charts.unshown import pattern
from data_access.access.result import Axis, Protected, State
from data_access.access.written import UNAVAILABLE, written
from data_access.words import mark as _
from data_access.words import text

LEVEL = "tahun_bup"
HEIGHT, TOP, RIGHT, BOTTOM = 340, 8, 14, 28
FEWEST = 6  # columns for which there is always room, so that one alone is no wall
LEVEL_TEXTS, UPRIGHT_TEXTS = 10, 20  # columns whose totals fit a phone: written across, written upwards
ROOM = {0: 1.08, -90: 1.17}  # of the highest column, for its total
STUB = 0.025
TICKS = {10: 1, 20: 2, 50: 5}  # up to so many columns -> which years are written


def most(other: Axis) -> int:
    """How many parts can be told apart: hues are fewer than steps of a scale."""
    return 8 if other.ordered else 7


def by_year(
    result: Protected,
    *,
    language: str,
    dark: bool = False,
    period: date | None = None,
    years: Sequence[str] | None = None,
) -> go.Figure:
    """The chart at `period` (else the last) of the chosen `years` (else of all from the first to the last that hold anybody)."""
    at = year_at(result)
    some = [cell for cell in latest(result, period=period) if years is None or cell.codes[at] in years]
    if empty.has_nothing(some):
        return empty.sentence(some, language=language, dark=dark)
    look = theme(dark)
    rows = _rows(some, result, trimmed=years is None, language=language)
    fills = _fills(result, look)
    figure = go.Figure(layout=_layout(rows, result, fills, look=look, language=language))
    for code, fill in fills.items():
        pairs = [(row, row.parts[code]) for row in rows if code in row.parts]
        figure.add_trace(_part(pairs, code, result, colour=fill, look=look, language=language))
    figure.add_trace(_unshown(rows, result, high=_high(rows), look=look, language=language))
    return figure


def year_at(result: Protected) -> int:
    """Index of the axis of years."""
    return [axis.level for axis in result.axes].index(LEVEL)


def _other(result: Protected) -> Axis | None:
    return next((axis for axis in result.axes if axis.level != LEVEL), None)


def _fills(result: Protected, look: Theme) -> dict[str, str]:
    """Part -> colour; the only part of a result without another dimension is called ""."""
    other = _other(result)
    return palette.colours(other, look) if other else {"": look.brand}


def _rows(some: Sequence[Cell], result: Protected, *, trimmed: bool, language: str) -> list[Row]:
    """One row for each year, in order of time."""
    at, wanted = year_at(result), dict[str, dict[str, Cell]]()
    for cell in some:
        wanted.setdefault(cell.codes[at], {})["".join(cell.codes[:at] + cell.codes[at + 1 :])] = cell
    names = labels.names(result.axes[at], language)
    rows = [Row(code, name, wanted[code]) for code, name in names.items() if code in wanted]
    held = [place for place, row in enumerate(rows) if row.displayed or row.suppressed]
    return rows[held[0] : held[-1] + 1] if trimmed and held else rows


def _part(
    pairs: Sequence[tuple[Row, Cell]], code: str, result: Protected, *, colour: str, look: Theme, language: str
) -> go.Bar:
    drawn = [(row, cell) for row, cell in pairs if cell.value is not None]
    name = _part_name(code, result, language)
    return go.Bar(
        name=labels.safe(name),
        x=[row.code for row, _cell in drawn],
        y=[cell.value for _row, cell in drawn],
        marker={"color": colour, "line": {"color": look.background, "width": 1}},
        customdata=[list(cell.codes) for _row, cell in drawn],  # what a click chooses
        hovertext=[
            labels.hover_text(_title(row, name, result, language), cell, result, language) for row, cell in drawn
        ],
        hoverinfo="text",
    )


def _title(row: Row, name: str, result: Protected, language: str) -> str:
    year = f"{result.axes[year_at(result)].label.text(language)} {row.name}"
    return f"{year}, {name}" if name else year


def _part_name(code: str, result: Protected, language: str) -> str:
    other = _other(result)
    return labels.names(other, language)[code] if other else ""


def _unshown(rows: Sequence[Row], result: Protected, *, high: float, look: Theme, language: str) -> go.Bar:
    """A stub on each column with a hidden part, and the mark of a column of which nothing is available."""
    some = [row for row in rows if row.suppressed or all(cell.value is None for cell in row.parts.values())]
    told = len(rows) <= LEVEL_TEXTS
    return go.Bar(
        x=[row.code for row in some],
        y=[STUB] * len(some),
        base=[row.displayed / high for row in some],
        yaxis="y2",
        marker={
            "color": CLEAR,
            "line": {"color": [look.outline if row.suppressed else CLEAR for row in some], "width": 1},
            "pattern": pattern([row.suppressed for row in some], look),
        },
        text=[_mark(row, language) if told else "" for row in some],
        textposition="outside",
        textangle=0,
        textfont={"color": look.muted, "size": SMALL},
        cliponaxis=False,
        hovertext=[_hidden_hover(row, result, language) for row in some],
        hoverinfo="text",
    )


def _mark(row: Row, language: str) -> str:
    """Of a column of which nothing is shown; on others the mark would read as their total."""
    if any(cell.value is not None for cell in row.parts.values()):
        return ""
    return labels.safe(labels.hidden_mark(list(row.parts.values()), language)) if row.suppressed else UNAVAILABLE


def _hidden_hover(row: Row, result: Protected, language: str) -> str:
    lines = [f"<b>{labels.safe(_title(row, '', result, language))}</b>"]
    for code, cell in row.parts.items():
        if cell.value is None:
            name = _part_name(code, result, language)
            lines.append((f"{labels.safe(name)}: " if name else "") + labels.told(cell, result, language))
    return "<br>".join(lines)


def _high(rows: Sequence[Row]) -> float:
    return (max(row.displayed for row in rows) or 1) * ROOM[_angle(rows)]


def _angle(rows: Sequence[Row]) -> int:
    return 0 if len(rows) <= LEVEL_TEXTS else -90


def _layout(rows: Sequence[Row], result: Protected, fills: dict[str, str], *, look: Theme, language: str) -> Layout:
    key = (
        labels.key({_part_name(code, result, language): fill for code, fill in fills.items()}) if _other(result) else []
    )
    high, totals = _high(rows), _totals(rows, result, look=look, language=language)
    upwards = value_axis((0, high), result.measure, look=look, language=language)
    left, top = labels.width(upwards["ticktext"], least=44) + 4, 17 * len(key) + 16 if key else TOP
    notes = _notes(rows, result, language)
    layout = frame(
        look, language=language, height=HEIGHT + top, left=left, right=RIGHT, top=top, bottom=BOTTOM, notes=notes
    )
    above = [heading(look, key, left=left)] if key else []
    return with_annotations(layout, [*above, *totals]) | {
        "barmode": "stack",
        "bargap": 0.25,
        "xaxis": _years(rows, look),
        "yaxis": upwards,
        "yaxis2": hidden_axis(overlaying="y", range=[0, 1]),
    }


def _years(rows: Sequence[Row], look: Theme) -> Layout:
    step = next((step for columns, step in TICKS.items() if len(rows) <= columns), 10)
    written_ = [row for row in rows if int(row.code) % step == 0] or list(rows[:1])
    codes = [row.code for row in rows]
    middle, half = (len(codes) - 1) / 2, max(len(codes), FEWEST) / 2 + 0.1
    ends = [middle - half, middle + half]
    axis = plain_axis(type="category", categoryorder="array", categoryarray=codes, range=ends)
    ticks = {"tickmode": "array", "tickvals": [row.code for row in written_], "tickangle": 0, "automargin": False}
    names = [labels.folded(row.name) for row in written_]
    return axis | ticks | {"ticktext": names, "tickfont": {"size": SMALL, "color": look.muted}}


def _totals(rows: Sequence[Row], result: Protected, *, look: Theme, language: str) -> list[dict[str, object]]:
    """The total over each column whose parts are all known; of very many columns over the highest only."""
    whole = [(place, row.whole) for place, row in enumerate(rows) if row.whole]
    if len(rows) > UPRIGHT_TEXTS:
        whole = sorted(whole, key=lambda pair: -pair[1])[:1]
    angle = _angle(rows) if len(rows) <= UPRIGHT_TEXTS else 0
    # Columns are named by their place because Plotly reads a code such as "2031" as one.
    place = {"xref": "x", "yref": "y", "xanchor": "center", "yanchor": "bottom", "showarrow": False, "textangle": angle}
    font = {"size": SMALL, "color": look.text}
    return [place | {"x": x, "y": total, "text": _total(total, result, language), "font": font} for x, total in whole]


def _total(value: float, result: Protected, language: str) -> str:
    return written(value, State.SHOWN, result.measure, language, compact=True)


def _notes(rows: Sequence[Row], result: Protected, language: str) -> list[str]:
    notes = labels.state_notes([cell for row in rows for cell in row.parts.values()], language)
    if _other(result) and any(row.suppressed for row in rows):
        hidden = _("Arsiran: ada bagian yang ditekan; kolomnya tanpa jumlah dan lebih rendah daripada seharusnya.")
        notes.insert(0, text(hidden, language))
    if max(row.displayed for row in rows) >= 1_000 and any(row.whole for row in rows):
        notes.append(text(_("rb: ribu, jt: juta, dibulatkan; angka lengkap saat kolom ditunjuk."), language))
    return labels.small_print(notes)
