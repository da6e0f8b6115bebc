"""Made-up posts of a year of recruitment: agencies, places and groups share the totals of `formasi.yaml`, stage by stage."""

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np
import yaml
from pydantic import Field

from data_access.contract import Code, Dataset, contract
from data_access.contract.model import Value
from data_access.intake.demo import agencies
from data_access.intake.demo.arrays import Columns, Floats, Ints
from data_access.intake.demo.rules import path_number, rules
from data_access.intake.demo.shares import part, shared

FILE = Path(__file__).with_name("formasi.yaml")
DATASET = "formasi"
SEED = 20241231
MANAGERS = "lainnya"
LEAST = 0.02  # smaller shares of a group or place get no posts


class Block(Value):
    """The posts of one side and kind at each stage; `groups` are shares or numbers, `agencies` numbers that are known."""

    side: Literal["pusat", "daerah"]
    kind: str
    persons: tuple[int, ...]
    groups: dict[str, float] = Field(default_factory=dict)
    agencies: dict[str, int] = Field(default_factory=dict)


class Year(Value):
    """One year of recruitment; `central` and `regional` are how many agencies got posts, where that is known."""

    source: str
    blocks: tuple[Block, ...]
    central: int | None = None
    regional: int | None = None


class Remote(Value):
    provinces: tuple[str, ...]
    factor: float


class Spread(Value):
    staff: float
    jakarta: float


class Posts(Value):
    stages: tuple[str, ...]
    years: dict[int, Year]
    groups: dict[str, float]
    technical: dict[str, float]
    remote: Remote
    difficulty: dict[str, float]
    spread: Spread


@lru_cache(maxsize=1)
def posts() -> Posts:
    """The totals, as `formasi.yaml` says."""
    return Posts.model_validate(yaml.safe_load(FILE.read_text("utf-8")))


def dataset() -> Dataset:
    return contract().datasets[DATASET]


def cells(year: int) -> tuple[Columns, Ints]:
    """The cells of a year as places of codes, and the posts (> 0) in each."""
    parts = [
        _block(year, posts().years[year], block, number) for number, block in enumerate(posts().years[year].blocks)
    ]
    columns = {level.name: np.concatenate([p[0][level.name] for p in parts]) for level in dataset().delivered}
    counts = np.concatenate([p[1] for p in parts])
    kept = counts > 0
    return {name: column[kept] for name, column in columns.items()}, counts[kept]


def _block(year: int, told: Year, block: Block, number: int) -> tuple[Columns, Ints]:
    """All stages of one block. Each stage is a part of the one before; applicants follow the posts that are approved."""
    draws = np.random.Generator(np.random.PCG64([SEED, year, number]))
    rows = _rows(year, told, block, draws)
    agency, place, group, weights = rows
    found: dict[str, Ints] = {"kebutuhan": _needed(block, agency, group, weights)}
    persons = dict(zip(posts().stages, block.persons, strict=True))
    lucky = draws.lognormal(0.0, 0.35, len(agencies.codes()))[agency]
    found["usulan"] = part(persons["usulan"], found["kebutuhan"], lucky * _approved(told, block, agency))
    found["penetapan"] = part(persons["penetapan"], found["usulan"], draws.lognormal(0.0, 0.15, len(agency)))
    hard = _hardness(place, group) * draws.lognormal(0.0, 0.22, len(agencies.codes()))[agency]
    found["pelamar"] = shared(persons["pelamar"], found["penetapan"] * hard * draws.lognormal(0.0, 0.3, len(agency)))
    found["lulus"] = part(persons["lulus"], found["penetapan"], hard)
    found["terisi"] = part(persons["terisi"], found["lulus"], np.ones(len(agency)))
    stage = dataset().levels["tahap"].ordinal
    base = {"instansi": agency, "provinsi": place, "kelompok_jabatan": group}
    columns = {name: np.tile(column, len(found)) for name, column in base.items()}
    columns["tahap"] = np.repeat([stage[name] for name in found], len(agency))
    kind = dataset().levels["jenis_pengadaan"].ordinal[block.kind]
    columns["jenis_pengadaan"] = np.full(len(columns["tahap"]), kind)
    return columns, np.concatenate(list(found.values()))


def _rows(year: int, told: Year, block: Block, draws: np.random.Generator) -> tuple[Ints, Ints, Ints, Floats]:
    """Agency, place and group of each cell that may get posts, and its weight."""
    day, places = date(year, 12, 31), dataset().levels["provinsi"]
    chance = draws.random(len(agencies.codes()))
    staff = agencies.staff("staff", chance)
    size = agencies.staff("contracts", chance) if block.kind == "pppk" else staff
    found = []
    for number in _agencies(block.side, day, told.central if block.side == "pusat" else None, staff):
        code = agencies.codes()[number]
        groups = {g: s for g, s in _groups(block, number).items() if s >= LEAST}
        for place, share in _places(code, number).items():
            found += [
                (number, places.ordinal[province_on(place, day)], _group(g), size[number] * share * s)
                for g, s in groups.items()
            ]
    agency, place_of, group, weight = (np.array(column) for column in zip(*found, strict=True))
    return agency, place_of, group, weight * draws.lognormal(0.0, 0.25, len(weight))


def province_on(code: str, day: date) -> str:
    """The province itself or, before its own day, the one that it belonged to."""
    known = dataset().levels["provinsi"].by_code[code].valid_on(day)
    return code if known else rules().predecessors["provinsi"][code]


def _agencies(side: str, day: date, most: int | None, size: Floats) -> list[int]:
    """Those of a side that exist on the day, the largest where only so many got posts."""
    above = dataset().mapping("instansi", "kelompok_instansi")
    known = [i for i, code in enumerate(agencies.codes()) if above[code.code] == side and code.valid_on(day)]
    return sorted(sorted(known, key=lambda i: -size[i])[:most])


def _groups(block: Block, number: int) -> dict[str, float]:
    """Group -> share of the posts of an agency."""
    if block.side == "daerah":
        told = block.groups or posts().groups
        return {g: s / sum(told.values()) for g, s in _apart(told).items()}
    mix = dict(zip(path_number(), agencies.mixes()[number], strict=True))
    named = {g: mix.get(g, 0.0) for g in ("guru", "dosen", "nakes", "teknis", "penyuluh")}
    return named | {MANAGERS: 1.0 - sum(named.values())}


def _apart(told: dict[str, float]) -> dict[str, float]:
    """The announced group of technical staff split into ours."""
    rest = {g: s for g, s in told.items() if g != "teknis"}
    return rest | {g: told.get("teknis", 0.0) * share for g, share in posts().technical.items()}


def _places(code: Code, number: int) -> dict[str, float]:
    """Province -> share of the posts of an agency."""
    entry, limit = agencies.central(code), posts().spread
    if entry is None:
        return {code.attributes["provinsi"]: 1.0}
    if entry.staff < limit.staff or entry.jakarta > limit.jakarta:
        return {agencies.CAPITAL: 1.0}
    names = list(dataset().levels["provinsi"].by_code)
    abroad = agencies.agencies().abroad.province
    return {names[i]: share for i, share in enumerate(_shares()[number]) if share > 0 and names[i] != abroad}


@lru_cache(maxsize=1)
def _shares() -> Floats:
    return agencies.provinces()


def _needed(block: Block, agency: Ints, group: Ints, weights: Floats) -> Ints:
    """Posts needed by cell: known numbers of groups or agencies first, the rest by weight."""
    total, found = block.persons[0], np.zeros(len(weights), dtype=np.int64)
    if sum(block.groups.values()) == total:
        technical = np.isin(group, [_group(name) for name in posts().technical])
        for name, persons in block.groups.items():
            of_it = technical if name == "teknis" else group == _group(name)
            found[of_it] = shared(int(persons), weights[of_it])
        return found
    rest = np.ones(len(weights), dtype=np.bool_)
    ordinal = dataset().levels["instansi"].ordinal
    for name, persons in block.agencies.items():
        of_it = agency == ordinal[name]
        found[of_it], rest[of_it] = shared(persons, weights[of_it]), False
    found[rest] = shared(total - sum(block.agencies.values()), weights[rest])
    return found


def _approved(told: Year, block: Block, agency: Ints) -> Floats:
    """1 for agencies whose posts are approved, 0 for the others: the last ones of the list where a number is known."""
    if block.side == "pusat" or told.regional is None:
        return np.ones(len(agency))
    known = np.unique(agency)
    order = np.random.Generator(np.random.PCG64(SEED)).permutation(known)
    return np.isin(agency, order[: told.regional]).astype(np.float64)


def _hardness(place: Ints, group: Ints) -> Floats:
    provinces, groups = list(dataset().levels["provinsi"].by_code), list(dataset().levels["kelompok_jabatan"].by_code)
    remote = np.array([posts().remote.factor if code in posts().remote.provinces else 1.0 for code in provinces])
    hard = np.array([posts().difficulty[code] for code in groups])
    return np.asarray(remote[place] * hard[group], dtype=np.float64)


def _group(name: str) -> int:
    return dataset().levels["kelompok_jabatan"].ordinal[name]
