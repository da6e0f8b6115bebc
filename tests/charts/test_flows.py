"""Columns of what came in and went out: signs, sizes, colours and words, from displayed values."""

from datetime import date

from charts import flows
from charts.theme import theme
from data_access.access.result import State
from tests.charts.factory import DAY, YEARS, protected

PLUS, MINUS = ("cpns", "pppk"), ("pensiun_bup", "meninggal")
SIZES = {"cpns": 100, "pppk": 400, "mutasi_masuk": 70, "pensiun_bup": 300, "meninggal": 20}


def sizes(day: date, codes: tuple[str, ...]) -> int | State:
    if day == YEARS[0] and codes == ("cpns",):
        return State.SUPPRESSED
    return SIZES[codes[0]]


MOVES = protected(["peristiwa"], sizes, periods=YEARS, members={"peristiwa": list(SIZES)})
FIGURE = flows.in_out(MOVES, language="id", plus=PLUS, minus=MINUS)


def test_in_stands_above_zero_and_out_below() -> None:
    assert [tuple(bar.y) for bar in FIGURE.data] == [(100, 100), (400,) * 3, (-300,) * 3, (-20,) * 3]
    assert FIGURE.layout.barmode == "relative"


def test_periods_stand_in_order_of_time_and_a_hidden_part_is_left_out_with_a_note() -> None:
    assert list(FIGURE.layout.xaxis.categoryarray) == [day.isoformat() for day in YEARS]
    assert list(FIGURE.data[0].x) == [day.isoformat() for day in YEARS[1:]]
    assert "di bawah 10" in FIGURE.layout.annotations[0].text


def test_events_of_neither_direction_are_left_out() -> None:
    assert "Mutasi" not in FIGURE.to_json()


def test_labels_of_the_axis_have_no_sign_and_the_hover_tells_the_event() -> None:
    assert not any("-" in words or "−" in words for words in FIGURE.layout.yaxis.ticktext)
    assert FIGURE.data[2].hovertext[0].startswith("<b>Pensiun BUP</b><br>31 Des 2023<br>300")


def test_an_event_has_its_fixed_colour() -> None:
    hues = [theme(False).hues[flows.EVENTS[code]] for code in (*PLUS, *MINUS)]
    assert [bar.marker.color for bar in FIGURE.data] == hues


def test_only_one_direction_still_is_a_figure() -> None:
    one = protected(["peristiwa"], lambda _day, _codes: 50, members={"peristiwa": ["cpns"]})
    figure = flows.in_out(one, language="en", plus=PLUS, minus=MINUS)
    assert [tuple(bar.y) for bar in figure.data] == [(50,)]
    assert one.frame["periode"].to_list() == [DAY]
