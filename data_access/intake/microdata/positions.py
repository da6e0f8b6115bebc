"""Position (jabatan) -> jenjang and kelompok jabatan by the patterns of `positions.yaml`, and its retirement age."""

import re
from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml

from data_access.contract.model import Value
from data_access.contract.retirement import rule_for

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


class PositionRules(Value):
    kinds: dict[str, str]
    kind_names: tuple[KindName, ...]
    echelons: dict[str, str]
    heads: Heads
    managers: tuple[Rank, ...]
    groups: tuple[Group, ...]
    default_group: str
    ranks: tuple[Rank, ...]


class Position(Value):
    """`age` is the retirement age (BUP) in years, by the law in force on the day asked for."""

    jenjang: str
    group: str
    age: int


@lru_cache(maxsize=1)
def rules() -> PositionRules:
    return PositionRules.model_validate(yaml.safe_load(FILE.read_text("utf-8")))


def position(*, kind: str, kind_name: str, echelon: str, name: str, on: date) -> Position | None:
    """The position of a person on a day; None if no rule knows it. All texts are in normal form (`labels.normal`)."""
    found = rules().kinds.get(kind.lstrip("0")) or _kind(kind_name)
    if found == "pelaksana":
        return _placed("pelaksana", ELSEWHERE, name, on)
    if found == "struktural":
        jenjang = _manager(echelon, name)
        return _placed(jenjang, ELSEWHERE, name, on) if jenjang else None
    return _functional(name, on) if found == "fungsional" else None


def _placed(jenjang: str, group: str, name: str, on: date) -> Position:
    return Position(jenjang=jenjang, group=group, age=rule_for(jenjang=jenjang, group=group, name=name, on=on).age)


def _kind(name: str) -> str:
    return next((rule.kind for rule in rules().kind_names if re.search(rule.pattern, name)), "")


def _manager(echelon: str, name: str) -> str:
    heads = rules().heads
    if echelon in heads.echelons and re.search(heads.pattern, name):
        return heads.jenjang
    return rules().echelons.get(echelon) or _first(rules().managers, name)


def _functional(name: str, on: date) -> Position | None:
    jenjang = _first(rules().ranks, name)
    group = next((rule.group for rule in rules().groups if re.search(rule.pattern, name)), rules().default_group)
    academic = jenjang in ACADEMIC
    if not jenjang or academic != (group == LECTURERS):
        return None  # the contract gives academic ranks to lecturers only, and no other rank to them
    return _placed(jenjang, group, name, on)


def _first(ranks: tuple[Rank, ...], name: str) -> str:
    return next((rank.jenjang for rank in ranks if re.search(rank.pattern, name)), "")
