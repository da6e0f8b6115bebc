"""The shapes of the provinces from a GeoJSON file: read and checked before anything is drawn with them.

The file is a FeatureCollection of polygons in degrees, one or more for each province. The property that holds our codes of
provinces is found by its values.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from charts.places import places
from data_access.errors import Misconfigured
from data_access.words import FileSize
from data_access.words import mark as _

LARGEST = 500_000  # bytes of the file: a page with three maps stays below 1.5 MB
DECIMALS = 3  # of a degree: about a hundred metres, finer than a screen can show
POLYGONS = ("Polygon", "MultiPolygon")
CORNERS = 3
WEST, EAST, SOUTH, NORTH = 90.0, 145.0, -15.0, 10.0  # a frame round Indonesia

Ring = list[tuple[float, float]]
Shapes = Mapping[str, Sequence[Ring]]
BROKEN = (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError, OverflowError)


def read(file: Path) -> Shapes:
    """Code of a province -> its outer rings, longitude and latitude in degrees; Misconfigured says what is wrong.

    Features that are none of our provinces are left out. The outer ring alone, for a lake within a province has its colour.
    """
    features = list(_features(file))
    name = _property(features, file)
    found: dict[str, list[Ring]] = {}
    wanted = {place.code for place in places()}
    for properties, geometry in features:
        code = str(properties.get(name))
        if code in wanted:
            found.setdefault(code, []).extend(_checked(geometry, code, file))
    return found


def _features(file: Path) -> Iterator[tuple[Mapping[str, Any], Any]]:
    """Properties and geometry of each feature."""
    try:
        written = _bytes(file)
        for feature in json.loads(written)["features"]:
            properties = feature.get("properties") or {}
            yield dict(properties), feature.get("geometry")
    except OSError as error:
        template = _("Berkas peta {file} tidak dapat dibaca: periksa ASN_GEOJSON dan izin berkasnya.")
        raise Misconfigured("geojson-unreadable", template, file=file) from error
    except BROKEN as error:
        template = _("Berkas peta {file} bukan GeoJSON: isinya harus FeatureCollection dengan poligon.")
        raise Misconfigured("geojson-broken", template, file=file) from error


def _bytes(file: Path) -> bytes:
    with file.open("rb") as handle:
        written = handle.read(LARGEST + 1)
    if len(written) > LARGEST:
        template = _("Berkas peta {file} lebih besar dari {most}: sederhanakan garis batasnya.")
        raise Misconfigured("geojson-large", template, file=file, most=FileSize(LARGEST))
    return written


def _property(features: Sequence[tuple[Mapping[str, Any], Any]], file: Path) -> str:
    """The first property by name whose values hold the code of every province."""
    values: dict[str, set[str]] = {}
    for properties, _geometry in features:
        for name, value in properties.items():
            values.setdefault(name, set()).add(str(value))
    wanted = [place.code for place in places()]
    missing = {name: [code for code in wanted if code not in values[name]] for name in sorted(values)}
    nearest = min(missing, key=lambda name: len(missing[name]), default="")
    if nearest and not missing[nearest]:
        return nearest
    lacking = missing.get(nearest, wanted)
    facts = {"file": file, "count": len(lacking), "codes": ", ".join(lacking[:5])}
    template = _("Berkas peta {file} tidak memuat {count} provinsi menurut kodenya, antara lain {codes}.")
    raise Misconfigured("geojson-provinces", template, **facts)


def _checked(geometry: Any, code: str, file: Path) -> list[Ring]:
    try:
        return list(_rings(geometry))
    except BROKEN as error:
        template = _("Bentuk provinsi {code} pada berkas peta {file} bukan poligon dalam derajat bujur dan lintang.")
        raise Misconfigured("geojson-shape", template, code=code, file=file) from error


def _rings(geometry: Mapping[str, Any]) -> Iterator[Ring]:
    if geometry["type"] not in POLYGONS:
        raise ValueError(geometry["type"])
    for part in geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]:
        ring = [(_within(point[0], WEST, EAST), _within(point[1], SOUTH, NORTH)) for point in part[0]]
        if len(ring) < CORNERS:
            raise ValueError(len(ring))
        yield ring


def _within(degrees: Any, low: float, high: float) -> float:
    """Rounded; ValueError for what lies far from Indonesia, such as metres of a projection."""
    if not low <= float(degrees) <= high:
        raise ValueError(degrees)
    return round(float(degrees), DECIMALS)


def middle(rings: Sequence[Ring]) -> tuple[float, float]:
    """A point within the largest ring: the middle of its widest stretch at half its height."""
    ring = max(rings, key=_area)
    bottom, top = min(y for _x, y in ring), max(y for _x, y in ring)
    height = (bottom + top) / 2 + 1e-6  # between the corners, which are rounded
    crossed = sorted(_crossings(ring, height))
    pairs = list(zip(crossed[::2], crossed[1::2], strict=False))
    left, right = max(pairs, key=lambda pair: pair[1] - pair[0], default=(ring[0][0], ring[0][0]))
    return (left + right) / 2, height


def _crossings(ring: Ring, height: float) -> Iterator[float]:
    for (x0, y0), (x1, y1) in _sides(ring):
        if (y0 < height) != (y1 < height):
            yield x0 + (x1 - x0) * (height - y0) / (y1 - y0)


def _area(ring: Ring) -> float:
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in _sides(ring)))


def _sides(ring: Ring) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    return zip(ring, [*ring[1:], ring[0]], strict=True)
