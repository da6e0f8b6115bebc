"""Checks a canonical delivery against the contract, its manifest and what was published before."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import polars as pl

from data_access.contract import Dataset, contract
from data_access.errors import Rejected
from data_access.intake import rules
from data_access.intake.findings import LISTED, Finding, Report
from data_access.intake.manifest import Manifest, read_manifest
from data_access.intake.reading import FILE, ROW, read_files
from data_access.intake.schema import schema
from data_access.words import mark as _

SCHEMA_RULES = {
    "dtype": ("unknown-code", _("Kode tidak dikenal pada kolom {column}.")),
    "nullability": ("empty", _("Kolom {column} kosong.")),
    "min": ("negative", _("Kolom {column} bernilai negatif.")),
    "cell_twice": ("cell-twice", _("Sel yang sama muncul lebih dari sekali.")),
}
OTHER = ("schema", _("Kolom {column} tidak memenuhi kontrak data."))
NOT_WHOLE = ("not-whole", _("Kolom {column} bukan bilangan bulat."))


def check(folder: Path, *, today: date, published: Mapping[date, int], change_warning: float) -> Report:
    """The report on the delivery in `folder`.

    `published` maps reference dates already published to their totals; `change_warning` is the share by which the total
    may move against the snapshot before. Rejected is raised where the delivery cannot be read at all.
    """
    manifest = read_manifest(folder)
    dataset = _dataset(manifest)
    raw = read_files(folder, manifest)
    missing = [level.name for level in dataset.delivered if level.name not in raw.columns]
    missing += [name for name in (dataset.measure,) if name not in raw.columns]
    if missing:
        template = _("Kolom yang wajib tidak ada: {columns}.")
        raise Rejected("columns-missing", template, columns=", ".join(missing))
    good, findings = _validated(dataset, raw)
    findings += rules.row_findings(dataset, good, manifest.reference_date)
    findings += rules.key_findings(good)
    total = rules.total_of(raw)
    findings += rules.manifest_findings(dataset, manifest, raw.height, total, today)
    findings += rules.history_findings(manifest.reference_date, total, published, change_warning)
    accepted = not any(finding.severity == "error" for finding in findings)
    return Report(manifest, _cube(dataset, good) if accepted else pl.DataFrame(), tuple(findings), total)


def _dataset(manifest: Manifest) -> Dataset:
    known = contract().datasets
    if manifest.dataset not in known:
        template = _("Himpunan data {dataset} tidak ada di kontrak data.")
        raise Rejected("dataset-unknown", template, dataset=manifest.dataset)
    return known[manifest.dataset]


def _validated(dataset: Dataset, raw: pl.DataFrame) -> tuple[pl.DataFrame, list[Finding]]:
    """Rows that keep the schema (codes as text again, derived columns kept), and a finding for each broken rule."""
    chosen = schema(dataset.name, with_keys="kunci" in raw.columns)
    result, failure = chosen.filter(raw, cast=True)
    derived = [name for name in dataset.levels if name in raw.columns and name not in result.columns]
    good = result.with_columns(pl.col(level.name).cast(pl.String) for level in dataset.delivered)
    if derived:
        good = good.join(raw.select(FILE, ROW, *derived), on=[FILE, ROW], how="left", maintain_order="left")
    return good, list(_schema_findings(failure.details(), set(raw.columns)))


def _schema_findings(details: pl.DataFrame, source: set[str]) -> Iterator[Finding]:
    for name in details.columns:
        column, _bar, kind = name.rpartition("|")
        if name in source:
            continue
        broken = details.filter(pl.col(name) == "invalid")
        shown = broken.head(LISTED).select(
            FILE, ROW, (pl.col(column) if column else pl.lit("")).cast(pl.String).alias("value")
        )
        rule, template = (
            NOT_WHOLE if kind == "dtype" and column in ("jumlah", "kunci") else SCHEMA_RULES.get(kind, OTHER)
        )
        for file, row, value in shown.iter_rows():
            yield Finding("error", rule, template, {"column": column}, file, row, column, value or "")
        yield from rules.more(broken.height, rule)


def _cube(dataset: Dataset, good: pl.DataFrame) -> pl.DataFrame:
    """Cells with at least one person, in the contract's order of columns."""
    columns = [level.name for level in dataset.delivered] + [c for c in ("jumlah", "kunci") if c in good.columns]
    return good.select(columns).filter(pl.col("jumlah") > 0)
