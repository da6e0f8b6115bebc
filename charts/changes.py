"""Horizontal bars of change between two official results: to the right what grew, to the left what shrank."""

from collections.abc import Sequence

import plotly.graph_objects as go

from charts import labels
from charts.change_rows import GONE, NEW, ChangeRow, change_rows
from charts.theme import Theme, beside, frame, hidden_axis, rows_axis, theme, with_annotations
from data_access.access.result import Protected
from data_access.words import mark as _
from data_access.words import number, text

TOP = 20
ROW = {1: 29, 2: 38}  # pixels of a row whose longest name takes one or two lines
KINDS = {NEW: _("baru"), GONE: _("hilang")}


def bars(before: Protected, after: Protected, *, language: str, dark: bool = False, top: int | None = TOP) -> go.Figure:
    """The chart of the codes that changed, at most `top` of them; a note tells how many more there are."""
    rows = change_rows(before, after, language)
    changed = [row for row in rows if row.persons]
    kept, look = changed[:top], theme(dark)
    notes = _notes(len(kept), len(changed), len(rows), language)
    figure = go.Figure(layout=_layout(kept, notes, look=look, language=language))
    figure.add_trace(_bars(kept, look=look, language=language))
    return figure


def signed(persons: int, language: str) -> str:
    """+1.234 or −1.234; 0 without a sign."""
    sign = "+" if persons > 0 else "−" if persons < 0 else ""
    return sign + number(abs(persons), language)


def _bars(kept: Sequence[ChangeRow], *, look: Theme, language: str) -> go.Bar:
    return go.Bar(
        x=[row.persons for row in kept],
        y=[row.code for row in kept],
        orientation="h",
        marker={"color": [look.brand if row.persons > 0 else look.accent for row in kept], "cornerradius": 2},
        hovertext=[_hover(row, language) for row in kept],
        hoverinfo="text",
    )


def _hover(row: ChangeRow, language: str) -> str:
    was, now = (number(value or 0, language) for value in (row.before, row.after))
    return f"<b>{labels.safe(row.name)}</b><br>{was} → {now}<br>{_told(row, language)}"


def _told(row: ChangeRow, language: str) -> str:
    kind = f" ({text(KINDS[row.kind], language)})" if row.kind else ""
    return signed(row.persons, language) + kind


def _layout(kept: Sequence[ChangeRow], notes: Sequence[str], *, look: Theme, language: str) -> dict[str, object]:
    codes = [row.code for row in kept]
    ticks = [labels.folded(row.name) for row in kept]
    told = [_told(row, language) for row in kept]
    height = labels.row_height(ticks, ROW) * len(kept) + 16
    right = labels.width(told) + 8
    shared = frame(look, language=language, height=height, left=labels.width(ticks), right=right, notes=notes)
    reach = [*(row.persons for row in kept), 0]
    zero = {"zeroline": True, "zerolinecolor": look.outline, "zerolinewidth": 1, "showticklabels": False}
    return with_annotations(shared, beside(look, told)) | {
        "bargap": 0.28,
        "xaxis": hidden_axis(visible=True, showgrid=False, range=[min(reach), max(reach)], **zero),
        "yaxis": rows_axis(codes, ticks),
    }


def _notes(kept: int, changed: int, every: int, language: str) -> list[str]:
    notes = []
    if kept < changed:
        notes.append(text(_("{shown} perubahan terbesar dari {all}."), language, shown=kept, all=changed))
    if changed < every:
        notes.append(text(_("{count} lainnya tidak berubah."), language, count=every - changed))
    return labels.small_print(notes)
