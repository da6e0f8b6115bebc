"""Axes of values: where they begin and end for each kind of measure, and their ticks in the words of the tables."""

from collections.abc import Sequence

from charts import labels
from charts.scale import rounds
from charts.theme import SMALL, Layout, Theme, plain_axis
from data_access.access.result import Kind, Measure

SIGNED = (Kind.CHANGE, Kind.GROWTH)
WHOLE = (Kind.PERSONS, Kind.CHANGE)
LEAST = {Kind.SHARE: 0.01, Kind.GROWTH: 0.01}  # the shortest axis: a hundredth, or 1 of any other kind
ROOM = 0.08


def span(values: Sequence[float], measure: Measure, *, fit: bool = False) -> tuple[float, float]:
    """First and last value of an axis, with room at the open ends: from zero, both ways from zero where the measure is
    signed, or close round the values (`fit`).
    """
    low, high = min(values), max(values)
    least = LEAST.get(measure.kind, 1.0)
    if fit:
        spare = max((high - low) * 0.15, abs(high) * 0.005, least if measure.kind in WHOLE else 0.0) or least
        return (low - spare if low < 0 else max(0.0, low - spare)), high + spare
    low, high = min(low, 0.0), max(high, 0.0)
    spare = max(high - low, least) * ROOM
    high = max(high, least) if low == 0 else high
    return (low - spare if low < 0 else low), (high + spare if high > 0 else high)


def ticks(ends: tuple[float, float], measure: Measure, language: str, *, most: int = 5) -> Layout:
    """Round values between the ends, written as in the tables."""
    values = rounds(*ends, most=most, whole=measure.kind in WHOLE)
    words = [labels.measured(value, measure, language, tick=True) for value in values]
    return {"tickmode": "array", "tickvals": values, "ticktext": words}


def value_axis(ends: tuple[float, float], measure: Measure, *, look: Theme, language: str, most: int = 5) -> Layout:
    """A grid of values; the zero of a signed measure is marked."""
    grid = {"showgrid": True, "gridcolor": look.grid, "gridwidth": 1, "tickfont": {"size": SMALL, "color": look.muted}}
    zero = {"zeroline": ends[0] < 0, "zerolinecolor": look.outline, "zerolinewidth": 1}
    return plain_axis(range=list(ends), automargin=False) | grid | zero | ticks(ends, measure, language, most=most)
