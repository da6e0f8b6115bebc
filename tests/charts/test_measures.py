"""Every chart with every derived measure that suits it: values, words, axes and directions."""

from datetime import date

import pytest

from charts import alt_text, draw, heatmap, labels, lines, ranking, suitable, tiles
from charts.axes import span
from charts.colour import contrast
from charts.places import places
from charts.reading import Cell, latest
from charts.scale import rounds, steps
from charts.shading import bar_colour
from charts.theme import DARK, LIGHT, Theme
from data_access.access import derive
from data_access.access.result import Kind, Measure, Protected, State
from tests.charts.cases import patchy, spread, suppressed
from tests.charts.factory import DAY, HIDDEN, YEARS, Value, protected
from tests.charts.measures import MEASURES

SHAPES: list[tuple[tuple[str, ...], tuple[date, ...]]] = [
    (("kelompok_jabatan",), (DAY,)),
    (("status",), YEARS),
    (("provinsi",), (DAY,)),
    (("kelompok_jabatan", "status"), (DAY,)),
    (("provinsi", "pendidikan"), (DAY,)),
    (("umur_bkn", "jenis_kelamin"), YEARS),
]
every_measure = pytest.mark.parametrize("way", MEASURES.values(), ids=list(MEASURES))
every_shape = pytest.mark.parametrize(("levels", "periods"), SHAPES, ids=["+".join(s[0]) for s in SHAPES])


@every_measure
@every_shape
@pytest.mark.parametrize("value", [spread, patchy, suppressed], ids=["full", "patchy", "all suppressed"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_suitable_chart_of_every_measure_shows_displayed_values_only(
    way: object, levels: tuple[str, ...], periods: tuple[date, ...], value: Value, language: str
) -> None:
    result: Protected = way(levels, value, periods, None)  # type: ignore[operator]
    for name in suitable(result):
        figure = draw(name, result, language=language).to_json()
        assert str(HIDDEN) not in figure.replace(",", "").replace(".", "")
        assert "NaN" not in figure
    assert alt_text(result, language=language)


def moved(_period: date, codes: tuple[str, ...]) -> int | State:
    now: dict[str, int | State] = {
        "guru": 1_500,
        "dosen": 900,
        "nakes": 4_000,
        "teknis": State.SUPPRESSED,
        "penyuluh": 1_000,
        "lainnya": 40,
    }
    before = {"guru": 1_000, "dosen": 1_000, "nakes": 5_000, "teknis": 100, "penyuluh": 1_000, "lainnya": 20}
    return now[codes[0]] if _period == DAY else before[codes[0]]


PAIR = protected(["kelompok_jabatan"], moved, periods=(YEARS[1], DAY))
CHANGE = derive.change(PAIR, DAY, YEARS[1])
GROWTH = derive.growth(PAIR, DAY, YEARS[1])


def test_bars_of_changes_go_both_ways_from_zero_largest_growth_first() -> None:
    chart = ranking.bars(CHANGE, language="id")
    assert dict(zip(chart.data[0].y, chart.data[0].x, strict=True)) == {
        "guru": 500,
        "lainnya": 20,
        "penyuluh": 0,
        "dosen": -100,
        "nakes": -1_000,
    }
    assert chart.layout.yaxis.categoryarray == ("guru", "lainnya", "penyuluh", "dosen", "nakes", "teknis")
    assert chart.layout.xaxis.range[0] < -1_000
    assert chart.layout.xaxis.zeroline
    told = [(note.y, note.text) for note in chart.layout.annotations if note.yref == "y"]
    assert told == list(enumerate(["+500", "+20", "0", "−100", "−1.000", ""]))


def test_the_stub_of_a_hidden_change_stands_at_the_zero_of_the_values() -> None:
    layout = ranking.bars(CHANGE, language="id").layout
    low, high = layout.xaxis.range
    stub_low, stub_high = layout.xaxis2.range
    assert stub_low / stub_high == pytest.approx(low / high)
    assert stub_high - stub_low == pytest.approx(1)


def test_growth_of_a_small_base_is_not_available_and_tells_its_base_where_it_is() -> None:
    chart = ranking.bars(GROWTH, language="id")
    assert "lainnya" not in chart.data[0].y
    hover = chart.data[0].hovertext[chart.data[0].y.index("nakes")]
    assert hover.endswith("Pertumbuhan: −20,0%<br>sebelumnya 5.000 orang")


def test_the_largest_changes_either_way_are_kept() -> None:
    chart = ranking.bars(CHANGE, language="id", top=2)
    assert chart.data[0].y == ("guru", "nakes")
    assert "1 kenaikan dan 1 penurunan terbesar dari 6." in chart.layout.annotations[0].text


def test_a_hidden_base_is_marked_and_explained_where_the_value_is_derived() -> None:
    chart = ranking.bars(CHANGE, language="id")
    assert chart.data[1].text == ("n&lt;10",)
    assert "n&lt;10, ditekan demi kerahasiaan" in chart.data[1].hovertext[0]
    assert "n&lt;10: dihitung dari angka di bawah 10" in chart.layout.annotations[0].text.replace("<br>", " ")


def test_a_line_of_reference_carries_words_and_value_and_lies_within_the_axis() -> None:
    shares = MEASURES["share"](("kelompok_jabatan",), lambda _d, _c: 123_000, (DAY,), None)
    chart = ranking.bars(shares, language="id", line=(0.271, "OECD"))
    assert chart.layout.shapes[0].x0 == chart.layout.shapes[0].x1 == 0.271
    assert chart.layout.annotations[-1].text == "OECD <b>27,1%</b>"
    assert chart.layout.xaxis.range[1] >= 0.271
    over_time = lines.over_time(
        MEASURES["share"]((), lambda _d, _c: 123_000, YEARS, None), language="id", line=(0.3, "Nasional")
    )
    assert over_time.layout.shapes[0].y0 == 0.3
    assert over_time.layout.yaxis.range[1] > 0.3
    assert "Nasional <b>30%</b>" in [note.text for note in over_time.layout.annotations]


def test_means_over_time_fit_their_axis_and_say_so() -> None:
    chart = lines.over_time(MEASURES["mean"](("status",), spread, YEARS, None), language="id")
    assert chart.layout.yaxis.range[0] > 0
    assert "Sumbu tegak tidak mulai dari nol." in chart.layout.annotations[0].text


def test_axes_are_written_as_the_tables() -> None:
    shares = lines.over_time(MEASURES["share"](("status",), spread, YEARS, None), language="id").layout.yaxis
    assert shares.ticktext[0] == "0%"
    persons = lines.over_time(protected(["status"], spread, periods=YEARS), language="id").layout.yaxis
    assert "2.000" in persons.ticktext


def test_tiles_of_changes_are_coloured_both_ways_and_the_note_says_how() -> None:
    def up_and_down(period: date, codes: tuple[str, ...]) -> int:
        return 1_000 if period == YEARS[0] else {"32": 2_000, "33": 500}.get(codes[0], 1_000)

    result = derive.change(protected(["provinsi"], up_and_down, periods=YEARS), DAY, YEARS[0])
    chart = tiles.provinces(result, language="id")
    at = {place.code: i for i, place in enumerate(places())}
    fills = chart.data[0].marker.color
    assert fills[at["32"]] == LIGHT.diverging[-1]
    assert fills[at["51"]] == LIGHT.diverging[3]
    assert "+1,0rb" in chart.data[0].text[at["32"]]
    assert "Biru: naik; jingga: turun." in chart.layout.annotations[0].text


def test_tiles_against_a_value_of_reference() -> None:
    result = MEASURES["rate"](("provinsi",), lambda _d, c: 3_000 if c == ("32",) else 1_000, (DAY,), None)
    chart = tiles.provinces(result, language="id", against=20.0)
    at = {place.code: i for i, place in enumerate(places())}
    assert chart.data[0].marker.color[at["32"]] == LIGHT.diverging[-1]
    assert chart.data[0].marker.color[at["51"]] == LIGHT.diverging[0]
    assert "Biru: di atas angka nasional (20,0); jingga: di bawahnya." in chart.layout.annotations[0].text.replace(
        "<br>", " "
    )


def test_a_colour_bar_is_written_by_the_measure() -> None:
    bar = heatmap.grid(MEASURES["growth"](("provinsi", "pendidikan"), spread, (DAY,), None), language="id").data[1]
    assert all(word.endswith("%") for word in bar.marker.colorbar.ticktext)
    assert bar.marker.cmin == -bar.marker.cmax


def test_alt_text_names_the_measure_and_writes_it() -> None:
    words = alt_text(GROWTH, language="id")
    assert words.startswith("Pertumbuhan: Pegawai ASN menurut kelompok jabatan, per 31 Desember 2025.")
    assert "Terbesar: Guru, +50,0%. Terkecil yang ditampilkan: Tenaga kesehatan, −20,0%." in words
    assert "(n<10)" in words


def test_rates_and_changes_name_their_unit() -> None:
    rate = MEASURES["rate"](("provinsi",), lambda _d, _c: 1_720, (DAY,), None)
    assert labels.unit_text(latest(rate)[0], rate, "id") == "17,2 per 1.000 penduduk"
    assert labels.unit_text(latest(CHANGE)[0], CHANGE, "id") == "+500 orang"


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_bars_of_changes_reach_3_whatever_their_size(look: Theme) -> None:
    fills = [bar_colour(way * size / 100, 1, look) for way in (-1, 1) for size in range(1, 101)]
    assert min(contrast(fill, look.background) for fill in fills) >= 3


@pytest.mark.parametrize(
    ("values", "kind", "ends"),
    [
        ([0.0, 0.0], Kind.SHARE, (0, 0.01)),
        ([-50.0, -20.0], Kind.CHANGE, (-54, 0)),
        ([-10.0, 90.0], Kind.CHANGE, (-18, 98)),
        ([0.0], Kind.PERSONS, (0, 1)),
    ],
)
def test_axes_reach_from_zero_and_a_little_beyond_the_values(
    values: list[float], kind: Kind, ends: tuple[float, float]
) -> None:
    low, high = span(values, Measure(kind, CHANGE.measure.label))
    assert low == pytest.approx(ends[0])
    assert ends[1] <= high <= ends[1] * 1.1


def test_round_steps_of_fractions() -> None:
    assert steps(0.27, most=3, whole=False) == [0, 0.1, 0.2]
    assert rounds(-0.12, 0.31, most=5, whole=False) == [-0.1, 0, 0.1, 0.2, 0.3]


def test_a_hidden_value_or_base_never_enters_a_cell() -> None:
    assert latest(CHANGE)[3] == Cell(DAY, ("teknis",), None, State.SUPPRESSED, None, CHANGE.measure)
