"""The indicators of data quality and their limits: the shape of `indicators.yaml`, read once."""

from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal, Self

import yaml
from pydantic import Field, model_validator

from data_access.contract import Label
from data_access.contract.model import Value

FILE = Path(__file__).with_name("indicators.yaml")

Dimension = Literal["kelengkapan", "validitas", "konsistensi"]
Origin = Literal["kiriman", "kubus"]


class Indicator(Value):
    """One thing that is counted. `attention` is the share of failing records from which it deserves a look."""

    key: str
    dimension: Dimension
    source: Origin
    attention: float = Field(gt=0, lt=1)
    label: Label
    definition: Label


class Limits(Value):
    """Shares beyond which a change or a difference is pointed out."""

    change_agency: float = Field(gt=0)
    change_nation: float = Field(gt=0)
    reconciliation: float = Field(gt=0)


class Indicators(Value):
    """All indicators in their order, of one dataset. `generations` maps a code to its first and last birth year (None: open)."""

    dataset: str
    limits: Limits
    generations: dict[str, tuple[int | None, int | None]]
    youngest_entry: int
    indicators: tuple[Indicator, ...] = Field(min_length=1)

    @cached_property
    def by_key(self) -> dict[str, Indicator]:
        return {one.key: one for one in self.indicators}

    def keys(self, source: Origin) -> tuple[str, ...]:
        """The keys that a source counts."""
        return tuple(one.key for one in self.indicators if one.source == source)

    def of(self, dimension: str) -> tuple[Indicator, ...]:
        return tuple(one for one in self.indicators if one.dimension == dimension)

    @model_validator(mode="after")
    def _keys_are_unique(self) -> Self:
        if len(self.by_key) != len(self.indicators):
            raise ValueError("an indicator is listed twice")
        return self


@lru_cache(maxsize=1)
def indicators() -> Indicators:
    """What quality is measured by, as the file beside this module says."""
    return Indicators.model_validate(yaml.safe_load(FILE.read_text("utf-8")))
