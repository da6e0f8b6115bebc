"""Labels of a source column as codes of a level: exact code, label of the mapping, normal form, lost leading zero."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from data_access.contract import Level
from data_access.intake.findings import LISTED, ROW, VALUE, Finding, Proposal
from data_access.intake.labels import clean, index, normal
from data_access.intake.mapping.candidates import band_behind, codes_like
from data_access.words import mark as _

LOOKED_UP = 200  # texts for which close matches are looked up; a column with more unknown ones is the wrong column
SHOWN = 80
UNKNOWN = _("{value} tidak dikenal. Pilih kodenya di tab Pemetaan, pada {level}, atau perbaiki berkasnya.")


@dataclass(frozen=True)
class Coded:
    """A column as codes (Enum; null where empty or unknown), which rows are unknown, and what is to be said about it."""

    codes: pl.Series
    unknown: pl.Series
    findings: tuple[Finding, ...]
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True)
class Known:
    """Text -> code, the texts of these that lost a leading zero, and the texts that mean no code."""

    codes: dict[str, str]
    zeros: frozenset[str]
    unknown: tuple[str, ...]


def known(level: Level, texts: Iterable[str], labels: Mapping[str, str]) -> Known:
    """What each text means. `labels` (the mapping's) win over the contract's own, an exact code over both."""
    forms = index(level) | {normal(label): code for label, code in labels.items()}
    bare = _without_zeros(level)
    codes: dict[str, str] = {}
    zeros, unknown = set(), []
    for text in texts:
        tidy = clean(text)
        code = tidy if tidy in level.by_code else forms.get(normal(text)) or bare.get(tidy)
        if code:
            codes[text] = code
            if code == bare.get(tidy) and normal(text) not in forms:
                zeros.add(text)
        elif tidy:
            unknown.append(text)
    return Known(codes, frozenset(zeros), tuple(unknown))


def coded(cells: pl.DataFrame, column: str, level: Level, labels: Mapping[str, str]) -> Coded:
    """The column of `cells` (with `baris`) as codes; only its different texts are looked at one by one."""
    texts = cells.group_by(column).agg(pl.len().alias("n"), pl.col(ROW).min()).drop_nulls().sort(ROW)
    meant = known(level, texts[column].to_list(), labels)
    kind = pl.Enum(list(level.by_code))
    codes = cells[column].replace_strict(meant.codes, default=None, return_dtype=kind) if meant.codes else None
    nothing = pl.repeat(None, cells.height, dtype=kind, eager=True)
    unknown = cells[column].is_in(list(meant.unknown)) if meant.unknown else pl.repeat(False, cells.height, eager=True)
    lost = texts.filter(pl.col(column).is_in(list(meant.unknown)))
    zeros = texts.filter(pl.col(column).is_in(list(meant.zeros)))
    rows = cells.filter(unknown.fill_null(value=False)).select(ROW, pl.col(column).alias(VALUE))
    findings, proposals = _unknown(level, list(lost.iter_rows()), rows)
    return Coded(
        (nothing if codes is None else codes).rename(level.name),
        unknown.fill_null(value=False),
        (*_zeros(list(zeros.iter_rows())), *findings),
        tuple(proposals),
    )


def _without_zeros(level: Level) -> dict[str, str]:
    """Code without its leading zeros -> code, where that is no other code."""
    bare: dict[str, list[str]] = {}
    for code in level.by_code:
        if code.isdigit() and code.startswith("0"):
            bare.setdefault(code.lstrip("0"), []).append(code)
    return {
        short: codes[0] for short, codes in bare.items() if short and len(codes) == 1 and short not in level.by_code
    }


def _zeros(rows: list[tuple[str, int, int]]) -> Iterator[Finding]:
    if rows:
        text, _count, first = min(rows, key=lambda one: one[2])
        template = _("{rows} kode pada kolom ini kehilangan nol di depan dan dilengkapi.")
        facts: dict[str, object] = {"rows": sum(count for _text, count, _row in rows)}
        yield Finding("info", "zero-restored", template, facts, row=first, value=text)


def _unknown(
    level: Level, texts: list[tuple[str, int, int]], rows: pl.DataFrame
) -> tuple[list[Finding], list[Proposal]]:
    """A finding for each unknown text, which stands for all `rows` (`baris`, `nilai`) that have it."""
    findings: list[Finding] = []
    proposals: list[Proposal] = []
    listed = [text for text, _count, _first in texts[:LISTED]]
    by_text = rows.filter(pl.col(VALUE).is_in(listed)).partition_by(VALUE, as_dict=True) if listed else {}
    for text, count, first in texts[:LISTED]:
        candidates = codes_like(level, text) if len(proposals) < LOOKED_UP else ()
        proposals.append(Proposal(level.name, text, candidates, count))
        rule, template = _sentence(level, text, bool(candidates))
        shown = clean(text)[:SHOWN]
        likely = ", ".join(f"{label} ({code})" for code, label, _score in candidates)
        facts: dict[str, object] = {"value": shown, "rows": count, "level": level.label, "proposals": likely}
        beyond = by_text[(text,)].select(ROW)
        findings.append(Finding("error", rule, template, facts, row=first, value=shown, beyond=beyond))
    if len(texts) > LISTED:
        rest = rows.filter(~pl.col(VALUE).is_in(listed))
        template = _("Dan {count} nilai lain yang tidak dikenal.")
        facts = {"count": len(texts) - LISTED, "value": "", "level": level.label}
        findings.append(Finding("error", "unknown-label", template, facts, each=UNKNOWN, beyond=rest))
    return findings, proposals


def _sentence(level: Level, text: str, likely: bool) -> tuple[str, str]:
    if band_behind(level, clean(text)):
        return "code-as-date", _(
            "{value} ({rows} baris) tampaknya kode {proposals} yang diubah spreadsheet menjadi tanggal. "
            "Jadikan kolomnya teks, atau pilih kodenya di tab Pemetaan."
        )
    if likely:
        return "unknown-label", _(
            "{value} tidak dikenal ({rows} baris). Mungkin maksudnya {proposals}. Pilih kodenya di tab Pemetaan."
        )
    return "unknown-label", _(
        "{value} tidak dikenal ({rows} baris). Pilih kodenya di tab Pemetaan, pada {level}, atau perbaiki berkasnya."
    )
