"""What moves the result of a scenario: a lower and a higher step of each assumption as bars both ways from zero."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from charts import empty, labels
from charts.axes import span
from charts.projected import near, persons, signed
from charts.theme import SIZE, SMALL, Layout, Theme, frame, heading, hidden_axis, plain_axis, theme, with_annotations
from data_access.access.result import PERSONS
from data_access.access.written import UNAVAILABLE
from data_access.words import mark as _
from data_access.words import text

TOP, BLOCK, BAR = 34, 64, 20  # pixels above the plot, of an assumption, of each of its two bars
NAME = 0.14  # where the name of an assumption stands within its block
STEPS = (0.44, 0.76)  # and its two bars
WIDEST = 52  # letters of a name
STEP_LETTERS = 16
NOTHING = _("Tidak ada langkah asumsi yang dapat dihitung untuk skenario ini.")


@dataclass(frozen=True)
class EffectRow:
    """One assumption: persons by which the result changes with its lower and its higher step (None: a step that is not
    allowed), and the words of both steps.
    """

    label: str
    low: float | None
    high: float | None
    low_words: str
    high_words: str

    @property
    def size(self) -> float:
        return max(abs(self.low or 0.0), abs(self.high or 0.0))


def tornado(rows: Sequence[EffectRow], *, language: str, dark: bool = False) -> go.Figure:
    """The chart, largest effect first. Both steps have a bar of their own, for both may go the same way."""
    ordered = sorted(rows, key=lambda row: -row.size)
    if all(row.low is None and row.high is None for row in ordered):
        return empty.only(NOTHING, language=language, dark=dark)
    look = theme(dark)
    figure = go.Figure(layout=_layout(ordered, look=look, language=language))
    for step, colour in enumerate(_colours(look)):
        figure.add_trace(_bars(ordered, step, colour, language))
    return figure


def alt_text(rows: Sequence[EffectRow], language: str) -> str:
    """The three assumptions that move the result most."""
    ordered = sorted((row for row in rows if row.size), key=lambda row: -row.size)[:3]
    if not ordered:
        return text(NOTHING, language)
    told = [
        f"{row.label} ({'; '.join(_step_told(row, step, language) for step in (0, 1) if _value(row, step) is not None)})"
        for row in ordered
    ]
    return text(_("Yang paling menggeser hasil: {listed}."), language, listed=", ".join(told))


def _value(row: EffectRow, step: int) -> float | None:
    return (row.low, row.high)[step]


def _words(row: EffectRow, step: int) -> str:
    return (row.low_words, row.high_words)[step]


def _step_told(row: EffectRow, step: int, language: str) -> str:
    return f"{_words(row, step)}: {_number(_value(row, step), language)}"


def _number(value: float | None, language: str) -> str:
    return UNAVAILABLE if value is None else signed(value, language)


def _colours(look: Theme) -> tuple[str, str]:
    return look.accent, look.brand


def _bars(rows: Sequence[EffectRow], step: int, colour: str, language: str) -> go.Bar:
    some = [(place, row, value) for place, row in enumerate(rows) if (value := _value(row, step)) is not None]
    return go.Bar(
        x=[near(value) for _place, _row, value in some],
        y=[place + STEPS[step] for place, _row, _value_ in some],
        width=[(BAR - 4) / BLOCK] * len(some),
        orientation="h",
        marker={"color": colour, "cornerradius": 2},
        hovertext=[_hover(row, step, value, language) for _place, row, value in some],
        hoverinfo="text",
    )


def _hover(row: EffectRow, step: int, value: float, language: str) -> str:
    told = persons(signed(value, language), language)
    return f"<b>{labels.safe(row.label)}</b><br>{labels.safe(_words(row, step))}<br>{told}"


def _layout(rows: Sequence[EffectRow], *, look: Theme, language: str) -> Layout:
    names = (_("Asumsi lebih rendah"), _("Asumsi lebih tinggi"))
    key = labels.key({text(name, language): fill for name, fill in zip(names, _colours(look), strict=True)})
    places = [(place, row, step) for place, row in enumerate(rows) for step in (0, 1)]
    ticks = [_cut(_words(row, step), STEP_LETTERS) for _place, row, step in places]
    told = [_number(_value(row, step), language) for _place, row, step in places]
    left, right = labels.width(ticks), labels.width(told) + 8
    height = TOP + BLOCK * len(rows) + 8
    notes = _notes(rows, language)
    layout = frame(look, language=language, height=height, left=left, right=right, top=TOP, notes=notes)
    values = [near(value) for _place, row, step in places if (value := _value(row, step)) is not None]
    at = [place + STEPS[step] for place, _row, step in places]
    rows_ = plain_axis(type="linear", range=[len(rows), 0], tickmode="array", tickvals=at, ticktext=ticks)
    heads = [_head(place, row, left=left, look=look) for place, row in enumerate(rows)]
    beside = [_beside(y, words, look) for y, words in zip(at, told, strict=True)]
    return with_annotations(layout, [heading(look, key, left=left), *heads, *beside]) | {
        "barmode": "overlay",
        "xaxis": hidden_axis(range=list(span(values, PERSONS))),
        "shapes": [_zero(place, look) for place in range(len(rows))],
        "yaxis": rows_ | {"automargin": False, "tickfont": {"size": SMALL, "color": look.muted}},
    }


def _head(place: int, row: EffectRow, *, left: int, look: Theme) -> dict[str, object]:
    """The name of an assumption over its bars, where it has the whole width of a phone."""
    at = {"xref": "paper", "yref": "y", "x": 0, "y": place + NAME, "xanchor": "left", "yanchor": "middle"}
    words = f"<b>{_cut(row.label, WIDEST)}</b>"
    return at | {
        "xshift": 4 - left,
        "text": words,
        "showarrow": False,
        "align": "left",
        "font": {"size": SIZE, "color": look.text},
    }


def _zero(place: int, look: Theme) -> dict[str, object]:
    """Zero between the bars of one assumption only, so that it does not cross a name."""
    half = BAR / BLOCK / 2
    ends = {"xref": "x", "yref": "y", "x0": 0, "x1": 0, "y0": place + STEPS[0] - half, "y1": place + STEPS[1] + half}
    return {"type": "line", "line": {"color": look.outline, "width": 1}} | ends


def _beside(y: float, words: str, look: Theme) -> dict[str, object]:
    at = {"xref": "paper", "yref": "y", "x": 1, "y": y, "xanchor": "left", "yanchor": "middle", "xshift": 6}
    return at | {"text": words, "showarrow": False, "align": "left", "font": {"size": SIZE, "color": look.text}}


def _cut(words: str, letters: int) -> str:
    return labels.safe(words if len(words) <= letters else words[: letters - 1].rstrip() + "…")


def _notes(rows: Sequence[EffectRow], language: str) -> list[str]:
    if all(row.low is not None and row.high is not None for row in rows):
        return []
    blank = text(_("{mark}: langkah ini di luar batas yang diperbolehkan."), language, mark=UNAVAILABLE)
    return labels.small_print([blank])
