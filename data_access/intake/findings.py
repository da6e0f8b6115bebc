"""What a check of a delivery found: each finding names file, row, column, value and rule, and says what to do."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

import polars as pl

from data_access.contract import Dataset, contract
from data_access.intake.manifest import Manifest
from data_access.words import mark as _
from data_access.words import text

Severity = Literal["error", "warning", "info"]
LISTED = 1_000
# File, row and, where a row holds several numbers, source column of a number: with each row on its way to the cube.
FILE, ROW, COLUMN = "berkas", "baris", "kolom"
VALUE = "nilai"


@dataclass(frozen=True)
class Finding:
    """One finding. `row` is the line of a text file (the header of a plain CSV is line 1), the row of a spreadsheet as it
    is numbered there, or the row of a Parquet file, from 1. `column` is the heading in the source.

    `origin` is the source column that the number of the row was read from, where several columns of a row hold numbers.

    A finding may stand for many rows: `beyond` has them (`baris`, perhaps `berkas`, `kolom` and `nilai`; what it lacks or
    leaves null is that of the finding, other columns are facts of each row), and `each` is then the sentence of one of them.
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
    each: str = ""
    beyond: pl.DataFrame | None = field(default=None, compare=False, repr=False)

    def sentence(self, language: str) -> str:
        return text(self.template, language, **self.facts)

    @property
    def lines(self) -> int:
        """How many `every` yields."""
        return 1 if self.beyond is None else self.beyond.height

    def every(self) -> Iterator["Finding"]:
        """One finding for each row that this one stands for."""
        if self.beyond is None:
            yield self
            return
        for row in self.beyond.iter_rows(named=True):
            told = {name: value for name, value in row.items() if value is not None}
            file, column = told.pop(FILE, self.file), told.pop(COLUMN, "") or self.column
            place, value = told.pop(ROW), str(told.pop(VALUE, self.value))
            own = {"column": column, "value": value} | told
            facts = self.facts | {name: fact for name, fact in own.items() if name in self.facts}
            yield Finding(self.severity, self.rule, self.each or self.template, facts, file, place, column, value)


def more(rows: pl.DataFrame, alike: Finding) -> Iterator[Finding]:
    """One line for the rows beyond those that are listed; `rows` are all of them, `alike` is a finding of the same rule."""
    if rows.height > LISTED:
        beyond = rows[LISTED:]
        yield replace(
            alike,
            template=_("Dan {count} baris lain dengan temuan yang sama."),
            facts=alike.facts | {"count": beyond.height},
            row=None,
            value="",
            origin="",
            each=alike.template,
            beyond=beyond,
        )


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
