"""Draws the cohorts from `population.yaml` and `agencies.yaml` with a fixed seed: the stock of 2015, then each wave."""

from dataclasses import replace
from datetime import date

import numpy as np

from data_access.intake.demo.agencies import agencies, central, codes, mixes, provinces, staff
from data_access.intake.demo.arrays import NEVER, Floats, Ints, month_number, month_numbers, ordinal, pick, whole
from data_access.intake.demo.cohorts import Cohorts, joined
from data_access.intake.demo.population import Wave, education_table, population
from data_access.intake.demo.rules import path_number, rules

SEED = 20251101
# Many small and few large cohorts: shares of cohorts grow slower than shares of persons.
FLATTENING = 0.6
# A PPPK wave reaches a path in an agency where at least this share of the PNS follows it; less where it is rarer.
COMMON = 0.2
OLDEST_CONVERSION = 55
COHORTS_ABROAD = 25
YOUNG_ENOUGH = date(1975, 1, 1)

Generator = np.random.Generator


def draw() -> Cohorts:
    """All cohorts of all dates; the same ones each time."""
    generator = np.random.Generator(np.random.PCG64(SEED))
    draws = generator.random(len(codes()))
    parts = [_stock(generator, draws)]
    parts += [_wave(generator, wave, _wave_persons(wave, draws)) for wave in population().waves]
    return joined(parts)


def _stock(generator: Generator, draws: Floats) -> Cohorts:
    """The PNS of the end of 2015, some of whom turn from executing into functional staff later."""
    persons = staff("staff", draws)[:, None] * mixes()
    people = _people(generator, persons, count=population().cohorts.stock, education=education_table("stock"))
    birth = _stock_births(generator, people.sex)
    people = replace(people, birth=birth, start=_appointments(generator, birth, people.education))
    return _with_abroad(_with_graduations(generator, _with_conversions(generator, people)))


def _wave(generator: Generator, wave: Wave, persons: Floats) -> Cohorts:
    """The persons of one recruitment."""
    same = [other.persons for other in population().waves if other.kind == wave.kind]
    count = getattr(population().cohorts, wave.kind) * wave.persons // sum(same)
    people = _people(generator, persons, count=count, education=education_table("recruits"))
    contract = wave.kind == "contracts"
    education = people.education
    if not contract:
        education = np.maximum(education, ordinal("pendidikan")[population().lowest_recruit_education])
    start = _months(generator, wave.first, wave.last, count)
    curve = population().entry_age[wave.kind]
    age = np.interp(generator.random(count), list(curve.values()), list(curve))
    age = np.maximum(age, _youngest(education))
    flags = {"contract": np.full(count, contract), "part_time": np.full(count, wave.part_time)}
    return replace(people, education=education, start=start, birth=start - (age * 12).astype(np.int64) - 1, **flags)


def _wave_persons(wave: Wave, draws: Floats) -> Floats:
    """[agency, path] -> persons of a wave, central and regional agencies apart."""
    recruits = wave.kind == "recruits"
    shares = _recruit_mix(wave) if recruits else _contract_mix(wave)
    persons = staff("staff" if recruits else "contracts", draws)[:, None] * shares
    is_central = np.array([central(code) is not None for code in codes()])
    for rows, share in ((is_central, wave.central), (~is_central, 1 - wave.central)):
        persons[rows] *= share * wave.persons / persons[rows].sum()
    return np.asarray(persons, dtype=np.float64)


def _contract_mix(wave: Wave) -> Floats:
    mix = np.array([wave.mix.get(path, 0.0) for path in path_number()])
    return np.asarray(mix * np.minimum(mixes() / COMMON, 1.0), dtype=np.float64)


def _recruit_mix(wave: Wave) -> Floats:
    """Recruits start as executing staff where the stock would be on a managerial path."""
    managerial = np.array([path.managerial for path in rules().paths.values()])
    shares = mixes() * np.array([wave.fewer.get(path, 1.0) for path in path_number()])
    recruits = np.where(managerial, 0.0, shares)
    recruits[:, path_number()["pelaksana"]] += shares[:, managerial].sum(axis=1)
    return np.asarray(recruits, dtype=np.float64)


def _people(generator: Generator, persons: Floats, *, count: int, education: Floats) -> Cohorts:
    """Cohorts spread over [agency, path], with sex, education and place of work; times are filled in by the caller."""
    agency, path, weight = _spread(persons, count)
    women = np.array([population().women[name] for name in path_number()])
    none, no = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.bool_)
    return Cohorts(
        agency=agency,
        path=path,
        weight=weight * -np.log1p(-generator.random(count)),
        province=pick(provinces()[agency], generator.random(count)),
        sex=(generator.random(count) < women[path]).astype(np.int64),
        education=pick(education[path], generator.random(count)),
        luck=generator.random(count),
        birth=none,
        start=none,
        converted=none + NEVER,
        next_path=path,
        graduated=none + NEVER,
        next_education=none,
        contract=no,
        part_time=no,
    )


def _spread(persons: Floats, count: int) -> tuple[Ints, Ints, Floats]:
    """Agency, path and persons of exactly `count` cohorts."""
    flat = persons.ravel()
    expected = flat**FLATTENING
    counts = whole(expected * (count / expected.sum()))
    origin = np.repeat(np.arange(len(flat)), counts)
    return origin // persons.shape[1], origin % persons.shape[1], flat[origin] / counts[origin]


def _stock_births(generator: Generator, sex: Ints) -> Ints:
    """Months of birth that give the pyramid of 2015."""
    pyramid = population().pyramid
    shares = np.array([pyramid.L, pyramid.P])
    edges = np.array([*pyramid.first, pyramid.until])
    band = pick(shares[sex], generator.random(len(sex)))
    age = edges[band] + generator.random(len(sex)) * (edges[band + 1] - edges[band])
    return np.asarray(month_number(pyramid.day) - (age * 12).astype(np.int64), dtype=np.int64)


def _appointments(generator: Generator, birth: Ints, education: Ints) -> Ints:
    """Months of appointment: the national intake by year, cut to the years in which the person was of the right age."""
    intake = population().appointments
    edges = np.arange(intake.first, intake.first + len(intake.weights) + 1, dtype=np.float64)
    curve = np.concatenate([[0.0], np.cumsum(intake.weights)])
    earliest = np.minimum(birth / 12 + _youngest(education), edges[-1] - 1)
    latest = np.maximum(earliest + 0.5, np.minimum(birth / 12 + population().oldest_entry, edges[-1]))
    low, high = np.interp(earliest, edges, curve), np.interp(latest, edges, curve)
    years = np.interp(low + generator.random(len(birth)) * (high - low), curve, edges)
    return month_numbers(np.clip(years, earliest, edges[-1] - 0.1))


def _youngest(education: Ints) -> Ints:
    return np.array([population().youngest_entry[code] for code in ordinal("pendidikan")])[education]


def _with_conversions(generator: Generator, people: Cohorts) -> Cohorts:
    """Executing staff of whom some turn functional; not near retirement, or somebody who has left would come back."""
    plan = population().conversion
    month = _months(generator, plan.first, plan.last, len(people.birth))
    chosen = (people.path == path_number()["pelaksana"]) & (generator.random(len(month)) < plan.share)
    chosen &= month < people.birth + 12 * OLDEST_CONVERSION
    functional = np.full(len(month), path_number()["teknis"])
    return replace(people, converted=np.where(chosen, month, NEVER), next_path=functional)


def _with_graduations(generator: Generator, people: Cohorts) -> Cohorts:
    """Staff of whom some take a higher degree."""
    graduated, next_education = people.graduated.copy(), people.education.copy()
    for code, plan in population().graduation.items():
        month = _months(generator, plan.first, plan.last, len(graduated))
        share = np.array([plan.share.get(path, 0.0) for path in path_number()])[people.path]
        chosen = (people.education == ordinal("pendidikan")[code]) & (generator.random(len(month)) < share)
        graduated[chosen], next_education[chosen] = month[chosen], ordinal("pendidikan")[plan.higher]
    return replace(people, graduated=graduated, next_education=next_education)


def _months(generator: Generator, first: date, last: date, count: int) -> Ints:
    """Months drawn from the first to the last one."""
    start, end = month_number(first), month_number(last)
    return np.asarray(start + (generator.random(count) * (end - start + 1)).astype(np.int64), dtype=np.int64)


def _with_abroad(people: Cohorts) -> Cohorts:
    """A few cohorts of the agency with posts abroad work there; they are young enough to be in office on every date."""
    province = people.province.copy()
    young = people.birth > month_number(YOUNG_ENOUGH)
    rows = np.flatnonzero(young & (people.agency == ordinal("instansi")[agencies().abroad.agency]))
    province[rows[:COHORTS_ABROAD]] = ordinal("provinsi")[agencies().abroad.province]
    return replace(people, province=province)
