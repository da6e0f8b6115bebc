"""Lines over time: values, gaps, end labels, breaks, the foot of the axis."""

from datetime import date
from itertools import pairwise

import pytest

from charts import lines
from charts.breaks import Break
from charts.ends import apart
from data_access.access.result import State
from tests.charts.factory import DAY, YEARS, protected

STATUS = {"PNS": 4_000, "CPNS": 100, "PPPK": 1_000, "PPPK-PW": 90}


def gappy(period: date, codes: tuple[str, ...]) -> int | State:
    if codes == ("CPNS",) and period == YEARS[1]:
        return State.SUPPRESSED
    return STATUS[codes[0]] + period.year - 2023


def test_one_line_for_each_member_largest_at_the_end_first() -> None:
    chart = lines.over_time(protected(["status"], gappy, periods=YEARS), language="id")
    assert [trace.y for trace in chart.data] == [
        (4_000, 4_001, 4_002),
        (1_000, 1_001, 1_002),
        (100, None, 102),
        (90, 91, 92),
    ]
    assert chart.data[0].x == ("2023-12-31", "2024-12-31", "2025-12-31")


def test_a_cell_that_is_not_shown_is_a_gap_with_a_note() -> None:
    chart = lines.over_time(protected(["status"], gappy, periods=YEARS), language="id")
    assert chart.data[2].connectgaps is False
    assert "Celah pada garis" in chart.layout.annotations[0].text


def test_ends_carry_name_and_value() -> None:
    chart = lines.over_time(protected(["status"], gappy, periods=YEARS), language="en", breaks=())
    ends = [note.text for note in chart.layout.annotations[1:]]
    assert "PNS (permanent)<br><b>4,002</b>" in ends[0]
    assert len(ends) == 4


def test_the_axis_starts_at_zero_unless_asked() -> None:
    result = protected([], lambda period, _codes: 4_000_000 + period.year, periods=YEARS)
    assert lines.over_time(result, language="id").layout.yaxis.range[0] == 0
    fit = lines.over_time(result, language="id", baseline="fit")
    assert fit.layout.yaxis.range[0] > 3_000_000
    assert fit.layout.annotations[0].text == "Sumbu tegak tidak mulai dari nol."


def test_reference_dates_are_ticks_in_words() -> None:
    chart = lines.over_time(protected([], periods=YEARS), language="id")
    assert chart.layout.xaxis.ticktext == ("31 Des<br>2023", "31 Des<br>2024", "31 Des<br>2025")


def test_many_dates_are_thinned_and_the_last_stays() -> None:
    months = [date(2024, month, 1) for month in range(1, 13)] + [DAY]
    ticks = lines.over_time(protected([], periods=months), language="id").layout.xaxis.tickvals
    assert len(ticks) <= lines.DATES
    assert ticks[-1] == "2025-12-31"


def test_breaks_of_the_caller_are_dotted_lines_with_words_in_the_small_print() -> None:
    broken = [Break(date(2024, 6, 1), "UU 20/2023")]
    chart = lines.over_time(protected([], periods=YEARS), language="id", breaks=broken)
    assert (chart.layout.shapes[0].x0, chart.layout.shapes[0].line.dash) == ("2024-06-01", "dot")
    assert chart.layout.annotations[0].text == "(1) 1 Jun 2024: UU 20/2023"


def test_only_the_largest_lines_are_drawn() -> None:
    chart = lines.over_time(protected(["provinsi"], periods=YEARS), language="id")
    assert len(chart.data) == lines.MOST
    assert "8 terbesar dari 39." in chart.layout.annotations[0].text


@pytest.mark.parametrize("natural", [[100.0, 99.0, 98.0], [5.0, 3.0, 1.0], [200.0, 20.0, 19.0], [7.0]])
def test_end_labels_are_moved_apart_and_stay_above_the_axis(natural: list[float]) -> None:
    heights = apart(natural, 18)
    assert all(upper - lower >= 18 for upper, lower in pairwise(heights))
    assert heights[-1] >= 9
