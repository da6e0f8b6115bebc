"""The map of true shapes: displayed values by code, nothing from another host, what has no shape in a note."""

import plotly.graph_objects as go
import pytest

from charts import choropleth
from charts.colour import along
from charts.empty import HEIGHT as SENTENCE
from charts.shapes import Ring
from charts.theme import CLEAR, LIGHT
from data_access.access.result import State
from tests.charts.cases import patchy, suppressed, unavailable
from tests.charts.factory import HIDDEN, Value, protected

VALUES: dict[str, int | State] = {"31": 1_000, "32": 4_000, "33": State.SUPPRESSED, "34": State.UNAVAILABLE, "99": 55}


def square(at: float) -> list[Ring]:
    return [[(at, 0), (at, 1), (at + 1, 1), (at + 1, 0), (at, 0)]]


SHAPES = {code: square(100 + i) for i, code in enumerate(["31", "32", "33", "34"])}
RESULT = protected(["provinsi"], lambda _day, codes: VALUES[codes[0]], members={"provinsi": list(VALUES)})


def figure(**more: object) -> go.Figure:
    return choropleth.provinces(RESULT, SHAPES, language="id", **more)  # type: ignore[arg-type]


def area(code: str, **more: object) -> go.Scatter:
    return next(trace for trace in figure(**more).data if trace.name == code)


def test_areas_are_coloured_and_told_by_their_displayed_values() -> None:
    assert area("32").fillcolor == LIGHT.sequential[-1]
    assert area("31").fillcolor == along(LIGHT.sequential, 0.25)
    assert area("32").text == "<b>Jawa Barat</b><br>31 Des 2025<br>4.000 orang"
    assert area("32").x == (101, 101, 102, 102, 101, None)


def test_suppressed_is_hatched_not_available_is_blank_and_both_are_told() -> None:
    assert (area("33").fillcolor, area("33").fillpattern.shape) == (CLEAR, "/")
    assert (area("34").fillcolor, area("34").fillpattern.shape) == (CLEAR, "")
    note = figure().layout.annotations[0].text.replace("<br>", " ")
    assert "Arsir: ditekan demi kerahasiaan (&lt;10). Kosong: tidak tersedia." in note
    assert "Luar negeri (tidak di peta): 55." in note


def test_no_trace_or_layout_would_load_a_map_from_another_host() -> None:
    assert {trace.type for trace in figure().data} == {"scatter"}
    assert not {"geo", "map", "mapbox"} & set(figure().layout.to_plotly_json())


def test_parts_are_one_province_and_its_dot_lies_on_the_largest() -> None:
    islands: dict[str, list[Ring]] = {"32": [[(1, 1), (2, 1), (1, 2)], [(5, 5), (9, 5), (9, 9), (5, 9)]]}
    chart = choropleth.provinces(RESULT, islands, language="id")
    assert [trace.name for trace in chart.data if trace.name] == ["32"]
    assert chart.data[0].x == (1, 2, 1, None, 5, 9, 9, 5, None)
    dots = next(trace for trace in chart.data if trace.customdata)
    assert (dots.x[0], round(dots.y[0], 3), dots.customdata[0]) == (7, 7, ["32"])


def test_a_dot_has_the_colour_and_the_words_of_its_province_and_carries_its_code() -> None:
    dots = next(trace for trace in figure().data if trace.customdata)
    assert [codes[0] for codes in dots.customdata] == ["31", "32", "33", "34"]
    assert dots.marker.color[1] == area("32").fillcolor
    assert dots.hovertext[1] == area("32").text
    assert dots.marker.color[2] == CLEAR


def test_a_reference_is_the_middle_of_the_colours() -> None:
    more = {"against": 2_000.0}
    assert (area("32", **more).fillcolor, area("31", **more).fillcolor) == (
        LIGHT.diverging[-1],
        along(LIGHT.diverging, 0.25),
    )
    assert "Biru: di atas angka nasional (2.000)" in figure(**more).layout.annotations[0].text


def test_shapes_out_of_reach_tell_nothing() -> None:
    few = protected(["provinsi"], members={"provinsi": ["31"]})
    chart = choropleth.provinces(few, SHAPES, language="id")
    assert [trace.text for trace in chart.data if trace.text] == ["<b>DKI Jakarta</b><br>31 Des 2025<br>1.250 orang"]


@pytest.mark.parametrize("value", [suppressed, unavailable], ids=["suppressed", "unavailable"])
def test_a_result_without_numbers_is_a_sentence(value: Value) -> None:
    chart = choropleth.provinces(protected(["provinsi"], value), SHAPES, language="id")
    assert not chart.data
    assert chart.layout.height == SENTENCE


def test_a_hidden_number_is_nowhere_and_shapes_without_a_cell_are_no_error() -> None:
    chart = choropleth.provinces(
        protected(["provinsi"], patchy, members={"provinsi": ["31", "33"]}), SHAPES, language="en"
    )
    assert str(HIDDEN) not in chart.to_json()
