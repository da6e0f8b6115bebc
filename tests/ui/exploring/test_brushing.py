"""What is clicked becomes a filter only if it is a member that the answer holds."""

from typing import Any

import pytest

from tests.charts.factory import axis
from ui.exploring.brushing import brushed

AXES = (axis("status", ["PNS", "PPPK"]), axis("jenis_kelamin", ["L", "P"]))


@pytest.mark.parametrize(
    ("points", "filters", "why"),
    [
        ([], {}, "nothing was clicked"),
        ([{"customdata": ["PNS", "P"]}], {"status": ("PNS",), "jenis_kelamin": ("P",)}, "a tile"),
        ([{"customdata": {"0": "PPPK", "1": "L"}}], {"status": ("PPPK",), "jenis_kelamin": ("L",)}, "as a mapping"),
        ([{"customdata": "PNS"}, {"customdata": "PPPK"}], {"status": ("PNS", "PPPK")}, "two bars"),
        ([{"id": "PNS|L", "parent": "PNS"}], {"status": ("PNS",), "jenis_kelamin": ("L",)}, "an area of a treemap"),
        ([{"id": "PPPK", "parent": ""}], {"status": ("PPPK",)}, "a group of a treemap"),
        ([{"id": "", "parent": ""}], {}, "the whole treemap"),
        ([{"y": "PNS", "x": 12}], {"status": ("PNS",)}, "a bar that has its code on its axis"),
        ([{"y": 12, "x": "PNS"}], {}, "no code"),
        ([{"customdata": ["CPNS", "P"]}], {"jenis_kelamin": ("P",)}, "a member that the answer does not hold"),
        ([{"customdata": [["PNS"], None]}], {}, "nonsense"),
        ([{}], {}, "nothing in it"),
    ],
)
def test_points_become_filters(points: list[dict[str, Any]], filters: dict[str, tuple[str, ...]], why: str) -> None:
    assert brushed(points, AXES) == filters, why
