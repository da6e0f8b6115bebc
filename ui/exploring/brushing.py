"""From what was clicked in a chart to a filter. What the browser sends is checked like an address."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from charts.treemap import JOINT
from data_access.access.result import Axis


def brushed(points: Iterable[Mapping[str, Any]], axes: Sequence[Axis]) -> dict[str, tuple[str, ...]]:
    """Level -> codes of the points clicked; empty where nothing known was clicked.

    A mark carries its codes, one for each axis, as `customdata`, an area of a treemap as its `id`; a chart of one axis may
    carry them on its y axis.
    """
    found: dict[str, dict[str, None]] = {}
    for point in points:
        for axis, code in zip(axes, _codes(point), strict=False):
            if code in dict(axis.members):
                found.setdefault(axis.level, {})[code] = None
    return {level: tuple(codes) for level, codes in found.items()}


def _codes(point: Mapping[str, Any]) -> list[str]:
    carried = point.get("customdata")
    if isinstance(carried, Mapping):  # Plotly sends a list as a mapping of places where it was an array
        carried = list(carried.values())
    if isinstance(carried, str):
        return [carried]
    if isinstance(carried, list | tuple) and carried:
        return [str(code) for code in carried]
    if isinstance(point.get("id"), str):
        return str(point["id"]).split(JOINT)
    return [str(point["y"])] if isinstance(point.get("y"), str) else []
