"""What a check of a delivery found: each finding names file, row, column, value and rule, and says what to do."""

from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from data_access.intake.manifest import Manifest
from data_access.words import text

Severity = Literal["error", "warning", "info"]
LISTED = 1_000


@dataclass(frozen=True)
class Finding:
    """One finding. `row` is the line in a CSV file (the header is line 1) or the row of a Parquet file, from 1."""

    severity: Severity
    rule: str
    template: str
    facts: dict[str, object] = field(default_factory=dict)
    file: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""

    def sentence(self, language: str) -> str:
        return text(self.template, language, **self.facts)


@dataclass(frozen=True)
class Report:
    """The verdict on a delivery. `cube` holds the delivered levels, `jumlah` and perhaps `kunci`; empty if rejected.

    `total` is the sum of the measure over the rows as they were read.
    """

    manifest: Manifest
    cube: pl.DataFrame
    findings: tuple[Finding, ...]
    total: int

    def of(self, severity: Severity) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == severity]

    @property
    def accepted(self) -> bool:
        return not self.of("error")

    @property
    def revision(self) -> bool:
        return any(finding.rule == "revision" for finding in self.findings)
