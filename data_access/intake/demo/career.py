"""Who is in office on a date, and the codes of each on that day: age, service, rank, grade, retirement year."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from data_access.contract.retirement import retirement_month
from data_access.intake.demo.arrays import Columns, Flags, Ints, dataset, month_number, ordinal
from data_access.intake.demo.cohorts import Cohorts
from data_access.intake.demo.ranks import grades, ranks, retirement_age
from data_access.intake.demo.rules import path_number, rules

# Upper ends of the bands of the contract, in completed years.
AGE_BANDS = (20, 25, 30, 35, 40, 45, 50, 55, 60, 65)
SERVICE_BANDS = (5, 10, 15, 20, 25, 30)
# First birth years of generations X, Y and Z in BKN's bands (domain 3.8).
GENERATIONS = (1965, 1977, 1995)
MIDDLE_OF_MONTH = 15
PROBATION = 12


@dataclass(frozen=True)
class Snapshot:
    """The cohorts in office on a date: `rows` are their places among all cohorts, `columns` hold places of codes."""

    day: date
    rows: Ints
    columns: Columns


def snapshot(cohorts: Cohorts, day: date) -> Snapshot:
    """The cohorts that have started and not yet left on `day`, with one column per delivered level."""
    month = month_number(day)
    everyone = cohorts.in_month(month)
    jenjang = ranks(everyone, month)
    retirement = retirement_month(everyone.birth, retirement_age(everyone.path, jenjang, day))
    rows = np.flatnonzero((everyone.start <= month) & (retirement > month))
    present = everyone.take(rows)
    columns = _personal(present, day) | {
        "jenjang": jenjang[rows],
        "golongan_ruang": grades(present, jenjang[rows], month),
        "kelompok_jabatan": _occupations(present.path, jenjang[rows]),
        "tahun_bup": retirement[rows] // 12 - int(next(iter(ordinal("tahun_bup")))),
    }
    return Snapshot(day, rows, {level.name: columns[level.name] for level in dataset().delivered})


def _personal(cohorts: Cohorts, day: date) -> Columns:
    """Columns that do not depend on the position. Birthdays are taken to be in the middle of a month."""
    month = month_number(day)
    age = (month - cohorts.birth - (day.day < MIDDLE_OF_MONTH)) // 12
    service = (month - cohorts.start) // 12
    return {
        "status": _status(cohorts, month),
        "instansi": _valid("instansi", cohorts.agency, day),
        "provinsi": _valid("provinsi", cohorts.province, day),
        "jenis_kelamin": cohorts.sex,
        "umur_5": np.searchsorted(AGE_BANDS, age),
        "generasi": np.searchsorted(GENERATIONS, cohorts.birth // 12, side="right"),
        "masa_kerja": np.searchsorted(SERVICE_BANDS, service),
        "pendidikan": cohorts.education,
    }


def _status(cohorts: Cohorts, month: int) -> Ints:
    """PNS are CPNS in their first year."""
    place = ordinal("status")
    permanent = np.where(month - cohorts.start < PROBATION, place["CPNS"], place["PNS"])
    contract = np.where(cohorts.part_time, place["PPPK-PW"], place["PPPK"])
    return np.where(cohorts.contract, contract, permanent)


def _valid(level: str, places: Ints, day: date) -> Ints:
    """Codes that did not exist on `day` are replaced by the one their staff belonged to before."""
    codes, place = dataset().levels[level].codes, ordinal(level)
    before = rules().predecessors[level]
    table = [i if code.valid_on(day) else place[before[code.code]] for i, code in enumerate(codes)]
    return np.array(table)[places]


def _occupations(path: Ints, jenjang: Ints) -> Ints:
    """Functional staff belong to the group of their path, all others to `lainnya`."""
    place = ordinal("kelompok_jabatan")
    groups = np.array([place.get(name, place["lainnya"]) for name in path_number()])
    return np.where(_functional()[jenjang], groups[path], place["lainnya"])


def _functional() -> Flags:
    kinds = dataset().mapping("jenjang", "jenis_jabatan")
    return np.array([kinds[code] == "fungsional" for code in ordinal("jenjang")])
