"""Scenarios side by side: lines against what was computed, bands, labels, words, and what is said where there is nothing."""

from datetime import date
from itertools import combinations, pairwise

import numpy as np
import plotly.graph_objects as go
import pytest

from charts import course_words, courses
from charts.colour import faded
from charts.course_words import Named
from charts.empty import HEIGHT as SENTENCE
from charts.ends import STEP
from charts.projected import between, held, near, signed
from charts.theme import DARK, LIGHT, Theme
from data_access.projection.band import Course
from tests.charts.vision import VISIONS, distance

DAY = date(2025, 12, 31)


def made(years: int = 10, *, start: float = 4_000_012.0, slope: float = -50_001.0, first: int = 2026) -> Course:
    steps = np.arange(1, years + 1, dtype=np.float64)
    stock, left = start + slope * steps, 100_000 + 1_000 * steps
    return Course(
        years=tuple(range(first, first + years)),
        start=start,
        stock=stock,
        stock_low=stock - 10_000 * steps,
        stock_high=stock + 10_000 * steps,
        retired=left - 20_000,
        retired_low=left - 21_000,
        retired_high=left - 19_000,
        left=left,
        hired=left + slope,
        untold=0.0,
    )


def named(count: int = 3, years: int = 10) -> list[Named]:
    return [Named(f"Skenario {i}", made(years, slope=-50_001.0 + 30_000 * i)) for i in range(count)]


def lines(figure: go.Figure) -> list[go.Scatter]:
    return [trace for trace in figure.data if trace.fill is None]


def bands(figure: go.Figure) -> list[go.Scatter]:
    return [trace for trace in figure.data if trace.fill]


def words(figure: go.Figure) -> str:
    return " ".join(note.text for note in figure.layout.annotations).replace("<br>", " ")


def test_lines_begin_at_the_stock_of_today_and_follow_the_course() -> None:
    some = named()
    for one, line in zip(some, lines(courses.compared(some, language="id")), strict=True):
        assert line.x == (2025, *one.course.years)
        assert line.y[0] == 4_000_010
        assert line.y[1:] == tuple(near(value) for value in one.course.stock)


def test_a_reference_date_within_a_year_stands_within_it() -> None:
    figure = courses.compared([Named("A", made(first=2025))], language="id", day=date(2025, 6, 30))
    assert lines(figure)[0].x[:2] == (pytest.approx(2024.496, abs=0.001), 2025)
    assert "30 Jun 2025" in lines(figure)[0].hovertext[0]
    at_the_end = courses.compared(named(), language="id", day=DAY)
    assert lines(at_the_end)[0].x[0] == 2025


def test_the_band_lies_around_its_line_in_the_same_colour() -> None:
    some = named()
    figure = courses.compared(some, language="id")
    for one, line, band in zip(some, lines(figure), bands(figure), strict=True):
        count = len(line.x)
        assert band.x == (*line.x, *line.x[::-1])
        assert band.y[1:count] == tuple(near(value) for value in one.course.stock_low)
        assert band.y[count:-1] == tuple(near(value) for value in one.course.stock_high[::-1])
        assert band.y[0] == band.y[-1] == line.y[0]
        assert band.fillcolor == faded(line.line.color, courses.opacity(3))
        assert band.hoverinfo == "skip"


def test_bands_are_the_fainter_the_more_may_lie_on_each_other() -> None:
    strengths = [courses.opacity(count) for count in range(1, 7)]
    assert strengths[0] == courses.BAND
    assert strengths == sorted(strengths, reverse=True)
    assert strengths[-1] >= courses.FAINTEST


def test_a_scenario_keeps_the_colour_of_its_place() -> None:
    few, many = (lines(courses.compared(named(count), language="id")) for count in (2, 6))
    assert [line.line.color for line in few] == [line.line.color for line in many[:2]]
    assert len({line.line.color for line in many}) == 6
    flows = lines(courses.outflow(named(6), language="id"))
    assert [line.line.color for line in flows] == [line.line.color for line in many]


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_the_colours_stay_apart_for_every_kind_of_sight(look: Theme) -> None:
    pairs = list(combinations([look.hues[hue] for hue in courses.HUES], 2))
    assert min(distance(one, other, vision) for one, other in pairs for vision in VISIONS) >= 15


def test_more_than_six_are_told_and_not_drawn() -> None:
    figure = courses.compared(named(8), language="id")
    assert len(lines(figure)) == 6
    assert "6 skenario pertama dari 8." in words(figure)


def test_hover_tells_all_numbers_rounded_in_the_readers_language() -> None:
    line = lines(courses.compared([Named("A", made())], language="id"))[0]
    assert line.hovertext[1] == (
        "<b>A</b><br>akhir 2026<br>3.950.010 orang<br>rentang 95%: 3.940.010–3.960.010<br>keluar: 101.000<br>"
        "di antaranya mencapai BUP: 81.000 (rentang 95%: 80.000–82.000)<br>masuk: 51.000"
    )
    assert "3,950,010" in lines(courses.compared([Named("A", made())], language="en"))[0].hovertext[1]


def test_labels_at_the_ends_carry_name_and_number_and_never_lie_on_each_other() -> None:
    same = [Named("Nama skenario yang cukup panjang untuk dua baris", made()) for _ in range(6)]
    figure = courses.compared(same, language="id")
    ends = [note for note in figure.layout.annotations if note.xref != "paper"]
    assert all("<b>3.500.000</b>" in note.text for note in ends)
    low, high = figure.layout.yaxis.range
    pixels = figure.layout.height - figure.layout.margin.t - figure.layout.margin.b
    places = [pixels * (note.y - low) / (high - low) + note.yshift for note in ends]
    assert all(above - below >= STEP[3] - 1 for above, below in pairwise(places))
    assert min(places) >= STEP[3] / 2 - 1
    assert max(places) <= pixels
    assert figure.layout.margin.r <= 390 / 2


def test_small_print_says_that_the_axis_does_not_start_at_zero_only_where_it_does_not() -> None:
    assert "Sumbu tegak tidak mulai dari nol." in words(courses.compared(named(), language="id"))
    emptied = courses.compared([Named("A", made(start=500_000.0))], language="id")
    assert emptied.layout.yaxis.range[0] == 0
    assert "tidak mulai dari nol" not in words(emptied)


def test_nobody_is_fewer_than_none() -> None:
    figure = courses.compared([Named("A", made(start=20.0, slope=-1.0))], language="id")
    assert min(bands(figure)[0].y) == 0
    assert "rentang 95%: 0–10.020" in lines(figure)[0].hovertext[1]


def test_leavers_start_from_zero_and_have_no_point_before_the_first_year() -> None:
    some = named()
    figure = courses.outflow(some, language="id")
    assert [line.x for line in figure.data] == [one.course.years for one in some]
    assert figure.data[0].y == tuple(near(value) for value in some[0].course.left)
    assert figure.layout.yaxis.range[0] == 0
    assert figure.data[0].hovertext[0].startswith("<b>Skenario 0</b><br>2026<br>keluar: 101.000")


def test_a_first_year_that_had_begun_is_told() -> None:
    figure = courses.outflow([Named("A", made(first=2025))], language="id", day=date(2025, 6, 30))
    assert "Tahun 2025: hanya sesudah 30 Juni 2025." in words(figure)
    assert "hanya sesudah" not in words(courses.outflow(named(), language="id", day=DAY))


@pytest.mark.parametrize("build", [courses.compared, courses.outflow])
@pytest.mark.parametrize("dark", [False, True])
def test_without_a_scenario_there_is_a_sentence(build, dark: bool) -> None:  # type: ignore[no-untyped-def]
    figure = build([], language="id", dark=dark)
    assert not figure.data
    assert figure.layout.height == SENTENCE
    assert "Belum ada skenario" in words(figure)


@pytest.mark.parametrize("build", [courses.compared, courses.outflow])
@pytest.mark.parametrize("years", [1, 20])
def test_one_year_and_the_longest_horizon_are_drawn(build, years: int) -> None:  # type: ignore[no-untyped-def]
    figure = build(named(1, years), language="id")
    assert lines(figure)[0].y[-1] > 0
    assert figure.layout.xaxis.range[0] < figure.layout.xaxis.range[1]
    assert figure.layout.xaxis.ticktext[0] == str(2025 + years)
    assert len(figure.layout.xaxis.ticktext) <= courses.YEARS


@pytest.mark.parametrize("build", [courses.compared, courses.outflow])
def test_names_are_shown_as_they_are_written_and_nothing_is_binary_or_a_title(build) -> None:  # type: ignore[no-untyped-def]
    figure = build([Named("<b>A</b> & {b}", made())], language="id")
    assert "<b>A</b>" not in figure.to_json()
    assert "&lt;b&gt;A&lt;/b&gt; &amp; {b}" in figure.data[0].name
    assert "bdata" not in figure.to_json()
    assert figure.layout.title.text is None


def test_alt_texts_say_where_the_courses_begin_and_end() -> None:
    some = [Named("Tanpa pengadaan", made()), Named("{a}", made(slope=10.0))]
    assert course_words.alt_text(some, "id") == (
        "Jumlah pegawai menurut 2 skenario sampai akhir 2035, mulai dari 4.000.010 orang. "
        "Tanpa pengadaan: 3.500.000 orang, rentang 95% 3.400.000–3.600.000. "
        "{a}: 4.000.110 orang, rentang 95% 3.900.110–4.100.110."
    )
    assert course_words.outflow_alt(some[:1], "id") == (
        "Tanpa pengadaan: 1.055.000 orang keluar pada 2026 sampai 2035, terbanyak pada 2035 (110.000 orang)."
    )
    assert course_words.outflow_alt(named(1, 1), "id") == "Skenario 0: 101.000 orang keluar pada 2026."
    assert (
        course_words.alt_text([], "id") == course_words.outflow_alt([], "id") == "Tidak ada skenario yang ditampilkan."
    )


@pytest.mark.parametrize(
    ("value", "rounded", "told"),
    [
        (12.5, 15, "+15"),
        (12.4, 10, "+10"),
        (-12.6, -15, "−15"),
        (2.0, 0, "0"),
        (-2.0, 0, "0"),
        (-1_234.0, -1_235, "−1.235"),
    ],
)
def test_numbers_of_a_projection_are_rounded_like_displayed_ones(value: float, rounded: int, told: str) -> None:
    assert near(value) == rounded
    assert signed(value, "id") == told
    assert held(value) == max(rounded, 0)


def test_a_band_is_written_with_both_ends() -> None:
    assert between(-30.0, 1_234.0, "id") == "0–1.235"
    assert between(-30.0, 1_234.0, "en") == "0–1,235"
