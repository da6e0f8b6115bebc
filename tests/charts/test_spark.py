"""The small line beside a headline number."""

from datetime import date

from charts import spark
from charts.theme import LIGHT
from data_access.access.result import State
from tests.charts.factory import YEARS, protected


def test_values_gap_and_marked_end() -> None:
    def gap(period: date, codes: tuple[str, ...]) -> int | State:
        return State.SUPPRESSED if period == YEARS[1] else period.year

    trace = spark.line(protected([], gap, periods=YEARS), language="id").data[0]
    assert trace.y == (2023, None, 2025)
    assert trace.marker.color == (LIGHT.brand, LIGHT.brand, LIGHT.accent)


def test_size_and_nothing_to_draw() -> None:
    figure = spark.line(protected([], lambda _period, _codes: State.SUPPRESSED, periods=YEARS), language="id")
    assert not figure.data
    assert (figure.layout.width, figure.layout.height) == (150, 40)
