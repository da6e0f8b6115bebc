"""What holds for every chart: only displayed values leave it, whatever the language, the theme and the gaps."""

from collections.abc import Callable
from dataclasses import replace
from html import unescape

import plotly.graph_objects as go
import pytest

from charts import columns, heatmap, pyramid, stacked, strip, tiles
from charts.empty import HEIGHT as SENTENCE
from data_access.contract import Label
from tests.charts.cases import CASES, Case, patchy, shown_values, spread, suppressed, unavailable
from tests.charts.factory import HIDDEN, protected

LONGEST, NARROW = 30, 390  # letters of a line on an axis; pixels of a phone

every_case = pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
every_chart_but_spark = pytest.mark.parametrize(
    "case", [case for name, case in CASES.items() if name != "spark"], ids=[name for name in CASES if name != "spark"]
)


@every_case
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("dark", [False, True])
def test_a_hidden_number_is_nowhere_in_the_figure(case: Case, language: str, dark: bool) -> None:
    figure = case.build(case.result(patchy), language=language, dark=dark).to_json()
    for written in (f"{HIDDEN}", f"{HIDDEN:,}", f"{HIDDEN:,}".replace(",", ".")):
        assert written not in figure


@every_case
def test_no_binary_arrays_no_title_and_the_page_shows_through(case: Case) -> None:
    figure = case.build(case.result(spread), language="id")
    assert "bdata" not in figure.to_json()
    assert figure.layout.title.text is None
    assert figure.layout.paper_bgcolor == figure.layout.plot_bgcolor == "rgba(0,0,0,0)"


@every_case
def test_separators_follow_the_language(case: Case) -> None:
    assert case.build(case.result(spread), language="id").layout.separators == ",."
    assert case.build(case.result(spread), language="en").layout.separators == ".,"


@every_case
def test_the_same_result_gives_the_same_figure(case: Case) -> None:
    first, second = (case.build(case.result(patchy), language="id").to_json() for _ in range(2))
    assert first == second


@every_chart_but_spark
@pytest.mark.parametrize(
    ("value", "words"),
    [(suppressed, "di bawah 10 orang"), (unavailable, "tidak tersedia")],
    ids=["all suppressed", "all unavailable"],
)
def test_a_result_without_numbers_is_a_sentence(case: Case, value: object, words: str) -> None:
    figure = case.build(case.result(value), language="id")  # type: ignore[arg-type]
    assert not figure.data
    assert words in figure.layout.annotations[0].text.replace("<br>", " ")
    assert figure.layout.height == SENTENCE


@pytest.mark.parametrize("case", [case for case in CASES.values() if case.levels])
def test_an_empty_result_says_what_to_do(case: Case) -> None:
    figure = case.build(case.result(spread, members={level: () for level in case.levels}), language="id")
    assert not figure.data
    assert "Longgarkan saringan" in figure.layout.annotations[0].text.replace("<br>", " ")


@every_case
def test_one_row_and_one_period_are_drawn(case: Case) -> None:
    first = {"kelompok_jabatan": "guru", "status": "PNS", "provinsi": "32", "umur_5": "21-25", "umur_bkn": "21-30"}
    first |= {"jenis_kelamin": "P", "jenjang": "mahir", "jenis_instansi": "kota", "pendidikan": "45"}
    first |= {"tahun_bup": "2031"}
    one = Case(case.build, case.levels).result(
        lambda _period, _codes: 1_234, members={k: (v,) for k, v in first.items()}
    )
    figure = case.build(one, language="id")
    assert any(len(trace.hovertext or ()) for trace in figure.data)
    assert "1.234" in figure.to_json()


@every_case
@pytest.mark.parametrize("dark", [False, True])
def test_long_names_and_signs_of_markup_are_cut_and_written_as_they_are(case: Case, dark: bool) -> None:
    result = case.result(patchy)
    name = (
        "Kementerian <b>Koordinator</b> & Badan Pengembangan Sumber Daya Manusia Aparatur yang Sangat Panjang Namanya"
    )
    label = Label(id=name, en=name)
    axes = tuple(replace(axis, members=tuple((code, label) for code, _name in axis.members)) for axis in result.axes)
    figure = case.build(replace(result, axes=axes), language="id", dark=dark)
    assert "<b>Koordinator" not in figure.to_json()
    ticks = [text for axis in (figure.layout.xaxis, figure.layout.yaxis) for text in axis.ticktext or ()]
    assert all(len(unescape(line)) <= LONGEST for tick in ticks for line in tick.split("<br>"))
    assert figure.layout.margin.l <= NARROW / 2


@every_case
def test_every_value_in_a_trace_is_a_displayed_value(case: Case) -> None:
    result = case.result(patchy)
    shown = set(shown_values(result))
    for trace in case.build(result, language="id").data:
        if getattr(trace, "xaxis", None) == "x2" or getattr(trace, "base", None) is not None:
            continue  # stubs and tiles, whose places are no values
        data = getattr(trace, "values", None) or (trace.x if case.across else trace.y)
        numbers = {abs(value) for value in data or () if isinstance(value, int | float) and value}
        assert numbers <= shown or case.shares


@every_case
def test_hover_texts_tell_why_a_cell_is_not_shown(case: Case) -> None:
    figure = case.build(case.result(patchy), language="id")
    hovers = " ".join(text for trace in figure.data for text in trace.hovertext or ())
    if "ditekan" in hovers:
        assert "&lt;10 orang, ditekan demi kerahasiaan" in hovers
    assert "None" not in hovers


@pytest.mark.parametrize(
    ("draw", "levels"),
    [
        (tiles.provinces, ("provinsi",)),
        (heatmap.grid, ("jenjang", "jenis_instansi")),
        (stacked.bars, ("kelompok_jabatan", "status")),
        (pyramid.age_sex, ("umur_5", "jenis_kelamin")),
        (pyramid.age_sex, ("jenis_kelamin", "umur_5")),
        (strip.distribution, ("provinsi",)),
        (columns.by_year, ("kelompok_jabatan", "tahun_bup")),
    ],
)
def test_a_mark_carries_the_codes_that_a_click_chooses(draw: Callable[..., go.Figure], levels: tuple[str, ...]) -> None:
    result = protected(list(levels))
    members = [{code for code, _label in axis.members} for axis in result.axes]
    carried = [codes for trace in draw(result, language="id").data for codes in trace.customdata or () if codes]
    assert carried
    assert all(code in known for codes in carried for code, known in zip(codes, members, strict=True))
