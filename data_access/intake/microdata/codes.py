"""The shape of `codes.yaml`: which columns are read and how their codes become codes of the contract."""

import re
from functools import lru_cache
from pathlib import Path

import yaml

from data_access.contract import Dataset, contract
from data_access.contract.model import Value
from data_access.intake.labels import clean

FILE = Path(__file__).with_name("codes.yaml")
DATASET = "pegawai"


class SourceColumns(Value):
    needed: tuple[str, ...]
    optional: tuple[str, ...]


class KindOfEmployee(Value):
    pattern: str
    status: str


class StatusRules(Value):
    by_legal_position: dict[str, str]
    by_kind: tuple[KindOfEmployee, ...]
    by_flag: dict[str, str]

    def status(self, position: str, kind: str, flag: str) -> str:
        """Status of a person by the three cells that tell it; "" if none does."""
        for rule in self.by_kind:
            if position not in self.by_legal_position and re.search(rule.pattern, kind.casefold()):
                return rule.status
        return self.by_legal_position.get(position) or self.by_flag.get(flag.casefold(), "")


class SourceCodes(Value):
    columns: SourceColumns
    empty: tuple[str, ...]
    legal_positions: dict[str, str]
    default_active: tuple[str, ...]
    status: StatusRules
    sex: dict[str, str]
    grades: dict[str, str]
    agencies: dict[str, str]
    provinces: dict[str, str]

    def plain(self, cell: str) -> str:
        """A cell as it was meant; "" for what people write where they have nothing."""
        text = clean(cell)
        return "" if text.casefold() in self.empty else text


@lru_cache(maxsize=1)
def source_codes() -> SourceCodes:
    return SourceCodes.model_validate(yaml.safe_load(FILE.read_text("utf-8")))


def dataset() -> Dataset:
    """The dataset of the contract that SIASN exports are aggregated to."""
    return contract().datasets[DATASET]


def ordinal(level: str) -> dict[str, int]:
    return dataset().levels[level].ordinal
