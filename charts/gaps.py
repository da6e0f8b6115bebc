"""Places ranked by a signed number, such as who will be missing: surplus to one side of zero, want to the other."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from charts import empty, labels, unshown
from charts.axes import span
from charts.projected import near, persons, signed
from charts.quality_words import signed_rate
from charts.shading import bar_colour
from charts.theme import SIZE, Layout, Theme, frame, hidden_axis, rows_axis, theme, with_annotations
from data_access.access.result import PERSONS, State
from data_access.access.written import HIDDEN_BASE, UNAVAILABLE
from data_access.words import mark as _
from data_access.words import text

ROW = {1: 29, 2: 38}  # pixels of a row whose longest name takes one or two lines
LETTERS = 18  # of a line of a name: number and share need room too
UNSHOWN = 3  # rows without a number beside a selection


@dataclass(frozen=True)
class GapRow:
    """One place: persons (signed) and what share of its stock that is. None is not known; `hidden` tells that it is
    derived from a number that is not shown, and then nothing else of the row is read.
    """

    name: str
    value: float | None
    share: float | None
    hidden: bool

    @property
    def shown(self) -> float | None:
        return None if self.hidden else self.value


def by_place(rows: Sequence[GapRow], *, language: str, dark: bool = False, top: int | None = None) -> go.Figure:
    """The chart, largest first, places without a number last; `top` limits it to so many at each end, and a note says so."""
    ordered = _ordered(rows)
    if all(row.shown is None for row in ordered):
        return empty.only(_reason(ordered), language=language, dark=dark)
    look, (kept, cut) = theme(dark), _kept(ordered, top)
    figure = go.Figure(layout=_layout(kept, cut, len(ordered), look=look, language=language))
    figure.add_trace(_bars(kept, look, language))
    figure.add_trace(_stubs(kept, look, language))
    return figure


def alt_text(rows: Sequence[GapRow], language: str) -> str:
    """Both ends, and how many places are not shown."""
    shown = [row for row in _ordered(rows) if row.shown is not None]
    if not shown:
        return text(_("Tidak ada angka yang ditampilkan."), language)
    ends = [(_("Terbesar: {name}, {value}."), shown[0]), (_("Terkecil yang ditampilkan: {name}, {value}."), shown[-1])]
    said = [text(words, language, name=row.name, value=_told(row, language)) for words, row in ends[: len(shown)]]
    if hidden := sum(row.hidden for row in rows):
        words = _("{count} sel ditekan demi kerahasiaan ({mark}).")
        said.append(text(words, language, count=hidden, mark=HIDDEN_BASE))
    return " ".join(said)


def _ordered(rows: Sequence[GapRow]) -> list[GapRow]:
    """Largest first, ties by name; what is not available and then what is hidden last."""
    return sorted(rows, key=lambda row: (row.shown is None, row.hidden, -near(row.shown or 0), row.name))


def _reason(rows: Sequence[GapRow]) -> str:
    if not rows:
        return empty.NOTHING
    hidden = sum(row.hidden for row in rows)
    return empty.ALL_DERIVED if hidden == len(rows) else empty.NONE_SHOWN if hidden else empty.ALL_UNAVAILABLE


def _kept(rows: Sequence[GapRow], top: int | None) -> tuple[list[GapRow], int]:
    """The rows to draw, and after how many of them some are left out (0: none)."""
    shown = [row for row in rows if row.shown is not None]
    others = [row for row in rows if row.shown is None]
    if top is None or len(shown) <= 2 * top:
        return [*shown, *(others if top is None else others[-UNSHOWN:])], 0
    return [*shown[:top], *shown[-top:], *others[-UNSHOWN:]], top


def _told(row: GapRow, language: str) -> str:
    """−1.235 (−12,3%), n<10 or –."""
    if row.hidden:
        return HIDDEN_BASE
    if row.value is None:
        return UNAVAILABLE
    share = "" if row.share is None else f" ({signed_rate(row.share, language)})"
    return signed(row.value, language) + share


def _hover(row: GapRow, language: str) -> str:
    if row.hidden:
        told = text(_("{mark}, ditekan demi kerahasiaan"), language, mark=labels.safe(HIDDEN_BASE))
    elif row.value is None:
        told = text(_("tidak tersedia"), language)
    else:
        lines = [persons(signed(row.value, language), language)]
        told = "<br>".join([*lines, *([] if row.share is None else [signed_rate(row.share, language)])])
    return f"<b>{labels.safe(row.name)}</b><br>{told}"


def _bars(kept: Sequence[GapRow], look: Theme, language: str) -> go.Bar:
    some = [(code, row, near(row.shown)) for code, row in _coded(kept) if row.shown is not None]
    largest = max(abs(value) for _code, _row, value in some)
    return go.Bar(
        x=[value for _code, _row, value in some],
        y=[code for code, _row, _value in some],
        orientation="h",
        marker={"color": [bar_colour(value, largest, look) for _code, _row, value in some], "cornerradius": 2},
        hovertext=[_hover(row, language) for _code, row, _value in some],
        hoverinfo="text",
    )


def _stubs(kept: Sequence[GapRow], look: Theme, language: str) -> go.Bar:
    some = [(code, row) for code, row in _coded(kept) if row.shown is None]
    return unshown.stubs(
        [code for code, _row in some],
        states=[State.SUPPRESSED if row.hidden else State.UNAVAILABLE for _code, row in some],
        texts=["" for _pair in some],
        hovers=[_hover(row, language) for _code, row in some],
        look=look,
    )


def _coded(kept: Sequence[GapRow]) -> list[tuple[str, GapRow]]:
    """Rows by their place: two places may have the same name."""
    return [(f"r{place}", row) for place, row in enumerate(kept)]


def _layout(kept: Sequence[GapRow], cut: int, every: int, *, look: Theme, language: str) -> Layout:
    codes = [code for code, _row in _coded(kept)]
    ticks = [labels.folded(row.name, letters=LETTERS) for row in kept]
    told = [_told(row, language) for row in kept]
    ends = span([near(row.shown) for row in kept if row.shown is not None], PERSONS)
    height = labels.row_height(ticks, ROW) * len(kept) + 16
    left, right = labels.width(ticks), labels.width(told) + 8
    notes = _notes(kept, cut, every, language)
    layout = frame(look, language=language, height=height, left=left, right=right, notes=notes)
    zero = {"zeroline": True, "zerolinecolor": look.outline, "zerolinewidth": 1, "showticklabels": False}
    beside = [_beside(place, row, words, look) for place, (row, words) in enumerate(zip(kept, told, strict=True))]
    return with_annotations(layout, beside) | {
        "barmode": "overlay",
        "bargap": 0.28,
        "shapes": [_tear(cut, look)] if cut else [],
        "xaxis": hidden_axis(visible=True, showgrid=False, range=list(ends), **zero),
        "yaxis": rows_axis(codes, ticks),
        unshown.AXIS: unshown.axis(ends),
    }


def _beside(place: int, row: GapRow, words: str, look: Theme) -> dict[str, object]:
    colour = look.text if row.shown is not None else look.muted
    at = {"xref": "paper", "yref": "y", "x": 1, "y": place, "xanchor": "left", "yanchor": "middle", "xshift": 6}
    more = {"showarrow": False, "align": "left", "font": {"size": SIZE, "color": colour}}
    return at | more | {"text": labels.safe(words)}


def _tear(cut: int, look: Theme) -> dict[str, object]:
    """A dotted line across the plot where rows are left out."""
    line = {"color": look.outline, "width": 1, "dash": "dot"}
    across = {"xref": "paper", "x0": 0, "x1": 1}
    return {"type": "line", "yref": "y", "y0": cut - 0.5, "y1": cut - 0.5, "line": line} | across


def _notes(kept: Sequence[GapRow], cut: int, every: int, language: str) -> list[str]:
    notes = []
    if cut:
        notes.append(text(_("{count} teratas dan {count} terbawah dari {all}."), language, count=cut, all=every))
    elif len(kept) < every:
        notes.append(text(_("{shown} dari {all} ditampilkan."), language, shown=len(kept), all=every))
    if any(row.hidden for row in kept):
        hidden = _("{mark}: dihitung dari angka di bawah 10; ditekan demi kerahasiaan.")
        notes.append(text(hidden, language, mark=HIDDEN_BASE))
    if any(row.shown is None and not row.hidden for row in kept):
        notes.append(text(_("{mark}: tidak tersedia."), language, mark=UNAVAILABLE))
    return labels.small_print(notes)
