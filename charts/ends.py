"""Names and last values at the ends of lines, moved apart where they would lie on each other."""

from collections.abc import Sequence
from dataclasses import dataclass

from charts import labels
from charts.series import Series

STEP = {1: 18, 2: 33, 3: 51}  # pixels from one label to the next, for labels of one, two or three lines


@dataclass(frozen=True)
class End:
    """The last point of a line, and its words."""

    x: object
    y: float
    words: str
    colour: str


def end_labels(
    kept: Sequence[Series], *, low: float, high: float, pixels: int, language: str
) -> tuple[list[dict[str, object]], int]:
    """One annotation for each line that shows a value, and the right margin in pixels that they take."""
    named = len(kept) > 1
    ends = [
        End(
            cell.period.isoformat(),
            cell.size,
            _words(one.name, labels.value_text(cell, language), named=named),
            one.colour,
        )
        for one, cell in ((one, one.last) for one in kept)
        if cell
    ]
    return spread(ends, low=low, high=high, pixels=pixels, step=STEP[2 if named else 1])


def spread(
    ends: Sequence[End], *, low: float, high: float, pixels: int, step: int
) -> tuple[list[dict[str, object]], int]:
    """One annotation for each end, the highest first, at least `step` pixels apart, and the right margin that they take."""
    ordered = sorted(ends, key=lambda end: -end.y)
    natural = [pixels * (end.y - low) / (high - low) for end in ordered]
    made = [
        _label(end, shift=round(height - at))
        for end, at, height in zip(ordered, natural, apart(natural, step), strict=True)
    ]
    return made, labels.width([end.words for end in ordered]) + 24


def apart(natural: Sequence[float], step: float) -> list[float]:
    """The heights (descending) moved as little as needed to be at least `step` apart, none below half a step."""
    heights = list(natural)
    for i in range(1, len(heights)):
        heights[i] = min(heights[i], heights[i - 1] - step)
    floor = step / 2
    for i in reversed(range(len(heights))):
        heights[i] = max(heights[i], floor)
        floor = heights[i] + step
    return heights


def _words(name: str, value: str, *, named: bool) -> str:
    return f"{labels.folded(name, letters=16).replace('<br>', ' ')}<br><b>{value}</b>" if named else f"<b>{value}</b>"


def _label(end: End, *, shift: int) -> dict[str, object]:
    place = {"x": end.x, "y": end.y, "xanchor": "left", "yanchor": "middle", "xshift": 8, "yshift": shift}
    return place | {"text": f"{labels.swatch(end.colour)} {end.words}", "showarrow": False, "align": "left"}
