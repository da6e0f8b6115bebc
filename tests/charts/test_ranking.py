"""Order, values and marks of the bars."""

import plotly.graph_objects as go
import pytest

from charts import ranking
from charts.theme import LIGHT
from data_access.access import derive
from data_access.access.result import State
from tests.charts.factory import DAY, YEARS, protected

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


def changed(gains: int, losses: int, same: int = 0) -> go.Figure:
    """The growth of provinces, of which so many gained, lost or stayed; twelve of them at both ends."""
    codes = [code for code, _label in protected(["provinsi"]).axes[0].members][: gains + losses + same]
    steps = [*range(1, gains + 1), *range(-1, -losses - 1, -1), *[0] * same]
    step = dict(zip(codes, steps, strict=True))
    pair = protected(
        ["provinsi"],
        lambda day, of: 1_000 + (step[of[0]] * 10 if day == DAY else 0),
        periods=YEARS[1:],
        members={"provinsi": codes},
    )
    return ranking.bars(derive.growth(pair, *YEARS[:0:-1]), language="id", top=12, ends=True)


@pytest.mark.parametrize(
    ("gains", "losses", "shown", "note"),
    [
        (15, 15, (6, 6), "6 kenaikan dan 6 penurunan terbesar dari 30."),
        (30, 3, (9, 3), "9 kenaikan dan 3 penurunan terbesar dari 33."),
        (2, 30, (2, 10), "2 kenaikan dan 10 penurunan terbesar dari 32."),
        (30, 0, (12, 0), "6 teratas dan 6 terbawah dari 30."),
        (0, 30, (0, 12), "6 teratas dan 6 terbawah dari 30."),
    ],
)
def test_both_ends_are_the_largest_gains_and_losses(gains: int, losses: int, shown: tuple[int, int], note: str) -> None:
    chart = changed(gains, losses)
    values = list(chart.data[0].x)
    assert (sum(v > 0 for v in values), sum(v < 0 for v in values)) == shown
    assert values == sorted(values, reverse=True)
    assert values[0] == pytest.approx(gains / 100 if gains else -0.01)
    assert values[-1] == pytest.approx(-losses / 100 if losses else 0.01)
    assert chart.layout.annotations[0].text == note
    [gap] = chart.layout.shapes
    assert gap.y0 == (shown[0] if all(shown) else 6) - 0.5


def test_both_ends_of_few_members_are_all_of_them() -> None:
    chart = changed(3, 2, same=2)
    assert len(chart.data[0].x) == 5
    assert len(changed(0, 0, same=5).data[0].x) == 5


def test_numbers_stand_apart_from_a_line_of_reference() -> None:
    chart = figure(line=(600.0, "Rata-rata"))
    assert chart.data[0].text is None
    assert [note.text for note in chart.layout.annotations if note.yref == "y"] == ["900", "500", "500", "20", "", ""]


def test_ranks_of_managers_have_their_colours_and_among_all_ranks_none_has() -> None:
    managers = protected(["jenjang"], members={"jenjang": ["jpt_madya", "administrator"]})
    assert ranking.bars(managers, language="id").data[0].marker.color == (LIGHT.hues["brick"], LIGHT.hues["amber"])
    assert set(ranking.bars(protected(["jenjang"]), language="id").data[0].marker.color) == {LIGHT.brand}
