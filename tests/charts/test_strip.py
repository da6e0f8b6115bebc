"""The distribution: every displayed value a dot, quartiles that are displayed values, the chosen one named."""

import plotly.graph_objects as go
import pytest

from charts import strip
from charts.theme import LIGHT
from data_access.access.result import PERSONS, State
from tests.charts.cases import spread
from tests.charts.factory import DAY, protected
from tests.charts.measures import MEASURES

VALUES: dict[str, int | State] = {"11": 10, "12": 1_000, "13": 2_000, "14": 5_000, "15": State.SUPPRESSED}
RESULT = protected(["provinsi"], lambda _day, codes: VALUES[codes[0]], members={"provinsi": list(VALUES)})


def figure(chosen: str | None = None) -> go.Figure:
    return strip.distribution(RESULT, language="id", chosen=chosen)


def words(chart: go.Figure) -> str:
    return " ".join(note.text for note in chart.layout.annotations).replace("<br>", " ")


def test_every_displayed_value_is_a_dot_at_its_place() -> None:
    assert sorted(figure().data[0].x) == [10, 1_000, 2_000, 5_000]
    assert figure("12").data[0].y == strip.distribution(RESULT, language="en", chosen="12").data[0].y


def test_quartiles_are_displayed_values() -> None:
    assert strip.quartiles([10, 1_000, 2_000, 5_000]) == (1_000, 2_000, 2_000)
    assert strip.quartiles([7]) == (7, 7, 7)
    band, median = figure().layout.shapes
    assert (band.x0, band.x1, median.x0) == (1_000, 2_000, 2_000)
    assert "median 2.000" in words(figure())
    assert "separuh di tengah, 1.000 sampai 2.000" in words(figure())


def test_the_chosen_one_is_marked_named_and_ranked() -> None:
    chart = figure("12")
    assert chart.data[1].x == (1_000,)
    assert chart.data[1].marker.color == LIGHT.accent
    assert 1_000 not in chart.data[0].x
    assert "<b>Sumatera Utara</b> 1.000, ke-3 dari 4" in words(chart)


def test_a_chosen_one_that_is_not_shown_is_told_in_a_note_without_a_place() -> None:
    chart = figure("15")
    assert len(chart.data) == 1
    assert "Jambi: &lt;10." in words(chart)
    assert "1 tanpa angka tidak digambar." in words(chart)


def test_a_code_out_of_reach_is_not_marked() -> None:
    assert len(figure("99").data) == 1


@pytest.mark.parametrize(("values", "logarithmic"), [([10, 1_000], True), ([10, 999], False), ([0, 5_000], False)])
def test_persons_of_very_different_size_stand_on_a_logarithmic_axis(values: list[float], logarithmic: bool) -> None:
    assert strip.is_logarithmic(values, PERSONS) is logarithmic


def test_the_logarithmic_axis_is_told_and_words_stand_at_their_values() -> None:
    chart = figure("14")
    assert chart.layout.xaxis.type == "log"
    assert "Sumbu logaritmik" in words(chart)
    median = next(note for note in chart.layout.annotations if note.text.startswith("median"))
    assert median.x == pytest.approx(3.30103, abs=1e-4)


def test_shares_stand_on_a_linear_axis() -> None:
    chart = strip.distribution(MEASURES["share"](("provinsi",), spread, (DAY,), None), language="id")
    assert chart.layout.xaxis.type is None
    assert all(word.endswith("%") for word in chart.layout.xaxis.ticktext)


@pytest.mark.parametrize(("language", "words"), [("id", ("1.000", "10.000")), ("en", ("1,000", "10,000"))])
def test_powers_of_ten_are_written_as_the_language_writes_them(language: str, words: tuple[str, ...]) -> None:
    axis = strip.distribution(RESULT, language=language).layout.xaxis
    assert axis.tickmode == "array"
    assert axis.ticktext[-2:] == words
