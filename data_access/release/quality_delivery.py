"""Reads the counts that the owner's aggregation lays beside a cube (`mutu.parquet`), after its hash agrees with the manifest."""

from pathlib import Path

import polars as pl

from data_access.contract import Dataset, contract
from data_access.errors import Rejected
from data_access.intake.findings import Finding
from data_access.intake.manifest import Manifest
from data_access.intake.readers import parquet
from data_access.intake.readers.copying import copied, scratch_folder
from data_access.intake.readers.kinds import check_name
from data_access.intake.readers.limits import Limits
from data_access.release.indicators import indicators
from data_access.release.quality_cube import COUNTED
from data_access.words import mark as _

SMALL = Limits(rows=200_000, bytes=50_000_000, columns=20)
NAMED = 5  # unknown names that a sentence lists


def delivered(folder: Path, manifest: Manifest, scratch: Path | None = None) -> pl.DataFrame:
    """Columns `instansi`, `indikator`, `jumlah` (records failing), `dasar` (records examined); no rows if none came along.

    Rejected if the file is missing, altered, unreadable, or says something that cannot be.
    """
    if not manifest.quality:
        return pl.DataFrame(schema=COUNTED)
    if len(manifest.quality) > 1:
        raise Rejected(
            "quality-files", _("Kiriman ini memuat lebih dari satu berkas mutu. Sertakan paling banyak satu.")
        )
    [(name, digest)] = manifest.quality.items()
    check_name(name)
    with scratch_folder(scratch) as private:
        copy = copied(folder / name, private, SMALL)
        if copy.sha256 != digest.lower():
            template = _("Isi {file} berubah sejak kiriman ini disiapkan. Siapkan dan kirim ulang berkas itu.")
            raise Rejected("hash-mismatch", template, file=name)
        if copy.kind != "parquet":
            raise Rejected("quality-kind", _("Berkas mutu {file} harus berupa Parquet."), file=name)
        text = parquet.frame(copy, SMALL)
    return _checked(text, contract().datasets[manifest.dataset], name)


def findings(folder: Path, manifest: Manifest, scratch: Path | None = None) -> list[Finding]:
    """What `delivered` would reject, as a finding of the check."""
    try:
        delivered(folder, manifest, scratch)
    except Rejected as error:
        file = next(iter(manifest.quality), "")
        return [Finding("error", error.reason, error.template, error.facts, file=file)]
    return []


def _checked(text: pl.DataFrame, dataset: Dataset, name: str) -> pl.DataFrame:
    if set(text.columns) != set(COUNTED):
        template = _("Berkas mutu {file} harus memuat kolom {columns}, dan hanya itu.")
        raise Rejected("quality-columns", template, file=name, columns=", ".join(COUNTED))
    _check_known(text["indikator"], indicators().keys("kiriman"), name)
    _check_known(text["instansi"], tuple(dataset.levels["instansi"].by_code), name)
    frame = text.select(*COUNTED).cast(COUNTED, strict=False)  # type: ignore[arg-type]
    sound = frame.filter((pl.col("jumlah") >= 0) & (pl.col("jumlah") <= pl.col("dasar"))).height == frame.height
    if not sound:
        template = _("Berkas mutu {file}: jumlah harus bilangan bulat dari 0 sampai dasar pada setiap baris.")
        raise Rejected("quality-counts", template, file=name)
    if frame.select("instansi", "indikator").is_duplicated().any():
        template = _("Berkas mutu {file}: instansi dan indikator yang sama muncul dua kali.")
        raise Rejected("quality-twice", template, file=name)
    return frame


def _check_known(column: pl.Series, known: tuple[str, ...], name: str) -> None:
    strangers = column.unique().sort().fill_null("").to_list()
    unknown = [one for one in strangers if one not in known]
    if unknown:
        template = _("Berkas mutu {file}: {column} tidak dikenal: {codes}.")
        codes = ", ".join(one[:40] or "–" for one in unknown[:NAMED])
        raise Rejected("quality-unknown", template, file=name, column=column.name, codes=codes)
