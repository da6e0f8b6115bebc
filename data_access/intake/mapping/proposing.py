"""A first mapping for a file: what headings and values come near to. It is marked as a proposal until somebody saves it."""

import re
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from data_access.contract import Dataset, Level
from data_access.intake.findings import Proposal
from data_access.intake.labels import normal
from data_access.intake.mapping import totals
from data_access.intake.mapping.candidates import levels_like
from data_access.intake.mapping.codes import coded, known
from data_access.intake.mapping.columns import columns_of
from data_access.intake.mapping.measures import NOBODY
from data_access.intake.mapping.model import DATE, IGNORED, KEYS, Mapping
from data_access.intake.mapping.wide import COUNTS, total_columns, wide_columns
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
ROW_NUMBERS = {"no", "no.", "nomor", "nomor urut", "no urut", "no. urut", "#"}
NAMED = 0.9  # a heading so close names its level whatever stands below it
WHOLLY = 1.0  # the same for a column of numbers
APART = 0.05  # from the next level that the heading may mean
KEY_SUMS = {KEYS, "kunci rekaman", "jumlah kunci"}


def propose(table: Table, dataset: Dataset) -> Mapping:
    """The mapping that headings and values of a table suggest; `missing` lists the levels that were not found."""
    sample = table.cells.head(SAMPLE)
    texts = {str(i): _texts(sample[str(i)]) for i in range(len(table.names))}
    # An empty column is one of numbers too: of a group that has nobody.
    numeric = {c for c, one in texts.items() if whole(one).null_count() <= (1 - NUMBERS) * one.len()}
    columns = _levels(table, dataset, {c: one.head(MANY).to_list() for c, one in texts.items()}, numeric)
    free = {c: table.names[int(c)] for c in sorted(numeric - columns.keys(), key=int)}
    wide = wide_columns(free, dataset, set(columns.values()))
    sums = total_columns({c: name for c, name in free.items() if c not in wide}, dataset, wide)
    measure = "" if wide else _first(table, set(free), COUNTS)
    columns |= {measure: dataset.measure} if measure else {}
    keys = _first(table, set(texts) - columns.keys(), KEY_SUMS) if measure else ""
    columns |= {keys: KEYS} if keys else {}
    for column, one in texts.items():
        if column not in {**columns, **wide, **sums}:
            columns |= _other(column, table.names[int(column)], one.head(MANY).to_list())
    made = Mapping(
        name=_name(table.file),
        dataset=dataset.name,
        columns={table.names[int(c)]: columns[c] for c in sorted(columns, key=int) if table.names[int(c)]},
        unpivot={table.names[int(c)]: codes for c, codes in wide.items()},
        totals={table.names[int(c)]: codes for c, codes in sums.items()},
        proposal=True,
    )
    return made.model_copy(update={"missing": tuple(name for name in made.lacking if name != dataset.measure)})


def propose_for(file: Path, dataset: Dataset, *, limits: Limits = USUAL, scratch: Path | None = None) -> Mapping:
    """The same for the first table of a file; Rejected if the file cannot be read."""
    return propose(first_table(file, limits=limits, scratch=scratch), dataset)


def first_table(file: Path, *, limits: Limits = USUAL, scratch: Path | None = None) -> Table:
    with scratch_folder(scratch) as private:
        return sources.tables(copied(file, private, limits), limits)[0]


def open_labels(table: Table, mapping: Mapping) -> list[Proposal]:
    """The labels that the mapping has no code for, with what they come near to."""
    columns, levels = columns_of(table, mapping), mapping.described.levels
    cells = table.cells.filter(~totals.total_rows(table.cells, columns.texts))
    return [
        proposal
        for column, target in columns.targets.items()
        if target in levels
        for proposal in coded(cells, column, levels[target], mapping.labels.get(target, {})).proposals
    ]


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
            if _plainly(headings, level.name, WHOLLY if column in numeric else NAMED):
                yield share + named - APART, column, level.name
            # Numbers are codes of something by chance: there the heading must say so too.
            if share >= (SOME_VALUES if named else MOST_VALUES) and (named or column not in numeric):
                yield share + named, column, level.name


def _plainly(headings: dict[str, float], level: str, least: float) -> bool:
    """Whether a heading names this level and comes near to no other."""
    others = max((score for name, score in headings.items() if name != level), default=0.0)
    return headings.get(level, 0.0) >= max(least, others + APART)


def _share(level: Level, values: list[str]) -> float:
    return len(known(level, values, {}).codes) / len(values) if values else 0.0


def _first(table: Table, columns: set[str], forms: set[str]) -> str:
    return next((c for c in sorted(columns, key=int) if normal(table.names[int(c)]) in forms), "")


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
