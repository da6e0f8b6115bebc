"""Scenarios side by side: what each makes of today's stock, with its band, and how many leave in each year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from math import sqrt

import plotly.graph_objects as go

from charts import course_words, empty, labels
from charts.axes import span, value_axis
from charts.colour import faded
from charts.course_words import Named
from charts.ends import STEP, End, spread
from charts.projected import held
from charts.theme import SMALL, Layout, Theme, frame, plain_axis, theme, with_annotations
from data_access.access.result import PERSONS
from data_access.projection.base import Floats
from data_access.words import mark as _
from data_access.words import number, text

HEIGHT, TOP, BOTTOM = 340, 14, 28
MOST = 6
HUES = ("teal", "amber", "plum", "navy", "sky", "brick")  # of the scenarios in the order given
LETTERS = 16  # of a line of the name at the end of a course
BAND, FAINTEST = 0.2, 0.08  # opacity of a single band, and of many that may lie on each other
YEARS = 5  # written on the axis of a phone
STRIDES = (1, 2, 5, 10)
NONE = _("Belum ada skenario untuk digambar. Pilih atau buat paling sedikit satu skenario.")


@dataclass(frozen=True)
class _Line:
    """One scenario as it is drawn; `band` holds the lower and the upper end at each place."""

    name: str
    colour: str
    at: Sequence[float]
    values: Sequence[int]
    hovers: Sequence[str]
    band: tuple[Sequence[int], Sequence[int]] | None = None


def compared(
    courses: Sequence[Named],
    *,
    language: str,
    dark: bool = False,
    day: date | None = None,
    assumed: Sequence[str] = (),
) -> go.Figure:
    """The stock at the end of each year, from today's (at the reference date `day`, else at the end of the year before the
    first), for up to six scenarios; each keeps the colour of its place. All numbers are rounded, bands end at zero.

    `assumed` are sentences for the small print, for a picture that leaves the page.
    """
    kept = courses[:MOST]
    lines = [_stock(one, fill, day=day, language=language) for one, fill in zip(kept, _colours(dark), strict=False)]
    notes = [text(_("Area pucat: rentang 95% dengan asumsi yang sama."), language), *assumed]
    return _figure(lines, len(courses), notes, fit=True, dark=dark, language=language)


def outflow(
    courses: Sequence[Named],
    *,
    language: str,
    dark: bool = False,
    day: date | None = None,
    assumed: Sequence[str] = (),
) -> go.Figure:
    """How many leave in each year, whatever the reason; a note tells if the first is only what is left of a year."""
    kept = courses[:MOST]
    lines = [_leavers(one, fill, language=language) for one, fill in zip(kept, _colours(dark), strict=False)]
    notes = []
    if day and kept and (day.month, day.day) != (12, 31) and kept[0].course.years[0] == day.year:
        notes.append(text(_("Tahun {year}: hanya sesudah {day}."), language, year=str(day.year), day=day))
    return _figure(lines, len(courses), [*notes, *assumed], fit=False, dark=dark, language=language)


def _colours(dark: bool) -> list[str]:
    return [theme(dark).hues[hue] for hue in HUES]


def _stock(one: Named, colour: str, *, day: date | None, language: str) -> _Line:
    course = one.course
    start, low, high = held(course.start), _held(course.stock_low), _held(course.stock_high)
    return _Line(
        one.name,
        colour,
        at=[_today(one, day), *course.years],
        values=[start, *_held(course.stock)],
        hovers=[
            course_words.start_hover(one, day, language),
            *(course_words.stock_hover(one, step, language) for step in range(len(course.years))),
        ],
        band=([start, *low], [start, *high]),
    )


def _leavers(one: Named, colour: str, *, language: str) -> _Line:
    course = one.course
    hovers = [course_words.leavers_hover(one, step, language) for step in range(len(course.years))]
    return _Line(one.name, colour, at=list(course.years), values=_held(course.left), hovers=hovers)


def _held(values: Floats) -> list[int]:
    return [held(value) for value in values]


def _today(one: Named, day: date | None) -> float:
    """The place of the reference date on an axis where a year's number is its end."""
    if day is None:
        return one.course.years[0] - 1
    return day.year - (date(day.year, 12, 31) - day).days / 365


def _figure(
    lines: Sequence[_Line], every: int, notes: Sequence[str], *, fit: bool, dark: bool, language: str
) -> go.Figure:
    if not lines:
        return empty.only(NONE, language=language, dark=dark)
    look = theme(dark)
    values = [value for line in lines for value in chain(line.values, *(line.band or ()))]
    low, high = span(values, PERSONS, fit=fit)
    ends, step = _ends(lines, language)
    pixels = max(HEIGHT - TOP - BOTTOM, step * len(lines))
    words, right = spread(ends, low=low, high=high, pixels=pixels, step=step)
    upwards = value_axis((low, high), PERSONS, look=look, language=language)
    left = labels.width(upwards["ticktext"], least=44) + 4
    small = _notes(notes, len(lines), every, above_zero=low > 0, language=language)
    height = pixels + TOP + BOTTOM
    layout = frame(look, language=language, height=height, left=left, right=right, top=TOP, bottom=BOTTOM, notes=small)
    layout = with_annotations(layout, words) | {"xaxis": _axis(lines, look), "yaxis": upwards}
    alpha = opacity(len(lines))
    bands = [_band(line, alpha) for line in lines if line.band]
    return go.Figure([*bands, *(_course(line) for line in lines)], layout)


def opacity(count: int) -> float:
    """How strong each of `count` bands is."""
    return round(max(FAINTEST, BAND / sqrt(count)), 3)


def _ends(lines: Sequence[_Line], language: str) -> tuple[list[End], int]:
    """Name and last number at the end of each line, and how far apart they must stand."""
    names = [labels.folded(line.name, letters=LETTERS) for line in lines]
    written = [f"{name}<br><b>{number(line.values[-1], language)}</b>" for name, line in zip(names, lines, strict=True)]
    ends = [End(line.at[-1], line.values[-1], words, line.colour) for line, words in zip(lines, written, strict=True)]
    return ends, STEP[max(words.count("<br>") for words in written) + 1]


def _course(line: _Line) -> go.Scatter:
    return go.Scatter(
        name=labels.safe(line.name),
        x=list(line.at),
        y=list(line.values),
        mode="lines+markers",
        line={"color": line.colour, "width": 2.5},
        marker={"size": 6, "color": line.colour, "opacity": 1, "line": {"width": 0}},
        cliponaxis=False,
        hovertext=list(line.hovers),
        hoverinfo="text",
    )


def _band(line: _Line, alpha: float) -> go.Scatter:
    """The area between the ends of the band: along its lower end and back along the upper one."""
    low, high = line.band or ((), ())
    return go.Scatter(
        name=labels.safe(line.name),
        x=[*line.at, *line.at[::-1]],
        y=[*low, *high[::-1]],
        mode="lines",
        line={"width": 0},
        fill="toself",
        fillcolor=faded(line.colour, alpha),
        hoverinfo="skip",
    )


def _axis(lines: Sequence[_Line], look: Theme) -> Layout:
    """The years, written backwards from the last."""
    first, last = min(line.at[0] for line in lines), max(line.at[-1] for line in lines)
    stride = next((one for one in STRIDES if (last - first) // one < YEARS), STRIDES[-1])
    years = [int(last) - stride * i for i in range(YEARS) if last - stride * i >= first]
    # A single year stands at the right, beside its labels.
    spare = (last - first) / 40
    axis = plain_axis(
        type="linear", range=[first - (spare or 1), last + (spare or 0.02)], showline=True, linecolor=look.outline
    )
    ticks = {"tickmode": "array", "tickvals": years, "ticktext": [str(year) for year in years]}
    marks = {"ticks": "outside", "tickcolor": look.outline, "tickangle": 0, "automargin": False}
    return axis | ticks | marks | {"tickfont": {"size": SMALL, "color": look.muted}}


def _notes(notes: Sequence[str], drawn: int, every: int, *, above_zero: bool, language: str) -> list[str]:
    more = [text(_("Sumbu tegak tidak mulai dari nol."), language)] if above_zero else []
    cut = [text(_("{shown} skenario pertama dari {all}."), language, shown=drawn, all=every)] if drawn < every else []
    return labels.small_print([*cut, *notes, *more])
