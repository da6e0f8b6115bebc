"""Rules that look across columns, against the manifest, and against earlier snapshots."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import polars as pl

from data_access.contract import Dataset
from data_access.intake.findings import COLUMN, FILE, LISTED, ROW, VALUE, Finding, more
from data_access.intake.manifest import Manifest
from data_access.words import mark as _
from data_access.words import percent

LARGEST_KEY = 2**32 - 1
KEY_CLASSES = 4096  # as many as the ptable has keys
SPREAD = 8  # standard deviations: never reached by chance, always by a constant


def row_findings(dataset: Dataset, rows: pl.DataFrame, day: date) -> list[Finding]:
    """Impossible combinations, children outside their parent, and codes that were not valid on `day`."""
    return [
        *_impossible(dataset, rows),
        *(f for level in dataset.levels if level in rows.columns for f in _outside_parent(dataset, rows, level)),
        *(f for level in dataset.delivered for f in _not_valid(dataset, rows, level.name, day)),
    ]


def key_findings(rows: pl.DataFrame) -> list[Finding]:
    """Record-key sums that cannot be: out of range for their persons, or not spread as random keys are.

    Without spread there is no protection: cells of one key would all get one noise, which anybody could subtract. A sum of
    uniform keys is uniform over the ptable's keys whatever the number of persons, so no key may be much more frequent
    than the others.
    """
    if "kunci" not in rows.columns or rows.is_empty():
        return []
    held = rows.filter(pl.col("jumlah") > 0)
    broken = held.filter((pl.col("kunci") <= 0) | (pl.col("kunci") > pl.col("jumlah") * LARGEST_KEY))
    template = _("Kolom {column} bukan penjumlahan kunci rekaman yang mungkin untuk jumlah orangnya.")
    findings = list(_listed(broken, "key-range", template, {}, "kunci"))
    frequent = max((held["kunci"] % KEY_CLASSES).value_counts()["count"].to_list(), default=0)
    expected = held.height / KEY_CLASSES
    if frequent > expected + SPREAD * expected**0.5 + SPREAD:
        template = _("Kunci rekaman tidak tersebar acak: satu nilai dipakai {count} sel. Hitung ulang kuncinya.")
        findings.append(Finding("error", "key-spread", template, {"count": frequent}, column="kunci"))
    return findings


@dataclass(frozen=True)
class Percent:
    """A share of 0..1 in a sentence, written as its reader's language writes it; with a decimal it is a change."""

    share: float
    decimals: int

    def text(self, language: str) -> str:
        sign = "+" if self.decimals and self.share > 0 else ""
        return sign + percent(self.share, language, decimals=self.decimals)


def total_of(raw: pl.DataFrame) -> int:
    """Persons in all rows as they were read; what is no number counts nothing (the schema names its row)."""
    persons = raw["jumlah"].cast(pl.Float64, strict=False)
    return int(persons.filter(persons.is_finite()).sum())  # "inf" is a number to the reader


def manifest_findings(dataset: Dataset, manifest: Manifest, rows: int, total: int, today: date) -> list[Finding]:
    """Where the manifest says something else than the files (`rows` and `total` as read) or the contract."""
    claims = [
        (
            "rows",
            _(
                "Menurut keterangan kiriman ada {claimed} baris, berkas berisi {found}. Periksa apakah berkasnya lengkap."
            ),
            manifest.rows,
            rows,
        ),
        (
            "total",
            _("Surat pengantar menyebut {claimed} {unit}, berkas berisi {found} {unit}."),
            manifest.total,
            total,
        ),
        (
            "owner",
            _("Keterangan kiriman menyebut pemilik {claimed}, menurut kontrak data {found}. Perbaiki keterangannya."),
            manifest.owner,
            dataset.owner,
        ),
        (
            "contract",
            _("Kiriman dibuat menurut kontrak data {claimed}, yang berlaku {found}. Susun ulang menurut yang berlaku."),
            manifest.contract,
            dataset.version,
        ),
    ]
    findings = [
        Finding(
            "error",
            f"manifest-{rule}",
            template,
            {"claimed": claimed, "found": found, "unit": dataset.unit},
            "manifest.yaml",
            None,
            rule,
        )
        for rule, template, claimed, found in claims
        if claimed is not None and claimed != found
    ]
    if manifest.reference_date > today:
        template = _("Tanggal acuan {day} ada di masa depan.")
        findings.append(Finding("error", "future", template, {"day": manifest.reference_date}, "manifest.yaml"))
    return findings


def nobody_findings(dataset: Dataset, source_rows: int, total: int) -> list[Finding]:
    """A delivery without anybody is a mistake of an export, never a snapshot."""
    if source_rows and total:
        return []
    template = _("Kiriman tidak memuat satu {unit} pun. Periksa berkas dan pemetaannya, lalu kirim ulang.")
    return [Finding("error", "nobody", template, {"unit": dataset.unit})]


def history_findings(day: date, total: int, published: Mapping[date, int], limit: float) -> list[Finding]:
    """A revision is named; a total that moved beyond `limit` against the snapshot before is a warning."""
    findings = []
    if day in published:
        template = _("Snapshot {day} sudah terbit; kiriman ini menjadi revisinya.")
        findings.append(Finding("info", "revision", template, {"day": day}))
    # A revision is held against what it replaces as well as against the snapshot before.
    for known in {day, max((one for one in published if one < day), default=day)} & published.keys():
        change = total / published[known] - 1 if published[known] else 0.0
        if abs(change) > limit:
            template = _("Jumlah berubah {change} terhadap snapshot {day}, lebih dari batas {limit}.")
            facts: dict[str, object] = {"change": Percent(change, 1), "day": known, "limit": Percent(limit, 0)}
            findings.append(Finding("warning", "total-moved", template, facts))
    return findings


def period_findings(dataset: Dataset, manifest: Manifest, published: Mapping[date, int]) -> list[Finding]:
    """The period of a flow: it must be named, begin before it ends, and neither overlap the one before nor leave a gap."""
    day, since = manifest.reference_date, manifest.since
    if dataset.time == "stock":
        return []
    if since is None or since >= day:
        template = _("Arus memerlukan awal periode sebelum {day}: isi `since` dengan tanggal acuan sebelumnya.")
        return [Finding("error", "period-missing", template, {"day": day}, "manifest.yaml")]
    before = max((one for one in published if one < day), default=since)
    facts: dict[str, object] = {"first": since + timedelta(days=1), "before": before}
    if since < before:
        template = _("Periode mulai {first} tumpang tindih dengan periode yang sudah terbit sampai {before}.")
        return [Finding("error", "period-overlap", template, facts, "manifest.yaml")]
    if since > before:
        template = _("Ada jeda antara periode yang sudah terbit sampai {before} dan periode ini mulai {first}.")
        return [Finding("warning", "period-gap", template, facts, "manifest.yaml")]
    return []


def _impossible(dataset: Dataset, rows: pl.DataFrame) -> Iterator[Finding]:
    for rule in dataset.impossible:
        broken = rows.filter(pl.all_horizontal(_member(dataset, level, codes) for level, codes in rule.when.items()))
        column = ", ".join(dataset.carrier(level).name for level in rule.when)
        yield from _listed(
            broken, "impossible", _("Kombinasi tidak mungkin: {reason}."), {"reason": rule.reason}, column
        )


def _member(dataset: Dataset, level: str, codes: tuple[str, ...]) -> pl.Expr:
    """True where the delivered level lies under one of `codes` of `level`."""
    carrier = dataset.carrier(level).name
    fine = [f for f, coarse in dataset.mapping(carrier, level).items() if coarse in codes]
    return pl.col(carrier).is_in(fine)


def _outside_parent(dataset: Dataset, rows: pl.DataFrame, level: str) -> Iterator[Finding]:
    if dataset.levels[level].delivered:
        return
    carrier = dataset.carrier(level).name
    above = pl.col(carrier).replace_strict(dataset.mapping(carrier, level), return_dtype=pl.String)
    broken = rows.filter(pl.col(level).is_null() | (pl.col(level) != above))
    yield from _listed(
        broken,
        "outside-parent",
        _("Kolom {column} tidak sesuai dengan {child} pada baris ini."),
        {"child": carrier},
        level,
    )


def _not_valid(dataset: Dataset, rows: pl.DataFrame, level: str, day: date) -> Iterator[Finding]:
    late = [code.code for code in dataset.levels[level].codes if not code.valid_on(day)]
    broken = rows.filter(pl.col(level).is_in(late)) if late else rows.clear()
    yield from _listed(broken, "not-valid", _("Kode pada kolom {column} belum berlaku pada tanggal acuan."), {}, level)


def _listed(broken: pl.DataFrame, rule: str, template: str, facts: dict[str, object], column: str) -> Iterator[Finding]:
    columns = column.split(", ")
    value = pl.concat_str(pl.col(columns).cast(pl.String), separator=" + ", ignore_nulls=True)
    yield from listed(broken.select(FILE, ROW, COLUMN, value.alias(VALUE)), rule, template, facts, column)


def listed(rows: pl.DataFrame, rule: str, template: str, facts: dict[str, object], column: str) -> Iterator[Finding]:
    """An error for each row (`berkas`, `baris`, `kolom`, `nilai`), beyond the first ones in one line."""
    alike = Finding("error", rule, template, {"column": column} | facts, column=column)
    for file, row, origin, text in rows.head(LISTED).iter_rows():
        yield replace(alike, file=file, row=row, value=text or "", origin=origin)
    yield from more(rows, alike)
