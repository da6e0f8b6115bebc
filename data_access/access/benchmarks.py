"""Figures of others to compare with: inhabitants of provinces, and means of the OECD. Each names its source."""

import csv
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import Field

from data_access.contract import Label, contract
from data_access.contract.model import Value

FOLDER = Path(__file__).parent
POPULATION, OTHERS = FOLDER / "penduduk.csv", FOLDER / "pembanding.yaml"


class Inhabitants(Value):
    """The inhabitants of one province: how many, of which year, and a key of the sources."""

    provinsi: str
    penduduk: int = Field(gt=0)
    tahun: int
    sumber: str


class WomenOecd(Value):
    """Shares of women (0..1), mean of the OECD countries."""

    source: Label
    semua: float
    manajemen_menengah: float
    manajemen_senior: float


class Benchmarks(Value):
    """All of them."""

    inhabitants: tuple[Inhabitants, ...]
    sources: dict[str, Label]
    unconfirmed: frozenset[str]  # keys of the sources whose figures are provisional
    women: WomenOecd

    @cached_property
    def population(self) -> dict[str, int]:
        """Code of a province -> inhabitants."""
        return {one.provinsi: one.penduduk for one in self.inhabitants}

    @cached_property
    def provisional(self) -> tuple[str, ...]:
        """The provinces whose inhabitants, and so whose rates, are provisional."""
        return tuple(one.provinsi for one in self.inhabitants if one.sumber in self.unconfirmed)

    def told(self, language: str) -> str:
        """Where the inhabitants come from, with the provinces whose figure is another one than that of most."""
        texts, provinces = [], contract().datasets["pegawai"].levels["provinsi"].by_code
        for name, label in self.sources.items():
            places = [provinces[one.provinsi].label.text(language) for one in self.inhabitants if one.sumber == name]
            few = f" ({', '.join(places)})" if len(places) < len(self.inhabitants) / 2 else ""
            texts.append(label.text(language) + few)
        return "; ".join(texts)


@lru_cache(maxsize=1)
def benchmarks() -> Benchmarks:
    """The figures of the files beside this module; pydantic's ValidationError names what is wrong in them."""
    raw: dict[str, Any] = yaml.safe_load(OTHERS.read_text("utf-8"))
    with POPULATION.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    sources = {"sources": raw["penduduk"], "unconfirmed": raw["penduduk_sementara"]}
    return Benchmarks.model_validate({"inhabitants": rows, **sources, "women": raw["perempuan_oecd"]})
