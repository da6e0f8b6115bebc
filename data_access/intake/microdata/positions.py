"""Position (jabatan) -> jenjang, kelompok jabatan and retirement age, by the patterns of `positions.yaml`."""

import re
from functools import lru_cache
from pathlib import Path

import yaml

from data_access.contract.model import Value

FILE = Path(__file__).with_name("positions.yaml")
ELSEWHERE = "lainnya"
LECTURERS = "dosen"
ACADEMIC = ("asisten_ahli", "lektor", "lektor_kepala", "guru_besar")


class KindName(Value):
    pattern: str
    kind: str


class Rank(Value):
    pattern: str
    jenjang: str


class Heads(Value):
    echelons: tuple[str, ...]
    pattern: str
    jenjang: str


class Group(Value):
    pattern: str
    group: str


class SpecialAge(Value):
    """Every condition that is given must hold."""

    age: int
    pattern: str = ""
    group: str = ""
    ranks: tuple[str, ...] = ()


class Retirement(Value):
    special: tuple[SpecialAge, ...]
    by_rank: dict[str, int]


class PositionRules(Value):
    kinds: dict[str, str]
    kind_names: tuple[KindName, ...]
    echelons: dict[str, str]
    heads: Heads
    managers: tuple[Rank, ...]
    groups: tuple[Group, ...]
    default_group: str
    ranks: tuple[Rank, ...]
    retirement: Retirement


class Position(Value):
    """`age` is the retirement age (BUP) in years."""

    jenjang: str
    group: str
    age: int


@lru_cache(maxsize=1)
def rules() -> PositionRules:
    return PositionRules.model_validate(yaml.safe_load(FILE.read_text("utf-8")))


def position(*, kind: str, kind_name: str, echelon: str, name: str) -> Position | None:
    """The position of a person; None if no rule knows it. All texts are in normal form (`labels.normal`)."""
    found = rules().kinds.get(kind.lstrip("0")) or _kind(kind_name)
    if found == "pelaksana":
        return _placed("pelaksana", ELSEWHERE, name)
    if found == "struktural":
        jenjang = _manager(echelon, name)
        return _placed(jenjang, ELSEWHERE, name) if jenjang else None
    return _functional(name) if found == "fungsional" else None


def retirement_age(name: str, jenjang: str, group: str) -> int:
    """BUP in years: UU 20/2023 and PP 11/2017 by rank, unless a special law sets another."""
    for special in rules().retirement.special:
        if (
            re.search(special.pattern, name)
            and special.group in ("", group)
            and (not special.ranks or jenjang in special.ranks)
        ):
            return special.age
    return rules().retirement.by_rank[jenjang]


def _placed(jenjang: str, group: str, name: str) -> Position:
    return Position(jenjang=jenjang, group=group, age=retirement_age(name, jenjang, group))


def _kind(name: str) -> str:
    return next((rule.kind for rule in rules().kind_names if re.search(rule.pattern, name)), "")


def _manager(echelon: str, name: str) -> str:
    heads = rules().heads
    if echelon in heads.echelons and re.search(heads.pattern, name):
        return heads.jenjang
    return rules().echelons.get(echelon) or _first(rules().managers, name)


def _functional(name: str) -> Position | None:
    jenjang = _first(rules().ranks, name)
    group = next((rule.group for rule in rules().groups if re.search(rule.pattern, name)), rules().default_group)
    academic = jenjang in ACADEMIC
    if not jenjang or academic != (group == LECTURERS):
        return None  # the contract gives academic ranks to lecturers only, and no other rank to them
    return _placed(jenjang, group, name)


def _first(ranks: tuple[Rank, ...], name: str) -> str:
    return next((rank.jenjang for rank in ranks if re.search(rank.pattern, name)), "")
