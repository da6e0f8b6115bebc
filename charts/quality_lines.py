"""Lines of national shares over the dates, one per indicator; a share that is not shown is a gap, never zero."""

from collections.abc import Sequence
from datetime import date, timedelta

import plotly.graph_objects as go

from charts import labels, quality_words
from charts.ends import STEP, apart
from charts.quality_bars import bars
from charts.theme import SMALL, Theme, frame, plain_axis, theme, with_annotations
from data_access.access.quality import Quality, Share
from data_access.release.indicators import Indicator
from data_access.release.policy import POLICY
from data_access.words import mark as _
from data_access.words import short_day, text

HEIGHT, TOP, BOTTOM = 330, 12, 46
DATES = 3
END = {"xanchor": "left", "yanchor": "middle", "xshift": 8, "showarrow": False, "align": "left"}
Course = tuple[Indicator, list[Share]]


def over_time(
    quality: Quality, chosen: Sequence[Indicator], *, language: str, dark: bool = False, marked: date | None = None
) -> go.Figure:
    """The chart of `chosen` indicators, an upright line at the `marked` date. Colours follow the order of the indicators."""
    look = theme(dark)
    courses = [(one, quality.nation(one.key)) for one in chosen]
    values = [share.value for _one, shares in courses for share in shares if share.value is not None]
    notes = _notes(courses, language)
    if not values:
        return bars([], language=language, dark=dark, notes=notes or [text(_("Tidak diukur."), language)])
    colours = dict(zip((one.key for one in chosen), list(look.hues.values()), strict=False))
    high = max(values) * 1.08
    ends, right = _ends(courses, colours, high=high, language=language)
    layout = frame(look, language=language, height=HEIGHT, left=52, right=right, top=TOP, bottom=BOTTOM, notes=notes)
    layout = with_annotations(layout, ends)
    layout |= {"xaxis": _dates(quality.periods, language, look), "yaxis": _shares(high, look)}
    layout |= {"shapes": [_mark(marked, look)] if marked else []}
    return go.Figure([_line(one, colours[one[0].key], look=look, language=language) for one in courses], layout)


def alt(quality: Quality, chosen: Sequence[Indicator], *, language: str) -> str:
    """The chart in words: each indicator on its first and its last date."""
    sentences = []
    for one in chosen:
        shares = quality.nation(one.key)
        first, last = (quality_words.share_text(share, language) for share in (shares[0], shares[-1]))
        days = {"first_day": shares[0].period, "last_day": shares[-1].period}
        told = _("{name}: {first} pada {first_day}, {last} pada {last_day}.")
        sentences.append(text(told, language, name=one.label, first=first, last=last, **days))
    return " ".join(sentences)


def _mark(day: date, look: Theme) -> dict[str, object]:
    line = {"color": look.muted, "width": 1, "dash": "dot"}
    place = {"x0": day.isoformat(), "x1": day.isoformat(), "yref": "paper", "y0": 0, "y1": 1}
    return {"type": "line", "layer": "below", "line": line} | place


def _line(course: Course, colour: str, *, look: Theme, language: str) -> go.Scatter:
    indicator, shares = course
    name = labels.safe(indicator.label.text(language))
    return go.Scatter(
        x=[share.period.isoformat() for share in shares],
        y=[share.value for share in shares],
        mode="lines+markers",
        connectgaps=False,
        line={"color": colour, "width": 2.5},
        marker={"size": 7, "color": colour, "line": {"color": look.background, "width": 1}},
        cliponaxis=False,
        hovertext=[quality_words.hover(name, share, language) for share in shares],
        hoverinfo="text",
    )


def _ends(
    courses: Sequence[Course], colours: dict[str, str], *, high: float, language: str
) -> tuple[list[dict[str, object]], int]:
    """Name and last shown value at the end of each line, moved apart where they would lie on each other."""
    shown = [(one, [share for share in shares if share.value is not None]) for one, shares in courses]
    ended = sorted(((one, shares[-1]) for one, shares in shown if shares), key=lambda pair: -(pair[1].value or 0))
    pixels = HEIGHT - TOP - BOTTOM
    natural = [pixels * (share.value or 0) / high for _one, share in ended]
    heights = apart(natural, STEP[2])
    words = [_end_words(one, share, language) for one, share in ended]
    made: list[dict[str, object]] = []
    for (one, share), told, near, height in zip(ended, words, natural, heights, strict=True):
        place = {"x": share.period.isoformat(), "y": share.value, "yshift": round(height - near)}
        marked = f"{labels.swatch(colours[one.key])} {told}"
        made.append({**END, **place, "text": marked})
    return made, labels.width(words) + 24


def _end_words(indicator: Indicator, share: Share, language: str) -> str:
    name = labels.folded(indicator.label.text(language), letters=24).replace("<br>", " ")
    return f"{name}<br><b>{quality_words.share_text(share, language)}</b>"


def _dates(days: Sequence[date], language: str, look: Theme) -> dict[str, object]:
    """Reference dates as ticks: all of them up to three, else some at even distance that include the last."""
    step = -(-len(days) // DATES)
    ticks = list(days)[::-1][::step][::-1]
    words = [short_day(day, language).rsplit(" ", 1) for day in ticks]
    spare = (days[-1] - days[0]) / 40 or timedelta(days=90)
    ends = [(days[0] - spare).isoformat(), (days[-1] + spare).isoformat()]
    line = {"showline": True, "linecolor": look.outline, "ticks": "outside", "tickcolor": look.outline}
    marks = {"tickmode": "array", "tickvals": [day.isoformat() for day in ticks]}
    written = {"ticktext": ["<br>".join(word) for word in words], "tickfont": {"size": SMALL, "color": look.muted}}
    return plain_axis(type="date", range=ends, **line) | marks | written | {"tickangle": 0, "automargin": False}


def _shares(high: float, look: Theme) -> dict[str, object]:
    grid = {"showgrid": True, "gridcolor": look.grid, "gridwidth": 1}
    ticks = {"tickformat": ".3~p" if high < 0.01 else ".2~p", "nticks": 6}
    return plain_axis(range=[0, high], **grid, **ticks, tickfont={"size": SMALL, "color": look.muted})


def _notes(courses: Sequence[Course], language: str) -> list[str]:
    every = [share for _one, shares in courses for share in shares]
    if all(share.value is not None for share in every):
        return []
    gap = _("Celah pada garis: kurang dari {threshold} catatan (mungkin nol), atau tidak diukur.")
    return labels.small_print([text(gap, language, threshold=POLICY.threshold)])
