"""The map of provinces: in their true shapes where the settings name a GeoJSON file that is sound, else as tiles."""

import logging
from functools import lru_cache
from pathlib import Path
from typing import Any

import plotly.graph_objects as go

from charts import choropleth, shapes, tiles
from charts.shapes import Shapes
from data_access.access.result import Protected
from data_access.errors import Misconfigured
from data_access.settings import settings

log = logging.getLogger(__name__)


def known() -> Shapes | None:
    """The shapes of this process, read once; None without a file or with one that is refused, which the log tells."""
    file = settings().geojson
    return _read(file) if file else None


def provinces(result: Protected, **options: Any) -> go.Figure:
    """The map of a result by province; `options` are those that both builders take."""
    found = known()
    return tiles.provinces(result, **options) if found is None else choropleth.provinces(result, found, **options)


@lru_cache(maxsize=1)
def _read(file: Path) -> Shapes | None:
    try:
        return shapes.read(file)
    except Misconfigured as error:
        log.warning("the tile map is shown: %s", error)
        return None
