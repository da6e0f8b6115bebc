"""Quality figures as tables of text for the screen and as CSV with codes. Shares only: no number of failing persons."""

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from charts.changes import signed
from charts.quality_ranking import ordered
from charts.quality_words import UNAVAILABLE, base_text, share_text, signed_rate
from data_access.access.quality import Quality, QualityExport
from data_access.access.reconciliation import Match
from data_access.access.result import State
from data_access.access.timeliness import Timing
from data_access.access.volatility import GONE, NEW, Move
from data_access.contract import contract
from data_access.harmless import harmless
from data_access.release.indicators import Indicator, indicators
from data_access.release.quality import NATION
from data_access.words import mark as _
from data_access.words import number, short_day, text
from reports import csv_file
from reports.origin import taken

KINDS = {NEW: _("baru"), GONE: _("hilang"), "": ""}


def agency_names(dataset: str, language: str) -> dict[str, str]:
    """Code -> name of every agency."""
    return {c.code: c.label.text(language) for c in contract().datasets[dataset].levels["instansi"].codes}


def agencies(quality: Quality, chosen: Indicator, period: date, *, language: str) -> pl.DataFrame:
    """One row per agency, the worst of the chosen indicator first: name, every indicator of its dimension, base, code."""
    names = agency_names(quality.dataset, language)
    beside = [one for one in indicators().of(chosen.dimension) if one.key != chosen.key]
    found = {one.key: {s.agency: s for s in quality.agencies(one.key, period)} for one in (chosen, *beside)}
    ranked = ordered(list(found[chosen.key].values()), names)
    rows = [
        {
            text(_("Instansi"), language): names[share.agency],
            chosen.label.text(language): share_text(share, language),
            text(_("Diperiksa"), language): base_text(share, language),
            **{
                one.label.text(language): share_text(found[one.key][share.agency], language)
                if share.agency in found[one.key]
                else UNAVAILABLE
                for one in beside
            },
            text(_("Kode"), language): share.agency,
        }
        for share in ranked
    ]
    return pl.DataFrame(rows)


def definitions(dimension: str, language: str) -> list[tuple[str, str]]:
    """(label, definition) of every indicator of a dimension."""
    return [(one.label.text(language), one.definition.text(language)) for one in indicators().of(dimension)]


def moves(rows: Sequence[Move], before: date, now: date, *, limit: float, language: str) -> pl.DataFrame:
    """One row per agency: change in per cent and persons, both official totals, what to look at, code."""
    yes = text(_("perlu dilihat"), language)
    return pl.DataFrame(
        [
            {
                text(_("Instansi"), language): row.label.text(language),
                text(_("Perubahan (%)"), language): UNAVAILABLE
                if row.share is None
                else signed_rate(row.share, language),
                text(_("Perubahan"), language): signed(row.persons, language),
                short_day(before, language): number(row.before, language),
                short_day(now, language): number(row.now, language),
                text(_("Keterangan"), language): text(KINDS[row.kind], language)
                if row.kind
                else yes
                if row.beyond(limit)
                else "",
                text(_("Kode"), language): row.code,
            }
            for row in rows
        ]
    )


def matches(rows: Sequence[Match], *, limit: float, language: str) -> pl.DataFrame:
    """One row per published figure: date, what it counts, both numbers, the difference, the verdict."""
    return pl.DataFrame(
        [
            {
                text(_("Tanggal acuan"), language): short_day(row.figure.day, language),
                text(_("Yang dihitung"), language): row.figure.label.text(language),
                text(_("Angka terbit"), language): _printed(row, language),
                text(_("Snapshot"), language): UNAVAILABLE if row.value is None else number(row.value, language),
                text(_("Selisih"), language): UNAVAILABLE
                if row.difference is None
                else signed(row.difference, language),
                text(_("Selisih (%)"), language): UNAVAILABLE
                if row.share is None
                else signed_rate(row.share, language),
                text(_("Penilaian"), language): _agreement(row.agrees(limit), language),
            }
            for row in rows
        ]
    )


def sources(rows: Sequence[Match]) -> dict[date, list[str]]:
    """Where the published figures of each date come from, in the order of the rows."""
    found: dict[date, list[str]] = {}
    for row in rows:
        of_day = found.setdefault(row.figure.day, [])
        if row.figure.source not in of_day:
            of_day.append(row.figure.source)
    return found


def timings(rows: Sequence[Timing], *, limit: int, language: str) -> pl.DataFrame:
    """One row per snapshot, the newest first: days until publication, when, revisions."""
    return pl.DataFrame(
        [
            {
                text(_("Tanggal acuan"), language): short_day(row.reference_date, language),
                text(_("Terbit"), language): _day(row.published, language),
                text(_("Hari sampai terbit"), language): UNAVAILABLE
                if row.days is None
                else number(row.days, language),
                text(_("Kiriman diterima"), language): _day(row.delivered, language),
                text(_("Revisi"), language): str(row.revision),
                text(_("Revisi terakhir"), language): _day(row.revised, language),
                text(_("Keterangan"), language): _timing_remark(row, limit, language),
            }
            for row in reversed(rows)
        ]
    )


def csv(export: QualityExport, language: str) -> bytes:
    """A ZIP as of any export: every figure of the dimension on every date, with codes, and the file that describes it.

    The figures are the share that fails (0..1), the base, and the state.
    """
    found = export.quality
    names: Mapping[str, str] = agency_names(found.dataset, "id") | {NATION: "Nasional"}
    mine = [one.key for one in indicators().of(export.dimension)]
    frame = found.frame.filter(pl.col("indikator").is_in(mine)).select(
        himpunan=pl.lit(found.dataset),
        rilis=pl.lit(found.release),
        sifat=pl.lit("DATA CONTOH" if found.example else "data sebenarnya"),
        tanggal_acuan=pl.col("periode").dt.to_string("%Y-%m-%d"),
        instansi=pl.col("instansi"),
        nama_instansi=pl.col("instansi").replace_strict(names, default="", return_dtype=pl.String),
        dimensi=pl.lit(export.dimension),
        indikator=pl.col("indikator"),
        # The state decides, not the value.
        bagian_gagal=pl.when(pl.col("keadaan") == State.SHOWN.value).then(pl.col("nilai").round(6)),
        dasar=pl.col("dasar"),
        keadaan=pl.col("keadaan"),
    )
    rows = ([harmless("" if cell is None else str(cell)) for cell in row] for row in frame.iter_rows())
    return csv_file.packed(export.stem, export.at, frame.columns, rows, description(export, language))


def description(export: QualityExport, language: str) -> tuple[tuple[str, str], ...]:
    """What goes with the file: dataset, release, what each indicator means, and who took it along for what."""
    found = export.quality
    label = contract().datasets[found.dataset].label.text(language)
    source = ((text(_("Himpunan data"), language), label), (text(_("Rilis"), language), found.release))
    own = taken(export, language, example=found.example)
    return (*source, *definitions(export.dimension, language), *own)


def _printed(row: Match, language: str) -> str:
    shown = number(row.figure.persons, language)
    return text(_("sekitar {number}"), language, number=shown) if row.figure.rounded > 1 else shown


def _agreement(agrees: bool | None, language: str) -> str:
    if agrees is None:
        return text(_("tidak dapat dibandingkan"), language)
    return text(_("cocok"), language) if agrees else text(_("berbeda"), language)


def _timing_remark(row: Timing, limit: int, language: str) -> str:
    if row.initial:
        return text(_("muatan awal"), language)
    if row.days is None:
        return ""
    return text(_("terlambat"), language) if row.days > limit else text(_("tepat waktu"), language)


def _day(day: date | None, language: str) -> str:
    return UNAVAILABLE if day is None else short_day(day, language)
