"""All that a block of persons is understood with: one lookup per property, bound to the reference date."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np

from data_access.contract import Code
from data_access.intake.labels import index, normal
from data_access.intake.microdata.arrays import EMPTY, OUTSIDE, UNKNOWN, Flags, Ints
from data_access.intake.microdata.codes import dataset, ordinal, source_codes
from data_access.intake.microdata.lookup import Lookup
from data_access.intake.microdata.places import Places, places
from data_access.intake.microdata.positions import position
from data_access.intake.microdata.time_spans import day_number

JOIN = "\x1f"  # between the cells of one person that are understood together; the exports do not hold it
DAY = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[ T].*)?|(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")
EARLIEST_YEAR = 1900
GRADE_WORDS = re.compile(r"^(?:golongan|gol\.?|pppk)[ -]*")
# A position as one number: ordinal of jenjang, ordinal of the group, retirement age.
JENJANG, GROUP = 10_000, 100


@dataclass(frozen=True)
class Reference:
    """`own_province` is the province of each regional agency (EMPTY for central ones); `impossible` as in the contract."""

    day: date
    active: frozenset[int]
    legal_position: Lookup
    status: Lookup
    agency: Lookup
    province: Lookup
    own_province: Ints
    sex: Lookup
    day_of: Lookup
    education: Lookup
    civil_grade: Lookup
    contract_grade: Lookup
    position: Lookup
    filled: Lookup
    impossible: tuple[dict[str, Flags], ...]


def reference(day: date, active: tuple[str, ...], by_id: dict[str, str]) -> Reference:
    """The lookups for exports that are counted on `day`. `by_id` are the owner's ids of agencies and provinces."""
    known = places(day, by_id)
    legal = list(source_codes().legal_positions)
    return Reference(
        day=day,
        active=frozenset(legal.index(code) for code in active),
        legal_position=Lookup(_coded({code: i for i, code in enumerate(legal)}, digits=2)),
        status=Lookup(_together(_status)),
        agency=Lookup(_together(known.agency)),
        province=Lookup(_together(known.province)),
        own_province=_own_provinces(known),
        sex=Lookup(_coded({word: ordinal("jenis_kelamin")[code] for word, code in source_codes().sex.items()})),
        day_of=Lookup(day_in),
        education=Lookup(_together(_education)),
        civil_grade=Lookup(_together(_civil_grade)),
        contract_grade=Lookup(_together(_contract_grade)),
        position=Lookup(_together(partial(_position, day))),
        filled=Lookup(lambda cell: 0 if source_codes().plain(cell) else EMPTY),
        impossible=_impossible(),
    )


def day_in(cell: str) -> int:
    """A day as a whole number (20250630), EMPTY, UNKNOWN where it is none, OUTSIDE before 1900."""
    text = source_codes().plain(cell)
    if not text:
        return EMPTY
    parts = DAY.fullmatch(text)
    if not parts:
        return UNKNOWN
    d, m, y, *turned = parts.groups()
    year, month, day = (int(y), int(m), int(d)) if y else map(int, turned)
    try:
        found = day_number(date(year, month, day))
    except ValueError:
        return UNKNOWN
    return found if year >= EARLIEST_YEAR else OUTSIDE


def _together(understand: Callable[..., int]) -> Callable[[str], int]:
    """A function of several cells as a function of their joined text."""
    return lambda joined: understand(*(source_codes().plain(cell) for cell in joined.split(JOIN)))


def _coded(codes: dict[str, int], *, digits: int = 0) -> Callable[[str], int]:
    """Codes in any case, with the leading zeros that a spreadsheet took away."""

    def understand(cell: str) -> int:
        text = source_codes().plain(cell)
        return codes.get(text.casefold().zfill(digits), UNKNOWN) if text else EMPTY

    return understand


def _status(legal: str, kind: str, flag: str) -> int:
    found = source_codes().status.status(legal.zfill(2), kind, flag)
    if found:
        return ordinal("status")[found]
    return UNKNOWN if kind or flag else EMPTY


def _education(id_: str, name: str) -> int:
    if not id_ and not name:
        return EMPTY
    level = dataset().levels["pendidikan"]
    code = id_.zfill(2) if id_.zfill(2) in level.by_code else index(level).get(normal(name), "")
    return level.ordinal.get(code, UNKNOWN)


def _civil_grade(id_: str, name: str) -> int:
    code = source_codes().grades.get(id_) or _grade(name) or _grade(id_)
    return _grade_ordinal(code, id_ + name, of_contract=False)


def _contract_grade(id_: str, name: str) -> int:
    """By name: no ids of PPPK grades are published, so an id counts only where it is written like a name."""
    code = next((found for text in (name, id_) if (found := _grade("PPPK-" + GRADE_WORDS.sub("", normal(text))))), "")
    return _grade_ordinal(code, id_ + name, of_contract=True)


def _grade(text: str) -> str:
    """The code of a grade that is written as such, in any case (III/a, pppk-ix)."""
    forms = {code.casefold(): code for code in ordinal("golongan_ruang")}
    plain = GRADE_WORDS.sub("", normal(text)) if not text.startswith("PPPK-") else text
    return forms.get(plain.casefold(), "")


def _grade_ordinal(code: str, written: str, *, of_contract: bool) -> int:
    if not written:
        return EMPTY
    return ordinal("golongan_ruang")[code] if code and code.startswith("PPPK") == of_contract else UNKNOWN


def _position(day: date, kind: str, kind_name: str, echelon: str, name: str) -> int:
    found = position(kind=kind, kind_name=normal(kind_name), echelon=echelon.casefold(), name=normal(name), on=day)
    if found is None:
        return UNKNOWN if name or echelon else EMPTY
    return ordinal("jenjang")[found.jenjang] * JENJANG + ordinal("kelompok_jabatan")[found.group] * GROUP + found.age


def _own_provinces(known: Places) -> Ints:
    codes: tuple[Code, ...] = dataset().levels["instansi"].codes
    return np.array([known.provinces.get(code.attributes.get("provinsi", ""), EMPTY) for code in codes])


def _impossible() -> tuple[dict[str, Flags], ...]:
    """For each rule of the contract: delivered level -> which of its codes lie under the codes that the rule names."""
    found = []
    for rule in dataset().impossible:
        carriers: dict[str, Flags] = {}
        for level, codes in rule.when.items():
            carrier = dataset().carrier(level).name
            above = dataset().mapping(carrier, level)
            inside = np.array([above[code] in codes for code in ordinal(carrier)])
            carriers[carrier] = carriers[carrier] & inside if carrier in carriers else inside
        found.append(carriers)
    return tuple(found)
