"""What made-up persons are drawn from, as data: the shape of `population.yaml`, read once."""

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np
import yaml
from pydantic import Field

from data_access.contract.model import Value
from data_access.intake.demo.arrays import Floats, ordinal
from data_access.intake.demo.rules import path_number

FILE = Path(__file__).with_name("population.yaml")
Shares = dict[str, dict[str, float]]


class Sizes(Value):
    """How many cohorts are drawn: for the stock, for all CPNS waves and for all PPPK waves."""

    stock: int
    recruits: int
    contracts: int


class Pyramid(Value):
    """Per cent of each sex by age band on `day`; `first` holds the youngest age of each band."""

    day: date
    persons: dict[str, int]
    first: tuple[int, ...] = Field(alias="from")
    until: int
    L: tuple[float, ...]
    P: tuple[float, ...]


class Appointments(Value):
    """Relative number of appointments by year."""

    first: int
    weights: tuple[float, ...]


class Conversion(Value):
    """The share of executing staff who become functional, and the months in which they do."""

    share: float
    first: date = Field(alias="from")
    last: date = Field(alias="to")


class Graduation(Value):
    """The share of each path that moves to a higher education, and the months in which it does."""

    first: date = Field(alias="from")
    last: date = Field(alias="to")
    higher: str
    share: dict[str, float]


class Wave(Value):
    """Persons appointed between two months; `central` is the share of central agencies, `mix` the jobs of PPPK.

    `fewer` lowers paths of a CPNS wave below their share among the PNS of an agency.
    """

    kind: Literal["recruits", "contracts"]
    first: date = Field(alias="from")
    last: date = Field(alias="to")
    persons: int
    central: float
    mix: dict[str, float] = Field(default_factory=dict)
    fewer: dict[str, float] = Field(default_factory=dict)
    part_time: bool = False


class Population(Value):
    cohorts: Sizes
    pyramid: Pyramid
    appointments: Appointments
    oldest_entry: int
    youngest_entry: dict[str, int]
    women: dict[str, float]
    education: dict[Literal["stock", "recruits"], Shares]
    lowest_recruit_education: str
    entry_age: dict[Literal["recruits", "contracts"], dict[float, float]]
    conversion: Conversion
    graduation: dict[str, Graduation]
    waves: tuple[Wave, ...]


@lru_cache(maxsize=1)
def population() -> Population:
    return Population.model_validate(yaml.safe_load(FILE.read_text("utf-8")))


def education_table(kind: Literal["stock", "recruits"]) -> Floats:
    """[path, education] -> share; paths that nobody enters directly have a row of the stock."""
    shares = population().education["stock"] | population().education[kind]
    return np.array([[shares[path].get(code, 0.0) for code in ordinal("pendidikan")] for path in path_number()])
