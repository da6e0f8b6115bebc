"""A line of reference, such as the national value or the mean of the OECD, with its words and value."""

from charts import labels
from charts.theme import SMALL, Theme
from data_access.access.result import Measure

Line = tuple[float, str]  # the value, and words already in the reader's language
Parts = tuple[list[dict[str, object]], list[dict[str, object]]]  # shapes and annotations
ROOM = 20  # pixels above the plot for its words
STROKE = {"width": 1.5, "dash": "dash"}


def across(line: Line | None, ends: tuple[float, float], measure: Measure, *, look: Theme, language: str) -> Parts:
    """For an axis of values that runs across: a vertical line with its words above the plot."""
    if line is None:
        return [], []
    value, words = line[0], line_words(line, measure, language)
    right_half = value > sum(ends) / 2
    anchor, shift = ("right", 4) if right_half else ("left", -4)
    mark = {"xref": "x", "yref": "paper", "x0": value, "x1": value, "y0": 0, "y1": 1}
    place = {"xref": "x", "yref": "paper", "x": value, "y": 1, "xanchor": anchor, "yanchor": "bottom", "xshift": shift}
    return [_stroke(mark, look)], [_words(place, words, look)]


def upwards(line: Line | None, measure: Measure, *, look: Theme, language: str) -> Parts:
    """For an axis of values that runs upwards: a horizontal line with its words on it, at the left."""
    if line is None:
        return [], []
    value, words = line[0], line_words(line, measure, language)
    mark = {"xref": "paper", "yref": "y", "x0": 0, "x1": 1, "y0": value, "y1": value}
    place = {"xref": "paper", "yref": "y", "x": 0, "y": value, "xanchor": "left", "yanchor": "bottom", "xshift": 2}
    return [_stroke(mark, look)], [_words(place, words, look)]


def line_words(line: Line, measure: Measure, language: str) -> str:
    """The words and the value: Nasional 12,3%."""
    return f"{labels.safe(line[1])} <b>{labels.measured(line[0], measure, language)}</b>"


def _stroke(mark: dict[str, object], look: Theme) -> dict[str, object]:
    return {"type": "line", "layer": "above", "line": STROKE | {"color": look.text}} | mark


def _words(place: dict[str, object], words: str, look: Theme) -> dict[str, object]:
    return place | {"text": words, "showarrow": False, "font": {"size": SMALL, "color": look.text}}
