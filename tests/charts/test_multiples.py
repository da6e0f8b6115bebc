"""Small multiples: a panel for each member, one scale, values as displayed."""

from datetime import date

from charts import multiples
from data_access.access.result import State
from tests.charts.factory import YEARS, protected


def value(period: date, codes: tuple[str, ...]) -> int | State:
    if codes[0] == "teknis":
        return State.SUPPRESSED
    if codes == ("guru", "P") and period == YEARS[1]:
        return State.SUPPRESSED
    return {"guru": 5_000, "dosen": 900}.get(codes[0], 100) + period.year - 2023 + (codes[-1] == "P")


RESULT = protected(["kelompok_jabatan", "jenis_kelamin"], value, periods=YEARS)
FIGURE = multiples.over_time(RESULT, language="id")


def test_lines_are_the_displayed_values_and_a_hidden_one_is_a_gap() -> None:
    men, women = FIGURE.data[:2]
    assert (men.y, women.y) == ((5_000, 5_001, 5_002), (5_001, None, 5_003))
    assert women.connectgaps is False
    assert "Celah pada garis" in FIGURE.layout.annotations[0].text


def test_each_member_has_a_panel_of_its_own_largest_first_and_none_without_a_number() -> None:
    assert list(dict.fromkeys(trace.yaxis for trace in FIGURE.data)) == ["y", "y2", "y3", "y4", "y5"]
    heads = [note.text for note in FIGURE.layout.annotations[2:]]
    assert heads[:2] == ["Guru", "Dosen"]
    assert len(heads) == 5


def test_all_panels_have_one_scale() -> None:
    ranges = {tuple(FIGURE.layout[f"yaxis{n}"].range) for n in ("", 2, 3, 4, 5)}
    assert len(ranges) == 1
    assert ranges.pop()[1] >= 5_003


def test_panels_do_not_lie_on_each_other() -> None:
    layout = FIGURE.layout
    places = [(layout[f"xaxis{n}"].domain, layout[f"yaxis{n}"].domain) for n in ("", 2, 3, 4, 5)]
    assert places[0][0][1] < places[1][0][0]
    assert places[3][1][1] < places[0][1][0]
    assert len(set(places)) == 5


def test_an_ordered_dimension_keeps_its_order_and_one_dimension_has_one_line_a_panel() -> None:
    chart = multiples.over_time(protected(["umur_bkn"], periods=YEARS), language="id")
    assert len(chart.data) == 6
    assert chart.layout.annotations[0].text == "18–20 tahun"


def test_only_the_largest_are_drawn_and_a_note_says_so() -> None:
    chart = multiples.over_time(protected(["provinsi"], periods=YEARS), language="id", top=6)
    assert len(chart.data) == 6
    assert "6 terbesar dari 39." in chart.layout.annotations[0].text
