"""What the check of a delivery found, as the plain JSON that the state keeps and the page reads.

Keys: `total`, `findings` (severity, rule, file, row, column, value and a sentence per language), `counts` (per severity),
`proposals` (level or "" for a column, source text, rows, candidates), `columns` (headings of a file that needs a
mapping), `proposed_mapping` (YAML), `difference`.
"""

from collections.abc import Sequence
from typing import Any

from data_access.errors import AsnError
from data_access.intake.findings import Finding, Report

# A page that lists more helps nobody; the numbers per severity are of all of them.
KEPT = 5_000
# Findings whose value is a sum of record keys, or a cell outside the table that may hold anything, a name too.
UNTOLD = ("key-range", "cell-outside")


def content(report: Report, difference: dict[str, Any]) -> dict[str, Any]:
    """The report on a delivery that could be read."""
    return {
        "total": report.total,
        "findings": [_finding(finding) for finding in sorted(report.findings, key=_rank)[:KEPT]],
        "counts": {severity: len(report.of(severity)) for severity in ("error", "warning", "info")},
        "proposals": [vars(proposal) for proposal in report.proposals],
        "columns": list(report.columns),
        "proposed_mapping": "",
        "difference": difference,
    }


def unread(error: AsnError, first: Sequence[Finding] = ()) -> dict[str, Any]:
    """The report on a delivery that could not be read: its one finding, after those that should be known before."""
    findings = [*first, Finding("error", error.reason, error.template, error.facts)]
    return {
        "total": None,
        "findings": [_finding(finding) for finding in findings],
        "counts": {"error": len(findings), "warning": 0, "info": 0},
        "proposals": [],
        "columns": [],
        "proposed_mapping": "",
        "difference": {},
    }


def _rank(finding: Finding) -> int:
    """Errors before warnings before notes, so that what is cut off is never the worst."""
    return ("error", "warning", "info").index(finding.severity)


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "severity": finding.severity,
        "rule": finding.rule,
        "file": finding.file,
        "row": finding.row,
        "column": finding.column,
        "value": "" if finding.rule in UNTOLD else finding.value,
        "id": finding.sentence("id"),
        "en": finding.sentence("en"),
    }
