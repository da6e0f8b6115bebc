"""What the check of a delivery found, as the plain JSON that the state keeps and the page reads.

Keys: `total`, `findings` (severity, rule, file, row, column, value and a sentence per language), `counts` (per severity),
`proposals` (level or "" for a column, source text, rows, candidates), `proposed_mapping` (YAML), `difference`.
"""

from collections.abc import Iterable
from typing import Any

from data_access.errors import AsnError
from data_access.intake.findings import Finding, Report

# A page that lists more helps nobody; the numbers per severity are of all of them.
KEPT = 5_000


def content(report: Report, difference: dict[str, Any]) -> dict[str, Any]:
    """The report on a delivery that could be read."""
    return {
        "total": report.total,
        "findings": [_finding(finding) for finding in report.findings[:KEPT]],
        "counts": {severity: len(report.of(severity)) for severity in ("error", "warning", "info")},
        "proposals": [vars(proposal) for proposal in report.proposals],
        "proposed_mapping": "",
        "difference": difference,
    }


def unread(error: AsnError, proposed_mapping: str = "") -> dict[str, Any]:
    """The report on a delivery that could not be read: its one finding, and a first mapping where one can be proposed."""
    finding = Finding("error", error.reason, error.template, error.facts)
    return {
        "total": None,
        "findings": [_finding(finding)],
        "counts": {"error": 1, "warning": 0, "info": 0},
        "proposals": [],
        "proposed_mapping": proposed_mapping,
        "difference": {},
    }


def worst_first(findings: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    order = {"error": 0, "warning": 1, "info": 2}
    return sorted(findings, key=lambda finding: order[finding["severity"]])


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "severity": finding.severity,
        "rule": finding.rule,
        "file": finding.file,
        "row": finding.row,
        "column": finding.column,
        "value": finding.value,
        "id": finding.sentence("id"),
        "en": finding.sentence("en"),
    }
