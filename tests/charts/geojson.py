"""A small GeoJSON file of the provinces: a square each, where their tiles lie."""

import json
from pathlib import Path
from typing import Any

from charts.places import places


def squares(key: str = "kode") -> dict[str, Any]:
    """All 38, in a row from 95 degrees east on."""
    return {
        "type": "FeatureCollection",
        "features": [feature(place.code, 95 + i, key) for i, place in enumerate(places())],
    }


def feature(code: object, at: float, key: str = "kode") -> dict[str, Any]:
    ring = [[at, 0], [at, 1], [at + 0.9, 1], [at + 0.9, 0], [at, 0]]
    properties = {"nama": f"Provinsi {code}", key: code}
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def file_of(content: object, folder: Path) -> Path:
    file = folder / "provinsi.geojson"
    file.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return file
