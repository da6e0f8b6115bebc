"""The limits of `pemantauan.yaml`, from which on use of data is worth a question."""

import hashlib
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import Field

from data_access.contract.model import Value

FILE = Path(__file__).parent / "pemantauan.yaml"


class WatchPolicy(Value):
    """Limits per account; hours are those of Jakarta."""

    version: str
    alike_in_hour: int = Field(ge=2)
    refused_in_hour: int = Field(ge=2)
    exports_in_day: int = Field(ge=1)
    odd_in_day: int = Field(ge=1)
    odd_from: int = Field(ge=0, le=23)
    odd_until: int = Field(ge=0, le=23)

    def odd(self, hour: int) -> bool:
        """Whether an hour of the day is an unusual one; the night goes past midnight."""
        if self.odd_from <= self.odd_until:
            return self.odd_from <= hour < self.odd_until
        return hour >= self.odd_from or hour < self.odd_until

    @property
    def rules(self) -> str:
        """Hash of what the sums depend on."""
        return hashlib.sha256(f"{self.version}|{self.odd_from}|{self.odd_until}".encode()).hexdigest()


@lru_cache(maxsize=1)
def watch_policy() -> WatchPolicy:
    """The limits in force; pydantic's ValidationError names what is wrong."""
    return WatchPolicy.model_validate(yaml.safe_load(FILE.read_text("utf-8")))
