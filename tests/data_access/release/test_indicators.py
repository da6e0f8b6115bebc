"""The indicators as a file: complete, in step with those who count them, and in both languages."""

import pytest
from pydantic import ValidationError

from data_access.intake.demo.quality import made_up
from data_access.intake.microdata.persons import INDICATORS
from data_access.release.indicators import Indicators, indicators
from data_access.release.quality_cube import counted
from tests import world as worlds
from tests.world import EARLY, dataset


def test_the_aggregation_and_the_demo_count_exactly_these() -> None:
    delivered = set(indicators().keys("kiriman"))
    assert delivered == set(INDICATORS)
    assert delivered == set(made_up().shares)


def test_the_cells_are_checked_for_exactly_these() -> None:
    found = counted(dataset(), worlds.cube(worlds.persons(50, day=EARLY)), EARLY)
    assert set(found["indikator"]) == set(indicators().keys("kubus"))


def test_every_dimension_has_some_and_every_word_is_there_twice() -> None:
    assert {one.dimension for one in indicators().indicators} == {"kelengkapan", "validitas", "konsistensi"}
    for one in indicators().indicators:
        for words in (one.label, one.definition):
            assert words.id and words.en and words.id != words.en, one.key


def test_generations_are_those_of_the_contract() -> None:
    assert list(indicators().generations) == list(dataset().levels["generasi"].by_code)


def test_an_indicator_cannot_be_listed_twice() -> None:
    again = indicators().model_dump() | {"indicators": [indicators().indicators[0].model_dump()] * 2}
    with pytest.raises(ValidationError, match="twice"):
        Indicators.model_validate(again)
