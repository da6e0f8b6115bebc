"""Order, values and marks of the bars."""

import plotly.graph_objects as go

from charts import ranking
from charts.theme import LIGHT
from data_access.access.result import State
from tests.charts.factory import YEARS, protected

GROUPS: dict[str, int | State] = {
    "guru": 500,
    "dosen": 900,
    "nakes": 500,
    "teknis": State.SUPPRESSED,
    "penyuluh": State.UNAVAILABLE,
    "lainnya": 20,
}


def figure(**more: object) -> go.Figure:
    result = protected(["kelompok_jabatan"], lambda _period, codes: GROUPS[codes[0]])
    return ranking.bars(result, language="id", **more)  # type: ignore[arg-type]


def test_largest_first_ties_by_name_then_what_is_not_shown() -> None:
    order = figure().layout.yaxis.categoryarray
    # Guru before Tenaga kesehatan by name; suppressed before not available
    assert order == ("dosen", "guru", "nakes", "lainnya", "teknis", "penyuluh")


def test_bars_are_the_displayed_values_and_carry_them_as_text() -> None:
    shown = figure().data[0]
    assert dict(zip(shown.y, shown.x, strict=True)) == {"dosen": 900, "guru": 500, "nakes": 500, "lainnya": 20}
    assert shown.text == ("900", "500", "500", "20")


def test_what_is_not_shown_stands_on_an_axis_of_its_own() -> None:
    hidden = figure().data[1]
    assert (hidden.xaxis, hidden.y) == ("x2", ("teknis", "penyuluh"))
    assert hidden.text == ("&lt;10", "–")
    assert hidden.marker.pattern.shape == ("/", "")


def test_a_dimension_with_its_own_order_keeps_it_and_is_never_cut() -> None:
    result = protected(["umur_5"], lambda _period, codes: len(codes[0]) * 100)
    chart = ranking.bars(result, language="id", top=3)
    assert chart.layout.yaxis.categoryarray[0] == "18-20"
    assert len(chart.data[0].y) == 11


def test_top_n_is_told_in_a_note() -> None:
    chart = figure(top=2)
    assert chart.data[0].y == ("dosen", "guru")
    assert chart.layout.annotations[0].text == "2 terbesar dari 6."
    assert len(figure(top=None).layout.yaxis.categoryarray) == 6


def test_last_period_unless_another_is_asked_for() -> None:
    result = protected(["status"], lambda period, _codes: period.year, periods=YEARS)
    assert set(ranking.bars(result, language="id").data[0].x) == {2025}
    assert set(ranking.bars(result, language="id", period=YEARS[0]).data[0].x) == {2023}


def test_numbers_and_names_follow_the_language() -> None:
    result = protected(["status"], lambda _period, _codes: 1_234_565)
    chart = ranking.bars(result, language="en")
    assert chart.data[0].text[0] == "1,234,565"
    assert chart.layout.yaxis.ticktext[3] == "PPPK part-time"


def test_long_names_are_cut_on_the_axis_and_whole_in_the_hover_text() -> None:
    chart = ranking.bars(protected(["instansi"]), language="id", top=None)
    assert max(label.count("<br>") for label in chart.layout.yaxis.ticktext) == 1
    assert any("Pusat Pelaporan dan Analisis Transaksi Keuangan" in text for text in chart.data[0].hovertext)


def test_height_grows_with_the_rows_and_colour_is_fixed() -> None:
    assert figure().layout.height > figure(top=2).layout.height
    assert figure().data[0].marker.color[0] == LIGHT.hues["navy"]  # dosen
