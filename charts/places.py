"""Where the tiles of the map lie, and the outlines and names of the groups of islands that they form."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from charts.theme import SMALL, Theme
from data_access.contract import Label

TILES, REGIONS = (Path(__file__).with_name(name) for name in ("tiles.csv", "regions.csv"))
HALF = 0.5
Edge = tuple[float, float, float, float]


@dataclass(frozen=True)
class Place:
    """Where a province's tile lies, its three letters, and its group of islands."""

    code: str
    label: str
    column: int
    row: int
    region: str


@dataclass(frozen=True)
class Region:
    """A group of islands and where its name stands: on a free part of the grid."""

    key: str
    label: Label
    column: float
    row: float


@lru_cache(maxsize=1)
def places() -> tuple[Place, ...]:
    """The layout in tiles.csv."""
    with TILES.open(encoding="utf-8", newline="") as handle:
        return tuple(
            Place(row["code"], row["label"], int(row["column"]), int(row["row"]), row["region"])
            for row in csv.DictReader(handle)
        )


@lru_cache(maxsize=1)
def regions() -> tuple[Region, ...]:
    """The names in regions.csv."""
    with REGIONS.open(encoding="utf-8", newline="") as handle:
        return tuple(
            Region(row["region"], Label(id=row["id"], en=row["en"]), float(row["column"]), float(row["row"]))
            for row in csv.DictReader(handle)
        )


@lru_cache(maxsize=1)
def edges() -> tuple[Edge, ...]:
    """The sides (x0, y0, x1, y1) of tiles at which a region ends, each once."""
    return tuple(dict.fromkeys(edge for place in places() for edge in _sides(place)))


def _sides(place: Place) -> Iterator[Edge]:
    region = {(one.column, one.row): one.region for one in places()}
    left, right, top, bottom = place.column - HALF, place.column + HALF, place.row - HALF, place.row + HALF
    around = {
        (place.column - 1, place.row): (left, top, left, bottom),
        (place.column + 1, place.row): (right, top, right, bottom),
        (place.column, place.row - 1): (left, top, right, top),
        (place.column, place.row + 1): (left, bottom, right, bottom),
    }
    yield from (edge for neighbour, edge in around.items() if region.get(neighbour) != place.region)


def outlines(look: Theme) -> dict[str, object]:
    """All outlines as one path."""
    path = " ".join(f"M{x0},{y0} L{x1},{y1}" for x0, y0, x1, y1 in edges())
    return {"type": "path", "path": path, "layer": "above", "line": {"color": look.muted, "width": 1.8}}


def region_names(look: Theme, language: str) -> list[dict[str, object]]:
    place = {"xref": "x", "yref": "y", "xanchor": "center", "yanchor": "middle", "showarrow": False}
    font = {"size": SMALL, "color": look.muted}
    return [
        place | {"x": one.column, "y": one.row, "text": one.label.text(language), "font": font} for one in regions()
    ]
