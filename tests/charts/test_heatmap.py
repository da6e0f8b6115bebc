"""Rows, columns, labels and textures of the heat map."""

from charts import heatmap
from data_access.access.result import State
from tests.charts.cases import spread
from tests.charts.factory import protected


def test_the_longer_dimension_runs_downwards() -> None:
    for levels in (["status", "pendidikan"], ["pendidikan", "status"]):
        layout = heatmap.grid(protected(levels), language="id").layout
        assert len(layout.yaxis.ticktext) == 13
        assert layout.xaxis.ticktext[0] == "PNS"


def test_each_cell_carries_its_value() -> None:
    result = protected(["kelompok_jabatan", "status"], lambda _period, codes: 8_015 if codes == ("guru", "PNS") else 20)
    trace = heatmap.grid(result, language="id").data[0]
    assert trace.text.count("8.015") == 1
    assert trace.text.count("20") == 23
    assert "<b>Guru, PNS</b><br>31 Des 2025<br>8.015 orang" in trace.hovertext


def test_cells_not_shown_carry_their_sign() -> None:
    hidden: dict[tuple[str, ...], State] = {("guru", "PNS"): State.SUPPRESSED, ("guru", "PPPK"): State.UNAVAILABLE}
    result = protected(["kelompok_jabatan", "status"], lambda _period, codes: hidden.get(codes, 1_000))
    trace = heatmap.grid(result, language="id").data[0]
    assert sorted(set(trace.text)) == ["&lt;10", "1.000", "–"]
    assert trace.marker.pattern.shape[trace.text.index("&lt;10")] == "/"


def test_many_cells_have_a_colour_bar_instead_of_numbers() -> None:
    chart = heatmap.grid(protected(["provinsi", "pendidikan"], spread), language="id")
    assert set(chart.data[0].text) == {""}
    assert chart.data[1].marker.showscale
    assert chart.data[1].marker.colorbar.ticktext[0] == "0"


def test_many_cells_tell_the_textures_in_a_note() -> None:
    result = protected(["provinsi", "pendidikan"], lambda _period, codes: State.SUPPRESSED if codes[0] == "11" else 50)
    note = heatmap.grid(result, language="id").layout.annotations[0].text
    assert note == "Arsir: di bawah 10, mungkin nol; ditekan (&lt;10)."


def test_no_more_than_forty_rows() -> None:
    chart = heatmap.grid(protected(["instansi", "status"], spread), language="id")
    assert len(chart.layout.yaxis.ticktext) == heatmap.MOST
    assert "40 terbesar dari 639." in chart.layout.annotations[0].text
