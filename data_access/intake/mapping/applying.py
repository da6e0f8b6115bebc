"""Applies a mapping to the tables of a delivery: rows of codes and numbers that go through the rules of every delivery."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from data_access.intake.findings import COLUMN, FILE, ROW, Finding, Proposal
from data_access.intake.labels import normal
from data_access.intake.mapping import totals
from data_access.intake.mapping.codes import coded
from data_access.intake.mapping.columns import Columns, check_levels, columns_of, unmapped
from data_access.intake.mapping.measures import Measure, measured
from data_access.intake.mapping.model import DATE, KEYS, Mapping
from data_access.intake.mapping.reference_date import column_dates, title_dates
from data_access.intake.readers.table import Table
from data_access.intake.source import PLACE, Source
from data_access.words import mark as _


@dataclass(frozen=True)
class Part:
    """What one table brings."""

    rows: pl.DataFrame
    read: int
    total: int
    findings: tuple[Finding, ...]
    proposals: tuple[Proposal, ...]


def applied(tables: Sequence[Table], mapping: Mapping, day: date) -> Source:
    """The rows of all tables; Rejected if a needed column is missing. `day` is the reference date of the manifest."""
    check_levels(mapping)
    parts = [_part(table, mapping, day) for table in tables]
    rows = pl.concat([part.rows for part in parts])
    findings = [*_unconfirmed(mapping), *(finding for part in parts for finding in part.findings)]
    if mapping.sum_duplicates:
        before = rows.height
        rows = _summed(rows)
        findings += _folded(before - rows.height)
    targets = (*mapping.described.levels, mapping.described.measure, KEYS)
    return Source(
        rows,
        read=sum(part.read for part in parts),
        total=sum(part.total for part in parts),
        headings={target: mapping.heading(target) for target in targets if mapping.heading(target)},
        findings=tuple(findings),
        proposals=tuple(_merged(proposal for part in parts for proposal in part.proposals)),
        columns=tuple(dict.fromkeys(name for table in tables for name in table.names)),
    )


def _part(table: Table, mapping: Mapping, day: date) -> Part:
    columns = columns_of(table, mapping)
    told = list(unmapped(table, mapping, columns))
    findings = [*table.findings, *(finding for finding, _proposal in told), *title_dates(table, day)]
    numbers = {column: measured(table.cells, column, wide=column in columns.wide) for column in _numeric(columns)}
    sums = totals.total_rows(table.cells, columns.texts)
    findings += _total_columns(table, columns, {column: measure.numbers for column, measure in numbers.items()})
    for column, measure in numbers.items():
        odd = (*measure.findings, *totals.differing(table.cells, sums, measure.numbers, table.cells[column]))
        findings += _placed(odd, table, columns.names[column])
    if sums.any():
        first = int(table.cells.filter(sums)[ROW][0])
        findings += _placed([totals.counted(int(sums.sum()), first)], table, "")
    kept = {column: Measure(m.numbers.filter(~sums), m.texts.filter(~sums), ()) for column, m in numbers.items()}
    cells = _filled(table.cells.filter(~sums), mapping, columns)
    rows, more, proposals = _coded_rows(table, cells, mapping, columns)
    date_column = columns.of(DATE)
    if date_column is not None:
        findings += _placed(column_dates(cells, date_column, day), table, columns.names[date_column])
    total = sum(int(m.numbers.sum() or 0) for column, m in kept.items() if columns.targets.get(column) != KEYS)
    long = _long(rows, kept, mapping, columns)
    asked = [proposal for _finding, proposal in told] + proposals
    return Part(long, cells.height, total, (*findings, *more), tuple(asked))


def _total_columns(table: Table, columns: Columns, numbers: dict[str, pl.Series]) -> Iterator[Finding]:
    """What is to be said about columns that add wide ones up: where they say something else, and that they were read."""
    for total in columns.totals:
        claimed = measured(table.cells, total, wide=False)
        added = pl.DataFrame([numbers[column] for column in columns.summed(total)]).sum_horizontal()
        odd = totals.differing_across(table.cells, added, claimed.numbers, table.cells[total])
        yield from _placed(odd, table, columns.names[total])
    if columns.totals:
        template = _("{count} kolom jumlah dicocokkan dengan rinciannya dan tidak dimuat.")
        yield Finding("info", "total-column", template, {"count": len(columns.totals)}, table.place)


def _numeric(columns: Columns) -> list[str]:
    own = [column for column in (columns.of("jumlah"), columns.of(KEYS)) if column is not None]
    return [*own, *columns.wide]


def _filled(cells: pl.DataFrame, mapping: Mapping, columns: Columns) -> pl.DataFrame:
    """Merged row labels stand in the first row of their block only."""
    forms = {normal(name) for name in mapping.fill_down}
    from_above = [column for column, name in columns.names.items() if normal(name) in forms]
    return cells.with_columns(pl.col(column).forward_fill() for column in from_above)


def _coded_rows(
    table: Table, cells: pl.DataFrame, mapping: Mapping, columns: Columns
) -> tuple[pl.DataFrame, list[Finding], list[Proposal]]:
    """`baris`, the levels of the table's own columns as codes, and `__lost`: whether one of them is unknown."""
    made, lost = [cells[ROW]], pl.repeat(False, cells.height, eager=True).alias("__lost")
    findings: list[Finding] = []
    proposals: list[Proposal] = []
    levels = mapping.described.levels
    for column, target in columns.targets.items():
        if target in levels:
            one = coded(cells, column, levels[target], mapping.labels.get(target, {}))
            made.append(one.codes)
            lost |= one.unknown
            findings += _placed(one.findings, table, columns.names[column])
            proposals += one.proposals
    place = pl.lit(table.place).alias(FILE)
    return pl.DataFrame([*made, lost.rename("__lost")]).with_columns(place), findings, proposals


def _long(rows: pl.DataFrame, numbers: dict[str, Measure], mapping: Mapping, columns: Columns) -> pl.DataFrame:
    """One row for each number; cells without persons of a wide table, and rows with unknown labels, are left out."""
    if not columns.wide:
        own = {columns.targets[column]: measure.texts for column, measure in numbers.items()}
        whole = rows.with_columns(*(texts.alias(target) for target, texts in own.items()), pl.lit("").alias(COLUMN))
        return _ordered(whole.filter(~pl.col("__lost")), mapping, mapping.constants)
    parts = []
    for column, codes in columns.wide.items():
        somebody = numbers[column].numbers.ne_missing(0)
        part = rows.with_columns(numbers[column].texts.alias("jumlah"), pl.lit(columns.names[column]).alias(COLUMN))
        parts.append(_ordered(part.filter(somebody & ~rows["__lost"]), mapping, mapping.constants | codes))
    return pl.concat(parts)


def _ordered(rows: pl.DataFrame, mapping: Mapping, codes: dict[str, str]) -> pl.DataFrame:
    """The columns in one order for every table, with the codes that hold for all of its rows."""
    levels = mapping.described.levels
    held = rows.with_columns(
        pl.lit(code, dtype=pl.Enum(list(levels[name].by_code))).alias(name) for name, code in codes.items()
    )
    chosen = [name for name in (*levels, "jumlah", KEYS) if name in held.columns]
    return held.select(*PLACE, *chosen)


def _summed(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of one cell as one; what is no number, or negative, stays as it is and is found by the rules."""
    sums = [name for name in ("jumlah", KEYS) if name in rows.columns]
    levels = [name for name in rows.columns if name not in (*PLACE, *sums)]
    sound = pl.all_horizontal(pl.col(name).cast(pl.Int64, strict=False).ge(0).fill_null(value=False) for name in sums)
    added = (
        rows.filter(sound)
        .group_by(levels, maintain_order=True)
        .agg(pl.col(PLACE).first(), *(pl.col(name).cast(pl.Int64).sum().cast(pl.String) for name in sums))
    )
    return pl.concat([added.select(rows.columns), rows.filter(~sound)])


def _folded(count: int) -> list[Finding]:
    if not count:
        return []
    template = _("{count} baris digabung dengan baris lain yang rinciannya sama, seperti diminta pemetaan.")
    return [Finding("info", "rows-summed", template, {"count": count})]


def _unconfirmed(mapping: Mapping) -> list[Finding]:
    if not mapping.proposal:
        return []
    template = _("Pemetaan ini masih usulan. Periksa setiap kolom, lalu simpan.")
    return [Finding("warning", "mapping-proposed", template)]


def _placed(findings: Iterable[Finding], table: Table, column: str) -> list[Finding]:
    return [replace(finding, file=table.place, column=column) for finding in findings]


def _merged(proposals: Iterable[Proposal]) -> Iterable[Proposal]:
    """One for each text, whatever the number of tables that have it."""
    found: dict[tuple[str, str], Proposal] = {}
    for one in proposals:
        known = found.get((one.level, one.source))
        found[one.level, one.source] = replace(one, rows=one.rows + known.rows) if known else one
    return found.values()
