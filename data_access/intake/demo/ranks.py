"""Rank on a ladder, grade and retirement age: the rules of `career.yaml` applied to arrays of persons."""

from datetime import date
from functools import lru_cache

import numpy as np

from data_access.contract import contract
from data_access.contract.retirement import rule_for
from data_access.intake.demo.arrays import Floats, Ints, ordinal
from data_access.intake.demo.cohorts import Cohorts
from data_access.intake.demo.rules import path_number, rules

HIGHEST_SECONDARY, HIGHEST_DIPLOMA = "18", "30"


def ranks(cohorts: Cohorts, month: int) -> Ints:
    """The jenjang of each cohort in a month, as places in the code list."""
    ladder = _ladder_table()[cohorts.path, cohorts.education]
    seniority = _seniority(cohorts, ladder, month) + rules().spread * (cohorts.luck - 0.5)
    climbed = (seniority[:, None] >= _steps()[ladder]).sum(axis=1)
    rung = np.where(cohorts.contract, _contract_rungs(cohorts), climbed)
    return _rung_table()[ladder, np.minimum(rung, _top_table()[cohorts.path])]


def retirement_age(path: Ints, jenjang: Ints, day: date) -> Ints:
    """BUP in years by the law in force on a day; a path that is no occupational group counts as the group "lainnya"."""
    groups, ranks = list(path_number()), list(ordinal("jenjang"))
    known = contract().datasets["pegawai"].levels["kelompok_jabatan"].by_code
    pairs, place = np.unique(path * len(ranks) + jenjang, return_inverse=True)
    ages = []
    for number in pairs.tolist():
        group = groups[number // len(ranks)]
        group = group if group in known else "lainnya"
        ages.append(rule_for(jenjang=ranks[number % len(ranks)], group=group, on=day).age)
    return np.array(ages, dtype=np.int64)[place]


def grades(cohorts: Cohorts, jenjang: Ints, month: int) -> Ints:
    """The golongan/ruang of each cohort in a month, as places in the code list."""
    return np.where(cohorts.contract, _contract_grades()[jenjang, cohorts.education], _climbed(cohorts, jenjang, month))


def _climbed(cohorts: Cohorts, jenjang: Ints, month: int) -> Ints:
    """PNS: the grade at entry and one more every few years, within the bounds of rank and, if executing, education."""
    place = ordinal("golongan_ruang")
    entry = np.array([place[rules().entry_grade[code]] for code in ordinal("pendidikan")])
    highest = np.array([place[rules().highest_grade[code]] for code in ordinal("pendidikan")])
    bounds = np.array([[place[grade] for grade in rules().grades[code]] for code in ordinal("jenjang")])
    years = (month - cohorts.start) / 12 + 2 * cohorts.luck
    grade = entry[cohorts.education] + (years // rules().years_per_grade).astype(np.int64)
    ceiling = bounds[jenjang, 1]
    executing = jenjang == ordinal("jenjang")["pelaksana"]
    ceiling = np.where(executing, np.minimum(ceiling, highest[cohorts.education]), ceiling)
    return np.asarray(np.clip(grade, bounds[jenjang, 0], ceiling), dtype=np.int64)


def _seniority(cohorts: Cohorts, ladder: Ints, month: int) -> Floats:
    """Years of service, or of age on the managerial ladder, counted until the age of the last promotion."""
    until = np.array([rung.until_age for rung in rules().ladders.values()])
    by_age = np.array([rung.by == "age" for rung in rules().ladders.values()])
    counted = np.minimum(month, cohorts.birth + 12 * until[ladder])
    return np.asarray((counted - np.where(by_age[ladder], cohorts.birth, cohorts.start)) / 12, dtype=np.float64)


def _contract_rungs(cohorts: Cohorts) -> Ints:
    """PPPK are appointed to a rank and keep it: managers to the top of their path, few experts to the second rung."""
    top = _top_table()[cohorts.path]
    managerial = np.array([career.managerial for career in rules().paths.values()])
    senior = (cohorts.luck > 1 - rules().contract_senior_share).astype(np.int64)
    return np.where(managerial[cohorts.path], top, senior)


@lru_cache(maxsize=1)
def _ladder_table() -> Ints:
    """[path, education] -> number of the ladder."""
    numbers = {name: number for number, name in enumerate(rules().ladders)}
    stages = [(code > HIGHEST_SECONDARY) + (code > HIGHEST_DIPLOMA) for code in ordinal("pendidikan")]
    return np.array([[numbers[path.ladders[stage]] for stage in stages] for path in rules().paths.values()])


@lru_cache(maxsize=1)
def _steps() -> Floats:
    """[ladder, rung] -> years needed; infinite beyond the last rung."""
    longest = max(len(ladder.years) for ladder in rules().ladders.values())
    return np.array([[*ladder.years, *[np.inf] * (longest - len(ladder.years))] for ladder in rules().ladders.values()])


@lru_cache(maxsize=1)
def _rung_table() -> Ints:
    """[ladder, rung] -> place of the jenjang; the last rung repeats."""
    place = ordinal("jenjang")
    longest = max(len(ladder.rungs) for ladder in rules().ladders.values())
    rows = [[place[rung] for rung in ladder.rungs] for ladder in rules().ladders.values()]
    return np.array([row + row[-1:] * (longest - len(row)) for row in rows])


@lru_cache(maxsize=1)
def _top_table() -> Ints:
    """[path] -> the highest rung it leads to."""
    paths = rules().paths.values()
    return np.array([rules().ladders[path.ladders[0]].rungs.index(path.top) if path.top else 99 for path in paths])


@lru_cache(maxsize=1)
def _contract_grades() -> Ints:
    """[jenjang, education] -> place of the PPPK grade."""
    place, by_rank = ordinal("golongan_ruang"), rules().contract_grade_of_rank
    educations = [rules().contract_grade[code] for code in ordinal("pendidikan")]
    return np.array([[place[by_rank.get(rank, grade)] for grade in educations] for rank in ordinal("jenjang")])
