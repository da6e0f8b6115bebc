"""What the check of a delivery found, as the plain JSON that the state keeps and the page reads.

The rule of the house: nothing that may name a person and no small count leaves the owner's side. Every finding and every
proposal goes through one function, `masked`; the whole list with its raw values is a file in the vault (`refresh.taking`).

Keys: `since` (of a flow: the last day before its period), `total` (None below 10), `findings` (severity, rule, file, row,
column, value or None, and a sentence per language), `counts` (per severity), `kept` and `lines` (rows told here, and in the
whole list), `proposals` (level or "" for a column, source text, rows, candidates), `unproposed` (how many texts may be names),
`columns` (headings of a file that needs a mapping), `proposed_mapping` (YAML), `difference`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import polars as pl
from rapidfuzz import fuzz, process

from data_access.contract import contract
from data_access.errors import AsnError
from data_access.intake.findings import Finding, Proposal, Report
from data_access.intake.labels import index, normal
from data_access.intake.readers.numbers import whole
from data_access.words import LANGUAGES, text
from data_access.words import mark as _

# A page that lists more helps nobody; the numbers per severity are of all of them.
KEPT = 5_000
PERSON = re.compile(r"\d(?:[ .'\-/]?\d){13,}|\S+@\S+")  # NIP, NIK, e-mail
OFTEN = 10  # rows from which a text is a label: no name is that frequent in a column
NEAR, SHORTEST = 85, 5  # how alike a misspelled label is to a known one; shorter texts are alike by chance
SMALL, MOST = 10, 10_000_000  # persons; a larger number is no count of them but perhaps a sum of record keys
# Rules whose value is only ever made of codes, whose value is a number of persons, and whose value may be anything.
CODES = ("impossible", "not-valid")
SUMS = (
    "negative",
    "not-whole",
    "number-styles",
    "total-row-differs",
    "total-column-differs",
    "manifest-rows",
    "manifest-total",
)
NEVER = ("key-range", "cell-outside")
YEARS = range(1900, 2101)


@dataclass(frozen=True)
class Untold:
    """Stands in a sentence where a text is not kept."""

    row: int | None
    column: str

    def text(self, language: str) -> str:
        if self.row is None:
            return text(_("(nilai tidak disimpan)"), language)
        template = _("(nilai tidak disimpan; lihat baris {row}, kolom {column})")
        return text(template, language, row=self.row, column=self.column or "–")


@dataclass(frozen=True)
class Familiar:
    """What a report may be told of: texts that are frequent, and headings unless the first row is one of data."""

    times: Mapping[tuple[str, str, str], int] = field(default_factory=dict)
    headless: bool = False

    def label(self, value: str, rows: int) -> bool:
        """Whether a text of a column is a label and not a name or a small number."""
        if PERSON.search(value):
            return False
        return rows >= OFTEN or (not _small(value) and _near(value))

    def heading(self, name: str) -> str:
        return "…" if name and self.headless and not _near(name) else _scrubbed(name)


def content(report: Report, difference: dict[str, Any]) -> dict[str, Any]:
    """The report on a delivery that could be read."""
    headings = [*report.columns, *(proposal.source for proposal in report.proposals if not proposal.level)]
    times = Counter((f.rule, f.column, f.value) for f in report.findings)
    familiar = Familiar(times, headless=any(map(_data, headings)))
    kept = sorted(report.findings, key=_rank)[:KEPT]
    proposals = [vars(proposal) for proposal in report.proposals if _proposed(proposal, familiar)]
    return {
        "since": report.manifest.since.isoformat() if report.manifest.since else None,
        "total": report.total if report.total >= SMALL else None,
        "findings": [masked(finding, familiar) for finding in kept],
        "counts": {severity: len(report.of(severity)) for severity in ("error", "warning", "info")},
        "kept": sum(not finding.each for finding in kept),
        "lines": sum(finding.lines for finding in report.findings),
        "proposals": proposals,
        "unproposed": len(report.proposals) - len(proposals),
        "columns": [name for name in report.columns if familiar.heading(name) == name],
        "proposed_mapping": "",
        "difference": difference,
    }


def unread(findings: Sequence[Finding]) -> dict[str, Any]:
    """The report on a delivery that could not be read: why, after those findings that should be known before."""
    familiar = _familiar(findings[-1].facts)
    return {
        "total": None,
        "findings": [masked(finding, familiar) for finding in findings],
        "counts": {"error": len(findings), "warning": 0, "info": 0},
        "kept": len(findings),
        "lines": len(findings),
        "proposals": [],
        "unproposed": 0,
        "columns": [],
        "proposed_mapping": "",
        "difference": {},
    }


def masked(finding: Finding, familiar: Familiar) -> dict[str, Any]:
    """The finding as it may leave the owner's side: a value that may not is None, and in the sentence an `Untold`."""
    facts = _facts(finding, familiar)
    return {
        "severity": finding.severity,
        "rule": finding.rule,
        "file": _scrubbed(finding.file),
        "row": finding.row,
        "column": _headings(finding.column, familiar),
        "value": _value(finding, familiar),
        **{language: text(finding.template, language, **facts) for language in LANGUAGES},
    }


def safe(error: AsnError) -> AsnError:
    """The same failure with facts that may leave the owner's side."""
    return type(error)(error.reason, error.template, **_facts(finding_of(error), _familiar(error.facts)))


def offered(more: Mapping[str, Any]) -> dict[str, Any]:
    """What `refresh.proposing` found, as it may be told: no mapping with what looks like a person, no headings of data."""
    columns = more.get("columns", ())
    familiar = Familiar(headless=any(map(_data, columns)))
    told: dict[str, Any] = {}
    if "proposed_mapping" in more:
        spoiled = familiar.headless or PERSON.search(more["proposed_mapping"])
        told["proposed_mapping"] = "" if spoiled else more["proposed_mapping"]
    if "columns" in more:
        told["columns"] = [name for name in columns if familiar.heading(name) == name]
    if "proposals" in more:
        told["proposals"] = [one for one in more["proposals"] if _proposed(Proposal(**one), familiar)]
        told["unproposed"] = len(more["proposals"]) - len(told["proposals"])
    return told


def warnings_of(told: Mapping[str, Any]) -> Counter[tuple[Any, ...]]:
    """The warnings of a report: rule, file, row, column and text of each."""
    parts = ("rule", "file", "row", "column", "value", "id")
    return Counter(tuple(f[part] for part in parts) for f in told.get("findings", ()) if f["severity"] == "warning")


def _value(finding: Finding, familiar: Familiar) -> str | None:
    """The value of the cell, None if it may not be told."""
    value = finding.value
    if not value or finding.rule in CODES:
        return value
    if finding.rule in NEVER or normal(finding.column) == "kunci":
        return None
    if finding.rule in SUMS:
        told = _sum(value)
        return None if told is None else str(told)
    if finding.rule == "date-differs" and finding.row is None:
        return value  # a date of the title, which speaks of the whole file
    rows = max(finding.lines, familiar.times.get((finding.rule, finding.column, value), 0))
    return value if familiar.label(value, rows) else None


def _facts(finding: Finding, familiar: Familiar) -> dict[str, object]:
    """The facts of the sentence, with an `Untold` for what may not be told."""
    value, hidden = _value(finding, familiar), Untold(finding.row, _headings(finding.column, familiar))
    facts = {name: _fact(finding, name, fact, value, familiar) for name, fact in finding.facts.items()}
    return {name: hidden if fact is None else fact for name, fact in facts.items()}


def _fact(finding: Finding, name: str, fact: object, value: str | None, familiar: Familiar) -> object:
    """A fact of the sentence, None if it may not be told."""
    if finding.rule in SUMS and name in ("claimed", "found"):
        return None if normal(finding.column) == "kunci" else _sum(fact)
    if finding.value and value is None and name in ("value", "found"):
        return None
    if name in ("column", "columns", "known"):
        return _headings(str(fact), familiar)
    return _scrubbed(fact) if isinstance(fact, str) else fact


def _sum(fact: object) -> object:
    """A number of persons as it may be told: "<10" below ten, None where it is no such number."""
    number = fact if isinstance(fact, int) else whole(pl.Series([str(fact)]))[0]
    if number is None or abs(number) > MOST:
        return None
    return f"<{SMALL}" if abs(number) < SMALL else fact


def _proposed(proposal: Proposal, familiar: Familiar) -> bool:
    if not proposal.level:
        return familiar.heading(proposal.source) == proposal.source
    return familiar.label(proposal.source, proposal.rows)


def finding_of(error: AsnError) -> Finding:
    """Why a delivery cannot be read."""
    return Finding("error", error.reason, error.template, error.facts)


def _familiar(facts: Mapping[str, object]) -> Familiar:
    return Familiar(headless=any(map(_data, str(facts.get("known", "")).split(", "))))


def _headings(names: str, familiar: Familiar) -> str:
    return ", ".join(map(familiar.heading, names.split(", ")))


def _scrubbed(value: str) -> str:
    return PERSON.sub("…", value)


def _small(value: str) -> bool:
    return value.strip().isdecimal() and int(value) < SMALL


def _data(heading: str) -> bool:
    """Whether a heading is rather a cell of data: a person's number, or a number that is no year."""
    plain = heading.strip()
    return PERSON.search(plain) is not None or (plain.isdecimal() and int(plain) not in YEARS)


@lru_cache(maxsize=20_000)
def _near(value: str) -> bool:
    """Whether a text is a code, label or name of the contract, or one misspelled."""
    wanted, forms = normal(value), _forms()
    if wanted in forms or len(wanted) < SHORTEST:
        return wanted in forms
    return process.extractOne(wanted, forms, scorer=fuzz.ratio, score_cutoff=NEAR) is not None


@lru_cache(maxsize=1)
def _forms() -> tuple[str, ...]:
    levels = [level for dataset in contract().datasets.values() for level in dataset.levels.values()]
    names: Iterable[str] = (form for one in levels for form in (one.name, one.label.id, one.label.en, *index(one)))
    return tuple(dict.fromkeys(normal(name) for name in (*names, "jumlah", "kunci")))


def _rank(finding: Finding) -> int:
    """Errors before warnings before notes, so that what is cut off is never the worst."""
    return ("error", "warning", "info").index(finding.severity)
