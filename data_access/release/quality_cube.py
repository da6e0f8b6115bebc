"""Checks that the cells of every delivery allow: counts of persons whose cell says something that cannot be.

The counts and key sums stay in the process that publishes; `quality` turns them into what may be stored.
"""

from datetime import date
from itertools import product

import polars as pl

from data_access.contract import Dataset
from data_access.release.indicators import indicators

COUNTED = {"instansi": pl.String, "indikator": pl.String, "jumlah": pl.Int64, "dasar": pl.Int64}
KEYED = COUNTED | {"kunci": pl.Int64, "kunci_dasar": pl.Int64}
DECEMBER_31 = (12, 31)


def counted(dataset: Dataset, cube: pl.DataFrame, day: date) -> pl.DataFrame:
    """Every agency and check: `instansi`, `indikator`, `jumlah` (persons failing), `dasar` (persons), and the sums of the
    record keys behind the two, `kunci` and `kunci_dasar`.
    """
    failing = {
        "bup_lampau": pl.col("tahun_bup").cast(pl.Int32) < day.year,
        "generasi_umur": _pair("umur_5", "generasi").is_in(_joined(impossible_births(dataset, day))),
        "masa_kerja_umur": _pair("umur_5", "masa_kerja").is_in(_joined(impossible_service(dataset))),
    }
    persons, keys = pl.col(dataset.measure), pl.col("kunci")
    frames = [
        cube.group_by("instansi")
        .agg(
            persons.filter(fails).sum().alias("jumlah"),
            persons.sum().alias("dasar"),
            keys.filter(fails).sum().alias("kunci"),
            keys.sum().alias("kunci_dasar"),
        )
        .select("instansi", pl.lit(name).alias("indikator"), pl.exclude("instansi"))
        for name, fails in failing.items()
    ]
    return pl.concat(frames).select(*KEYED).cast(KEYED)  # type: ignore[arg-type]


def impossible_births(dataset: Dataset, day: date) -> set[tuple[str, str]]:
    """Pairs of age band and generation that nobody can have on the day: no year of birth lies in both.

    Who is x years old was born in the year of the day less x, or in the year before unless the day is its last.
    """
    earlier = 0 if (day.month, day.day) == DECEMBER_31 else 1
    found = set()
    for age, generation in product(dataset.levels["umur_5"].by_code, dataset.levels["generasi"].by_code):
        low, high = span(age)
        born_from = None if high is None else day.year - high - earlier
        first, last = indicators().generations[generation]
        too_old = last is not None and born_from is not None and last < born_from
        too_young = first is not None and first > day.year - low
        if too_old or too_young:
            found.add((age, generation))
    return found


def impossible_service(dataset: Dataset) -> set[tuple[str, str]]:
    """Pairs of age band and length of service that nobody can have who was not in office as a child."""
    found = set()
    for age, service in product(dataset.levels["umur_5"].by_code, dataset.levels["masa_kerja"].by_code):
        oldest = span(age)[1]
        if oldest is not None and span(service)[0] > oldest - indicators().youngest_entry:
            found.add((age, service))
    return found


def span(code: str) -> tuple[int, int | None]:
    """The first and last year of a band: 21-25, or >65, which has no last one."""
    if code.startswith(">"):
        return int(code[1:]) + 1, None
    first, _dash, last = code.partition("-")
    return int(first), int(last)


def _pair(one: str, other: str) -> pl.Expr:
    return pl.concat_str(one, other, separator="|")


def _joined(pairs: set[tuple[str, str]]) -> list[str]:
    return sorted("|".join(pair) for pair in pairs)
