"""A drawing is made once per answer, way, language and theme; another answer never finds it."""

import gc
from dataclasses import replace
from functools import partial
from weakref import ref

from charts import ranking
from charts.alt import alt_text
from tests.charts.factory import YEARS, protected
from ui import drawn as module
from ui.drawn import WAYS, drawn


def test_the_same_way_is_drawn_once() -> None:
    result = protected(["status"])
    first = drawn(result, partial(ranking.bars, top=3), language="id", dark=False)
    assert drawn(result, partial(ranking.bars, top=3), language="id", dark=False) is first
    assert first[0] == ranking.bars(result, top=3, language="id", dark=False)
    assert first[1] == alt_text(result, language="id")


def test_other_options_language_or_theme_are_drawn_anew() -> None:
    result = protected(["status"])
    first = drawn(result, partial(ranking.bars, top=3), language="id", dark=False)
    others = [
        drawn(result, partial(ranking.bars, top=2), language="id", dark=False),
        drawn(result, ranking.bars, language="id", dark=False),
        drawn(result, partial(ranking.bars, top=3), language="en", dark=False),
        drawn(result, partial(ranking.bars, top=3), language="id", dark=True),
    ]
    assert all(other is not first for other in others)
    assert others[2][1] == alt_text(result, language="en")


def test_the_alt_text_tells_of_the_period_that_is_drawn() -> None:
    result = protected(["status"], lambda day, _codes: day.year, periods=YEARS)
    _figure, told = drawn(result, partial(ranking.bars, period=YEARS[0]), language="id", dark=False)
    assert told == alt_text(result, language="id", period=YEARS[0])
    assert "2.023 orang" in told
    assert "2025" not in told


def test_an_equal_answer_of_somebody_else_is_another_answer() -> None:
    mine = protected(["status"])
    theirs = replace(mine)
    first = drawn(mine, ranking.bars, language="id", dark=False)
    assert drawn(theirs, ranking.bars, language="id", dark=False) is not first


def test_drawings_go_with_their_answer_and_are_few() -> None:
    result = protected(["status"])
    for top in range(2, WAYS + 6):
        drawn(result, partial(ranking.bars, top=top), language="id", dark=False)
    assert len(module._kept[result]) == WAYS
    gone = ref(result)
    del result
    gc.collect()
    assert gone() is None, "drawings do not hold their answer"
