"""The rules of a career as data: the shape of `career.yaml`, read once."""

from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml

from data_access.contract.model import Value

FILE = Path(__file__).with_name("career.yaml")


class Ladder(Value):
    """Ranks in order, and the years of service (or of age) at which each but the first is reached."""

    rungs: tuple[str, ...]
    years: tuple[float, ...]
    until_age: int
    by: Literal["service", "age"] = "service"


class CareerPath(Value):
    """The ladder for up to SMA, D1-D3 and from D4 on, and the highest rank it leads to."""

    ladders: tuple[str, str, str]
    top: str | None = None
    managerial: bool = False


class Rules(Value):
    ladders: dict[str, Ladder]
    spread: float
    paths: dict[str, CareerPath]
    entry_grade: dict[str, str]
    highest_grade: dict[str, str]
    years_per_grade: int
    grades: dict[str, tuple[str, str]]
    contract_grade: dict[str, str]
    contract_grade_of_rank: dict[str, str]
    contract_senior_share: float
    predecessors: dict[str, dict[str, str]]


@lru_cache(maxsize=1)
def rules() -> Rules:
    return Rules.model_validate(yaml.safe_load(FILE.read_text("utf-8")))


@lru_cache(maxsize=1)
def path_number() -> dict[str, int]:
    """Path -> its number, in the order of the file."""
    return {name: number for number, name in enumerate(rules().paths)}
