"""Names and last values at the ends of lines, moved apart where they would lie on each other."""

from collections.abc import Sequence

from charts import labels
from charts.series import Series

STEP = {1: 18, 2: 33}  # pixels from one label to the next, for labels of one or two lines


def end_labels(
    kept: Sequence[Series], *, low: float, high: float, pixels: int, language: str
) -> tuple[list[dict[str, object]], int]:
    """One annotation for each line that shows a value, and the right margin in pixels that they take."""
    ended = sorted(((one, one.last) for one in kept if one.last), key=lambda pair: -pair[1].size)
    named = len(kept) > 1
    words = [_words(one.name, labels.value_text(cell, language), named=named) for one, cell in ended]
    marked = [f"{labels.swatch(one.colour)} {text}" for (one, _cell), text in zip(ended, words, strict=True)]
    natural = [pixels * (cell.size - low) / (high - low) for _one, cell in ended]
    heights = apart(natural, STEP[2 if named else 1])
    made = [
        _label(cell.period.isoformat(), cell.size, words=text, shift=round(height - at))
        for (_one, cell), text, at, height in zip(ended, marked, natural, heights, strict=True)
    ]
    return made, labels.width(words) + 24


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


def _label(day: str, value: float, *, words: str, shift: int) -> dict[str, object]:
    place = {"x": day, "y": value, "xanchor": "left", "yanchor": "middle", "xshift": 8, "yshift": shift}
    return place | {"text": words, "showarrow": False, "align": "left"}
