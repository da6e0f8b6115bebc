"""A GeoJSON file is taken whole or refused with a sentence that says what is wrong with it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from charts import shapes
from charts.places import places
from data_access.errors import Misconfigured
from tests.charts.geojson import feature, file_of, squares

CODES = {place.code for place in places()}


@pytest.mark.parametrize("key", ["kode", "KODE_PROV", "adm1"])
def test_the_property_with_the_codes_is_found_by_its_values(tmp_path: Path, key: str) -> None:
    found = shapes.read(file_of(squares(key), tmp_path))
    assert set(found) == CODES
    assert found["11"] == [[(95, 0), (95, 1), (95.9, 1), (95.9, 0), (95, 0)]]


def test_codes_may_be_numbers_and_parts_of_a_province_come_together(tmp_path: Path) -> None:
    written = squares()
    for one in written["features"]:
        one["properties"]["kode"] = int(one["properties"]["kode"])
    written["features"] += [feature(11, 120), feature(99, 121), {"type": "Feature", "geometry": None}]
    found = shapes.read(file_of(written, tmp_path))
    assert (len(found["11"]), set(found)) == (2, CODES)


def test_outer_rings_alone_are_kept_and_rounded(tmp_path: Path) -> None:
    written = squares()
    outer, lake = [[100.12345, 1], [101, 1], [101, 2]], [[100.3, 1.1], [100.4, 1.1], [100.4, 1.2]]
    written["features"][0]["geometry"] = {"type": "MultiPolygon", "coordinates": [[outer, lake], [outer]]}
    ring = [(100.123, 1.0), (101.0, 1.0), (101.0, 2.0)]
    assert shapes.read(file_of(written, tmp_path))[places()[0].code] == [ring, ring]


def _without(content: dict[str, Any]) -> object:
    return content | {"features": content["features"][:-2]}


def _in_metres(content: dict[str, Any]) -> object:
    content["features"][0]["geometry"]["coordinates"] = [[[500_000, 9_000_000], [500_100, 9_000_000], [5e5, 9.1e6]]]
    return content


def _as_points(content: dict[str, Any]) -> object:
    content["features"][0]["geometry"] = {"type": "Point", "coordinates": [100, 1]}
    return content


def _without_number(content: dict[str, Any]) -> object:
    content["features"][0]["geometry"]["coordinates"] = [[[float("nan"), 1], [101, 1], [101, 2]]]
    return content


@pytest.mark.parametrize(
    ("change", "reason", "words"),
    [
        (_without, "geojson-provinces", "tidak memuat 2 provinsi"),
        (lambda _c: {"type": "FeatureCollection", "features": []}, "geojson-provinces", "tidak memuat 38 provinsi"),
        (_in_metres, "geojson-shape", "bukan poligon dalam derajat"),
        (_as_points, "geojson-shape", "bukan poligon dalam derajat"),
        (_without_number, "geojson-shape", "bukan poligon dalam derajat"),
        (lambda _c: "{", "geojson-broken", "bukan GeoJSON"),
        (lambda _c: "[1, 2]", "geojson-broken", "bukan GeoJSON"),
        (lambda _c: {"features": "x"}, "geojson-broken", "bukan GeoJSON"),
        (lambda _c: "[" * 200_000, "geojson-broken", "bukan GeoJSON"),
        (lambda c: c | {"x": "y" * shapes.LARGEST}, "geojson-large", "lebih besar dari 500 kB"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_what_is_wrong(
    tmp_path: Path, change: Callable[[dict[str, Any]], object], reason: str, words: str
) -> None:
    with pytest.raises(Misconfigured, match=words) as refused:
        shapes.read(file_of(change(squares()), tmp_path))
    assert refused.value.reason == reason


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="tidak dapat dibaca"):
        shapes.read(tmp_path / "tidak-ada.geojson")


def test_the_middle_lies_within_a_shape_that_bends() -> None:
    hook = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (0.0, 3.0), (3.0, 3.0), (3.0, 1.0), (0.0, 1.0)]
    x, y = shapes.middle([[(9.0, 9.0), (9.1, 9.0), (9.1, 9.1)], hook])
    assert (x, round(y, 3)) == (3.5, 2)


def test_a_shape_without_height_has_a_middle_too() -> None:
    assert shapes.middle([[(1.0, 2.0), (2.0, 2.0), (3.0, 2.0)]])[0] == 1
