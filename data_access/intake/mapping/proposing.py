"""A first mapping for a file: what headings and values come near to. It is marked as a proposal until somebody saves it."""

import re
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from data_access.contract import Dataset, Level
from data_access.intake.labels import normal
from data_access.intake.mapping.candidates import levels_like
from data_access.intake.mapping.codes import known
from data_access.intake.mapping.measures import NOBODY
from data_access.intake.mapping.model import DATE, IGNORED, KEYS, Mapping
from data_access.intake.readers import sources
from data_access.intake.readers.copying import copied, scratch_folder
from data_access.intake.readers.dates import dates_in
from data_access.intake.readers.limits import USUAL, Limits
from data_access.intake.readers.numbers import whole
from data_access.intake.readers.table import Table

SAMPLE = 20_000
MANY = 1_000  # different texts looked at
MOST_VALUES = 0.8  # share of a column's texts that are codes or labels of a level
SOME_VALUES = 0.2  # enough where the heading names the level
NUMBERS = 0.9
COUNTS = {
    "jumlah",
    "total",
    "jml",
    "jumlah pegawai",
    "jumlah asn",
    "jumlah orang",
    "orang",
    "pegawai",
    "banyaknya",
    "count",
}
ROW_NUMBERS = {"no", "no.", "nomor", "nomor urut", "no urut", "no. urut", "#"}
# How a heading may be made of the names of codes: "PNS | L", "PPPK-PW L", "PNS_L", "PNS-L"; the fewest parts first.
BETWEEN = [re.compile(pattern) for pattern in (r"\s*\|\s*", r"[\s_]+", r"\s*[/-]\s*")]


def propose(table: Table, dataset: Dataset) -> Mapping:
    """The mapping that headings and values of a table suggest; `missing` lists the levels that were not found."""
    sample = table.cells.head(SAMPLE)
    texts = {str(i): _texts(sample[str(i)]) for i in range(len(table.names))}
    # An empty column is one of numbers too: of a group that has nobody.
    numeric = {c for c, one in texts.items() if whole(one).null_count() <= (1 - NUMBERS) * one.len()}
    columns = _levels(table, dataset, {c: one.head(MANY).to_list() for c, one in texts.items()}, numeric)
    measure = _first(table, numeric - columns.keys(), COUNTS)
    columns |= {measure: dataset.measure} if measure else {}
    wide = {} if measure else _wide(table, dataset, numeric - columns.keys(), set(columns.values()))
    keys = _first(table, set(texts) - columns.keys(), {KEYS}) if measure else ""
    columns |= {keys: KEYS} if keys else {}
    for column, one in texts.items():
        if column not in columns and column not in wide:
            columns |= _other(column, table.names[int(column)], one.head(MANY).to_list())
    found = {*columns.values(), *(level for codes in wide.values() for level in codes)}
    return Mapping(
        name=_name(table.file),
        dataset=dataset.name,
        columns={table.names[int(c)]: columns[c] for c in sorted(columns, key=int) if table.names[int(c)]},
        unpivot={table.names[int(c)]: codes for c, codes in wide.items()},
        proposal=True,
        missing=tuple(level.name for level in dataset.delivered if level.name not in found),
    )


def propose_for(file: Path, dataset: Dataset, *, limits: Limits = USUAL, scratch: Path | None = None) -> Mapping:
    """The same for the first table of a file; Rejected if the file cannot be read."""
    with scratch_folder(scratch) as private:
        return propose(sources.tables(copied(file, private, limits), limits)[0], dataset)


def _texts(cells: pl.Series) -> pl.Series:
    """The different texts of a column, without the marks that stand for nothing."""
    texts = cells.drop_nulls().unique(maintain_order=True)
    return texts.filter(~texts.str.strip_chars().is_in(["", *NOBODY]))


def _levels(table: Table, dataset: Dataset, texts: dict[str, list[str]], numeric: set[str]) -> dict[str, str]:
    """Column -> level, the best matches first; no level and no column twice."""
    scored = sorted(_scores(table, dataset, texts, numeric), reverse=True)
    found: dict[str, str] = {}
    for _score, column, level in scored:
        if column not in found and level not in found.values():
            found[column] = level
    return found


def _scores(
    table: Table, dataset: Dataset, texts: dict[str, list[str]], numeric: set[str]
) -> Iterator[tuple[float, str, str]]:
    for column, values in texts.items():
        headings = {name: score / 100 for name, _label, score in levels_like(dataset, table.names[int(column)])}
        for level in dataset.delivered:
            named = headings.get(level.name, 0.0)
            share = _share(level, values)
            # Numbers are codes of something by chance: there the heading must say so too.
            if share >= (SOME_VALUES if named else MOST_VALUES) and (named or column not in numeric):
                yield share + named, column, level.name


def _share(level: Level, values: list[str]) -> float:
    return len(known(level, values, {}).codes) / len(values) if values else 0.0


def _first(table: Table, columns: set[str], forms: set[str]) -> str:
    return next((c for c in sorted(columns, key=int) if normal(table.names[int(c)]) in forms), "")


def _wide(table: Table, dataset: Dataset, numeric: set[str], taken: set[str]) -> dict[str, dict[str, str]]:
    """Columns of numbers whose headings are made of codes: "PNS | L", "PPPK P"; all of the same levels."""
    found = {column: _heading_codes(table.names[int(column)], dataset, taken) for column in sorted(numeric, key=int)}
    several = {column: codes for column, codes in found.items() if codes}
    most = max((tuple(codes) for codes in several.values()), key=len, default=())
    return {column: codes for column, codes in several.items() if tuple(codes) == most}


def _heading_codes(heading: str, dataset: Dataset, taken: set[str]) -> dict[str, str]:
    """The codes that the parts of a heading name, by level in the contract's order; nothing if a part is left over."""
    for parts in ([heading], *(between.split(heading) for between in BETWEEN)):
        found: dict[str, str] = {}
        for part in parts:
            levels = [one for one in dataset.delivered if one.name not in taken and one.name not in found]
            meant = {one.name: known(one, [part], {}).codes.get(part) for one in levels}
            named = [(level, code) for level, code in meant.items() if code]
            found |= dict(named[:1])
        if len(found) == len(parts):
            return {level: found[level] for level in dataset.levels if level in found}
    return {}


def _other(column: str, heading: str, values: list[str]) -> dict[str, str]:
    """Columns that nobody misses: row numbers, sums; and one of dates."""
    if normal(heading) in ROW_NUMBERS or normal(heading).split("|")[-1] in COUNTS:
        return {column: IGNORED}
    if normal(heading).startswith(("tanggal", "per tanggal", "periode")) and values and all(map(dates_in, values)):
        return {column: DATE}
    return {}


def _name(file: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", Path(file).stem.casefold()).strip("-")[:60].strip("-")
    return plain if len(plain) > 1 else "pemetaan"
