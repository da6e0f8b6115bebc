"""Agencies: how many persons of which path each one employs at the start, and in which province they work."""

from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np
import yaml

from data_access.contract import Code
from data_access.contract.model import Value
from data_access.intake.demo.arrays import Floats, dataset, ordinal
from data_access.intake.demo.margins import published
from data_access.intake.demo.rules import path_number

FILE = Path(__file__).with_name("agencies.yaml")
REGIONAL = {"provinsi": "provinsi", "kabupaten": "kabupaten", "kota": "kabupaten"}
CAPITAL = "31"


class Central(Value):
    """A central agency: its PNS, the share of them in Jakarta and its PPPK (none: as a share of its PNS)."""

    staff: float
    jakarta: float
    profile: str
    contracts: float | None = None


class Abroad(Value):
    agency: str
    province: str


class Agencies(Value):
    profiles: dict[str, dict[str, float]]
    other: Central
    central: dict[str, Central]
    contracts_per_staff: float
    regional_contracts_power: float
    central_share: dict[str, float]
    provincial_share: float
    provincial_least: float
    city_size: float
    size_range: tuple[float, float]
    abroad: Abroad


@lru_cache(maxsize=1)
def agencies() -> Agencies:
    return Agencies.model_validate(yaml.safe_load(FILE.read_text("utf-8")))


def codes() -> tuple[Code, ...]:
    return dataset().levels["instansi"].codes


def central(code: Code) -> Central | None:
    """The entry of a central agency; none for a regional government."""
    return None if code.parent in REGIONAL else agencies().central.get(code.code, agencies().other)


def mixes() -> Floats:
    """[agency, path] -> share of the path among its PNS."""
    paths = path_number()
    rows = []
    for code in codes():
        entry = central(code)
        profile = agencies().profiles[entry.profile if entry else REGIONAL[str(code.parent)]]
        rows.append([profile.get(path, 0.0) for path in paths])
    table = np.array(rows)
    return np.asarray(table / table.sum(axis=1, keepdims=True), dtype=np.float64)


def staff(kind: Literal["staff", "contracts"], draws: Floats) -> Floats:
    """[agency] -> PNS (or the weight of its PPPK); one draw per agency varies the size of regencies and cities."""
    power = 1.0 if kind == "staff" else agencies().regional_contracts_power
    regional = {code: persons**power for code, persons in _regional(draws).items()}
    return np.array([_central_staff(entry, kind) if (entry := central(c)) else regional[c.code] for c in codes()])


def provinces() -> Floats:
    """[agency, province] -> share of its staff who work there."""
    elsewhere = _central_elsewhere()
    table = np.zeros((len(codes()), len(ordinal("provinsi"))))
    for row, code in enumerate(codes()):
        entry = central(code)
        if entry is None:
            table[row, ordinal("provinsi")[code.attributes["provinsi"]]] = 1.0
        else:
            table[row] = elsewhere * (1 - entry.jakarta)
            table[row, ordinal("provinsi")[CAPITAL]] = entry.jakarta
    return table


def province_totals() -> dict[str, int]:
    """Province -> published PNS; abroad is left out."""
    margin = next(m for m in published().margins if m.name == "provinsi PNS")
    totals = {key.rpartition("=")[2]: persons for key, persons in margin.persons.items()}
    return {code: n for code, n in totals.items() if code != agencies().abroad.province}


def _central_share(province: str) -> float:
    return agencies().central_share.get(province, agencies().central_share["other"])


def _central_staff(entry: Central, kind: str) -> float:
    if kind == "staff":
        return entry.staff
    return entry.staff * agencies().contracts_per_staff if entry.contracts is None else entry.contracts


def _central_elsewhere() -> Floats:
    """[province] -> its share of the central staff outside Jakarta."""
    totals = province_totals()
    persons = {code: n * _central_share(code) for code, n in totals.items() if code != CAPITAL}
    shares = np.array([persons.get(code, 0.0) for code in ordinal("provinsi")])
    return np.asarray(shares / shares.sum(), dtype=np.float64)


def _regional(draws: Floats) -> dict[str, float]:
    """Regional government -> PNS: the province's own, then the rest by size over regencies and cities."""
    low, high = agencies().size_range
    sizes = {c.code: (low + (high - low) * u) * _kind_size(c) for c, u in zip(codes(), draws, strict=True)}
    found: dict[str, float] = {}
    for province, total in province_totals().items():
        own = total * (1 - _central_share(province))
        local = [c.code for c in codes() if c.attributes.get("provinsi") == province and c.parent != "provinsi"]
        provincial = min(max(own * agencies().provincial_share, agencies().provincial_least), own / 3) if local else own
        found[f"PV{province}"] = provincial
        share = (own - provincial) / sum(sizes[code] for code in local) if local else 0.0
        found |= {code: sizes[code] * share for code in local}
    return found


def _kind_size(code: Code) -> float:
    return agencies().city_size if code.parent == "kota" else 1.0
