"""All blocks together: persons that come twice, cells with their sums, findings per agency, and the list of rows set aside."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from data_access.intake.microdata.arrays import Flags, Ints
from data_access.intake.microdata.codes import dataset, ordinal
from data_access.intake.microdata.derive import COLUMNS, shape
from data_access.intake.microdata.persons import INDICATORS, RULES, TWICE, Counted, Persons

LISTING = {"berkas": pl.String, "baris": pl.Int64, "kolom": pl.String, "aturan": pl.String}


def first_seen(parts: Sequence[Persons]) -> Flags:
    """For every person of all parts in order: False where the same NIP came before."""
    marks = np.concatenate([part.marks for part in parts])
    frame = pl.DataFrame({"a": marks[:, 0], "b": marks[:, 1]}).with_row_index("row")
    first = np.zeros(len(marks), dtype=np.bool_)
    first[frame.unique(["a", "b"], keep="first")["row"].to_numpy()] = True
    return first


def cube(parts: Sequence[Persons], first: Flags) -> pl.DataFrame:
    """One row per cell: delivered levels, `jumlah`, `kunci`. In the order of the code lists, which tells nothing of the files."""
    persons = pl.DataFrame({"cell": _cells(parts)[first], "key": np.concatenate([part.keys for part in parts])[first]})
    summed = persons.group_by("cell").agg(pl.len().cast(pl.Int64).alias("jumlah"), pl.col("key").sum().alias("kunci"))
    summed = summed.sort("cell")
    places = np.unravel_index(summed["cell"].to_numpy(), shape())
    levels = [
        pl.Series(level.name, place).replace_strict(dict(enumerate(level.by_code)), return_dtype=pl.String)
        for level, place in zip(dataset().delivered, places, strict=True)
    ]
    return pl.DataFrame([*levels, summed["jumlah"], summed["kunci"]])


def counted(parts: Sequence[Persons], first: Flags) -> Counted:
    """The findings of all parts, with those who come twice."""
    place = [level.name for level in dataset().delivered].index("instansi")
    agency = np.unravel_index(_cells(parts), shape())[place]
    size, column = len(ordinal("instansi")) + 1, list(INDICATORS).index("ganda")
    failing, examined = np.zeros((2, size, len(INDICATORS)), dtype=np.int64)
    failing[:, column] = np.bincount(agency[~first], minlength=size)
    examined[:, column] = np.bincount(agency, minlength=size)
    return sum((part.counted for part in parts), Counted(failing, examined))


def quality(found: Counted) -> pl.DataFrame:
    """Columns instansi, indikator, jumlah (rows failing), dasar (rows examined); every indicator of each agency that was met.

    Rows whose agency is not known belong to none and are left out.
    """
    codes = list(ordinal("instansi"))
    met = np.flatnonzero(found.examined[: len(codes)].sum(axis=1))
    return pl.DataFrame(
        {
            "instansi": np.repeat([codes[i] for i in met], len(INDICATORS)).astype(str),
            "indikator": list(INDICATORS) * len(met),
            "jumlah": found.failing[met].ravel(),
            "dasar": found.examined[met].ravel(),
        },
        schema={"instansi": pl.String, "indikator": pl.String, "jumlah": pl.Int64, "dasar": pl.Int64},
    )


def listing(parts: Sequence[Persons], first: Flags) -> pl.DataFrame:
    """Every row that was set aside: file, line, column to blame, rule. No value of any column."""
    ends = np.cumsum([len(part.cells) for part in parts])
    repeated = [~seen for seen in np.split(first, ends[:-1])]
    frames = [_listed(part, twice) for part, twice in zip(parts, repeated, strict=True)]
    return pl.concat(frames) if frames else pl.DataFrame(schema=LISTING)


def _listed(part: Persons, twice: Flags) -> pl.DataFrame:
    count = int(twice.sum())
    lines = np.concatenate([part.aside.lines, part.lines[twice]])
    columns = np.concatenate([part.aside.columns, np.full(count, COLUMNS.index("nip_baru"))])
    rules = np.concatenate([part.aside.rules, np.full(count, TWICE)])
    names = {number: key for number, (key, _words) in RULES.items()}
    return pl.DataFrame(
        {
            "berkas": pl.repeat(part.file, len(lines), eager=True),
            "baris": lines,
            "kolom": [COLUMNS[place] for place in columns],
            "aturan": [names[rule] for rule in rules],
        },
        schema=LISTING,
    ).sort("baris")


def _cells(parts: Sequence[Persons]) -> Ints:
    return np.concatenate([part.cells for part in parts])
