"""Checks a delivery, canonical or mapped, against the contract, its manifest and what was published before."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from math import inf
from pathlib import Path

import polars as pl

from data_access.contract import Dataset, contract
from data_access.errors import Rejected
from data_access.intake import rules
from data_access.intake.findings import COLUMN, FILE, ROW, VALUE, Finding, Report
from data_access.intake.manifest import Manifest, read_manifest
from data_access.intake.mapping.applying import applied
from data_access.intake.mapping.model import KEYS
from data_access.intake.readers.limits import USUAL, Limits
from data_access.intake.reading import read_canonical, read_mapped
from data_access.intake.schema import schema
from data_access.intake.source import PLACE, Source
from data_access.words import mark as _

SCHEMA_RULES = {
    "dtype": ("unknown-code", _("Kode tidak dikenal pada kolom {column}. Pakai kode dari kamus data.")),
    "nullability": ("empty", _("Kolom {column} kosong.")),
    "min": ("negative", _("Kolom {column} bernilai negatif.")),
    "cell_twice": (
        "cell-twice",
        _("Rincian yang sama muncul di lebih dari satu baris. Jumlahkan, atau hapus kembarannya."),
    ),
}
OTHER = ("schema", _("Kolom {column} tidak memenuhi kontrak data."))
NOT_WHOLE = ("not-whole", _("Kolom {column} bukan bilangan bulat."))


def check(
    folder: Path,
    *,
    today: date,
    published: Mapping[str, Mapping[date, int]],
    change_warning: float,
    limits: Limits = USUAL,
    scratch: Path | None = None,
) -> Report:
    """The report on the delivery in `folder`.

    `published` maps datasets to the reference dates already published and their totals; `change_warning` is the share by
    which the total of a stock may move against the snapshot before. Files are copied to a private folder under `scratch`
    (None: where the system keeps such things) while they are read. Rejected is raised where the delivery cannot be read
    at all.
    """
    manifest = read_manifest(folder)
    dataset = _dataset(manifest)
    source = _source(folder, manifest, dataset, limits, scratch)
    good, found = _validated(dataset, source.rows)
    found += rules.row_findings(dataset, good, manifest.reference_date)
    found += [] if dataset.exact else rules.key_findings(good)
    findings = [*source.findings, *(_in_source(finding, source.headings) for finding in found)]
    findings += rules.nobody_findings(dataset, source.read, source.total)
    findings += rules.manifest_findings(dataset, manifest, source.read, source.total, today)
    before = published.get(dataset.name, {})
    # What happens in a period moves far more than what there is.
    limit = change_warning if dataset.time == "stock" else inf
    findings += rules.history_findings(manifest.reference_date, source.total, before, limit)
    findings += rules.period_findings(dataset, manifest, before)
    accepted = not any(finding.severity == "error" for finding in findings)
    cube = _cube(dataset, good) if accepted else pl.DataFrame()
    keys = KEYS in source.rows.columns and not dataset.exact
    return Report(manifest, cube, tuple(findings), source.total, source.proposals, source.columns, keys)


def _source(folder: Path, manifest: Manifest, dataset: Dataset, limits: Limits, scratch: Path | None) -> Source:
    if manifest.mapping:
        mapping, tables = read_mapped(folder, manifest, limits, scratch)
        return applied(tables, mapping, manifest.reference_date)
    raw, findings = read_canonical(folder, manifest, dataset, limits, scratch)
    missing = [level.name for level in dataset.delivered if level.name not in raw.columns]
    missing += [name for name in (dataset.measure,) if name not in raw.columns]
    if missing:
        template = _("Kolom yang wajib tidak ada: {columns}. Bila judul kolomnya lain, berkas ini memerlukan pemetaan.")
        raise Rejected("columns-missing", template, columns=", ".join(missing))
    return Source(raw, raw.height, rules.total_of(raw), findings=tuple(findings))


def _in_source(finding: Finding, headings: Mapping[str, str]) -> Finding:
    """The finding with the heading of the source for the level or measure that it names, where there is one."""
    columns = finding.column.split(", ") if finding.column else []
    named = ", ".join(headings.get(column) or finding.origin or column for column in columns)
    facts = finding.facts | {"column": named} if "column" in finding.facts else finding.facts
    beyond = finding.beyond
    if beyond is not None and columns:
        own = pl.when(pl.col(COLUMN) != "").then(COLUMN)
        parts = [pl.lit(headings[c]) if headings.get(c) else own.otherwise(pl.lit(c)) for c in columns]
        beyond = beyond.with_columns(pl.concat_str(parts, separator=", ").alias(COLUMN))
    return replace(finding, column=named, facts=facts, beyond=beyond)


def _dataset(manifest: Manifest) -> Dataset:
    known = contract().datasets
    if manifest.dataset not in known:
        template = _("Himpunan data {dataset} tidak ada di kontrak data.")
        raise Rejected("dataset-unknown", template, dataset=manifest.dataset)
    return known[manifest.dataset]


def _validated(dataset: Dataset, raw: pl.DataFrame) -> tuple[pl.DataFrame, list[Finding]]:
    """Rows that keep the schema (codes as text again, derived columns kept), and a finding for each broken rule."""
    chosen = schema(dataset.name, with_keys="kunci" in raw.columns and not dataset.exact)
    result, failure = chosen.filter(raw, cast=True)
    derived = [name for name in dataset.levels if name in raw.columns and name not in result.columns]
    good = result.with_columns(pl.col(level.name).cast(pl.String) for level in dataset.delivered)
    if derived:
        above = raw.select(*PLACE, pl.col(derived).cast(pl.String))
        good = good.join(above, on=list(PLACE), how="left", maintain_order="left")
    return good, list(_schema_findings(failure.details(), set(raw.columns)))


def _schema_findings(details: pl.DataFrame, source: set[str]) -> Iterator[Finding]:
    for name in details.columns:
        column, _bar, kind = name.rpartition("|")
        if name in source:
            continue
        broken = details.filter(pl.col(name) == "invalid")
        value = (pl.col(column) if column else pl.lit("")).cast(pl.String)
        rule, template = (
            NOT_WHOLE if kind == "dtype" and column in ("jumlah", "kunci") else SCHEMA_RULES.get(kind, OTHER)
        )
        yield from rules.listed(broken.select(FILE, ROW, COLUMN, value.alias(VALUE)), rule, template, {}, column)


def _cube(dataset: Dataset, good: pl.DataFrame) -> pl.DataFrame:
    """Cells with at least one person, in the contract's order of columns."""
    measures = ("jumlah",) if dataset.exact else ("jumlah", KEYS)
    columns = [level.name for level in dataset.delivered] + [c for c in measures if c in good.columns]
    return good.select(columns).filter(pl.col("jumlah") > 0)
