"""What a check of a delivery found: each finding names file, row, column, value and rule, and says what to do."""

from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from data_access.contract import Dataset, contract
from data_access.intake.manifest import Manifest
from data_access.words import text

Severity = Literal["error", "warning", "info"]
LISTED = 1_000


@dataclass(frozen=True)
class Finding:
    """One finding. `row` is the line of a text file (the header of a plain CSV is line 1), the row of a spreadsheet as it
    is numbered there, or the row of a Parquet file, from 1. `column` is the heading in the source.

    `origin` is the source column that the number of the row was read from, where several columns of a row hold numbers.
    """

    severity: Severity
    rule: str
    template: str
    facts: dict[str, object] = field(default_factory=dict)
    file: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    origin: str = ""

    def sentence(self, language: str) -> str:
        return text(self.template, language, **self.facts)


@dataclass(frozen=True)
class Proposal:
    """What may be meant by a text that the contract does not know: `candidates` are (code, label, score of 0..100).

    `level` is "" where the text is the heading of a column; then the codes are names of levels. `rows` have the text.
    """

    level: str
    source: str
    candidates: tuple[tuple[str, str, int], ...]
    rows: int


@dataclass(frozen=True)
class Report:
    """The verdict on a delivery. `cube` holds the delivered levels, `jumlah` and perhaps `kunci`; empty if rejected.

    `total` is the sum of the measure over the rows as they were read. `proposals` are texts that a mapping should explain,
    `columns` the headings of a mapped file. `keys` says whether the rows bring record-key sums, accepted or not.
    """

    manifest: Manifest
    cube: pl.DataFrame
    findings: tuple[Finding, ...]
    total: int
    proposals: tuple[Proposal, ...] = ()
    columns: tuple[str, ...] = ()
    keys: bool = False

    @property
    def dataset(self) -> Dataset:
        return contract().datasets[self.manifest.dataset]

    def of(self, severity: Severity) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == severity]

    @property
    def accepted(self) -> bool:
        return not self.of("error")

    @property
    def revision(self) -> bool:
        return any(finding.rule == "revision" for finding in self.findings)
