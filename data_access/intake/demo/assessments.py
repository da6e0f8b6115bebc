"""Made-up assessments of all agencies for a year: who was assessed, with which score and band, and how many of the staff."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np
import yaml

from data_access.contract import Code, Dataset, contract
from data_access.contract.assessment import band_of, bands
from data_access.contract.model import Value
from data_access.intake.demo import agencies
from data_access.intake.demo.arrays import Columns, Floats, Ints
from data_access.intake.demo.posts import province_on
from data_access.intake.demo.shares import part

FILE = Path(__file__).with_name("indeks.yaml")
DATASET = "indeks"
SEED = 20221231
KINDS = {"kementerian": "pusat", "lembaga": "pusat", "provinsi": "provinsi", "kabupaten": "kabkota", "kota": "kabkota"}
NOT_YET, PERSONS = "belum", "ip_asn"
HUNDREDTHS = 100


class Bands(Value):
    """How many agencies of some kinds got each band, the highest first."""

    index: str
    year: int
    kinds: tuple[str, ...]
    counts: dict[str, int]


class Assessments(Value):
    years: tuple[int, ...]
    assessed: dict[str, dict[str, dict[int, float]]]
    means: dict[str, dict[int, float]]
    above: dict[str, float]
    spread: dict[str, float]
    range: dict[str, tuple[float, float]]
    bands: tuple[Bands, ...]
    measured: dict[str, dict[int, float]]


@lru_cache(maxsize=1)
def assessments() -> Assessments:
    """The assumptions, as `indeks.yaml` says."""
    return Assessments.model_validate(yaml.safe_load(FILE.read_text("utf-8")))


def dataset() -> Dataset:
    return contract().datasets[DATASET]


def cells(year: int) -> tuple[Columns, Ints]:
    """The cells of a year as places of codes, and the number (> 0) in each."""
    rows = [row for index in assessments().assessed for row in _index(index, year)]
    names = [level.name for level in dataset().delivered]
    columns = {name: np.array([row[0][name] for row in rows], dtype=np.int64) for name in names}
    counts = np.array([row[1] for row in rows], dtype=np.int64)
    kept = counts > 0
    return {name: column[kept] for name, column in columns.items()}, counts[kept]


def _index(index: str, year: int) -> Iterator[tuple[dict[str, int], int]]:
    """The rows of one index: places of codes by level, and the number."""
    known = [code for code in agencies.codes() if code.valid_on(date(year, 12, 31))]
    if year not in assessments().means[index]:
        return
    scores = _scores(index, year, known)
    staff = _staff(known) if index == PERSONS else {}
    measured = _measured(year, known, scores, staff) if index == PERSONS else {}
    for code in known:
        score = scores.get(code.code)
        band = NOT_YET if score is None else band_of(index, year, score)
        found = {"wajib": 1, "dinilai": int(score is not None), "nilai": round((score or 0) * HUNDREDTHS)}
        found |= {"sasaran": staff.get(code.code, 0), "terukur": measured.get(code.code, 0)}
        for name, number in found.items():
            yield _places(index, name, band, code, year), number


def _places(index: str, quantity: str, band: str, code: Code, year: int) -> dict[str, int]:
    place = province_on(code.attributes.get("provinsi", agencies.CAPITAL), date(year, 12, 31))
    named = {"indeks": index, "ukuran": quantity, "predikat": band, "instansi": code.code, "provinsi": place}
    return {name: dataset().levels[name].ordinal[value] for name, value in named.items()}


def _scores(index: str, year: int, known: list[Code]) -> dict[str, float]:
    """Agency -> score, for those assessed."""
    told = assessments()
    merits = _merits()
    draws = np.random.Generator(np.random.PCG64([SEED, year, list(told.assessed).index(index)]))
    found: dict[str, float] = {}
    for kind in told.above:
        of_it = [code.code for code in known if KINDS[str(code.parent)] == kind]
        share = told.assessed[index][kind][year]
        count = int(share) if share > 1 else round(share * len(of_it))
        eager = sorted(of_it, key=lambda code: -merits[code] - draws.normal(0.0, 0.6))[:count]
        spread, (low, high) = told.spread[index], told.range[index]
        for code in eager:
            deviation = told.above[kind] + 0.75 * merits[code] + 0.6 * draws.normal()
            found[code] = round(float(np.clip(told.means[index][year] + spread * deviation, low, high)), 2)
    return _with_known_bands(index, year, known, found, draws)


def _with_known_bands(
    index: str, year: int, known: list[Code], scores: dict[str, float], draws: np.random.Generator
) -> dict[str, float]:
    """The scores moved into bands, in their order, where it is published how many agencies each band had."""
    kind_of = {code.code: KINDS[str(code.parent)] for code in known}
    for told in assessments().bands:
        if (told.index, told.year) != (index, year):
            continue
        ranked = sorted((code for code in scores if kind_of[code] in told.kinds), key=lambda code: -scores[code])
        limits = {band.code: band for band in bands(index, year)}
        for name, count in told.counts.items():
            low, high = limits[name].low, limits[name].high
            # In the middle of the band, so that no score stands on a bound.
            within = np.sort(draws.uniform(low + 0.1 * (high - low), high - 0.1 * (high - low), count))[::-1]
            scores |= {code: round(float(score), 2) for code, score in zip(ranked[:count], within, strict=True)}
            ranked = ranked[count:]
    return scores


@lru_cache(maxsize=1)
def _merits() -> dict[str, float]:
    """Agency -> how well it does, the same in all years and indices."""
    draws = np.random.Generator(np.random.PCG64(SEED)).normal(0.0, 1.0, len(agencies.codes()))
    return {code.code: float(one) for code, one in zip(agencies.codes(), draws, strict=True)}


def _staff(known: list[Code]) -> dict[str, int]:
    draws = np.random.Generator(np.random.PCG64(SEED)).random(len(agencies.codes()))
    every = agencies.staff("staff", draws)
    numbers = {code.code: max(1, round(float(one))) for code, one in zip(agencies.codes(), every, strict=True)}
    return {code.code: numbers[code.code] for code in known}


def _measured(year: int, known: list[Code], scores: dict[str, float], staff: dict[str, int]) -> dict[str, int]:
    """Agency -> staff measured: the published share of each kind of agency, more of them where an agency does well."""
    found: dict[str, int] = {}
    for kind, shares in assessments().measured.items():
        of_it = [code.code for code in known if KINDS[str(code.parent)] == kind]
        most = np.array([staff[code] if code in scores else 0 for code in of_it], dtype=np.int64)
        chance: Floats = np.array([np.exp(0.4 * _merits()[code]) for code in of_it])
        total = round(shares[year] * sum(staff[code] for code in of_it))
        found |= dict(zip(of_it, part(total, most, chance).tolist(), strict=True))
    return found
