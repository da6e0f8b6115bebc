"""Findings of a check as a CSV file to take away, as the state keeps them: without what may name a person."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from data_access.intake.listing import headings, line
from data_access.words import mark as _
from data_access.words import text

PARTS = ("severity", "rule", "file", "row", "column", "value")


def findings_csv(findings: Sequence[Mapping[str, Any]], language: str, *, note: str = "") -> bytes:
    """UTF-8 with a byte-order mark; the last column is the sentence in `language`, `note` a last line of its own."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(headings(language))
    for finding in findings:
        shown = {**finding, "value": value_of(finding, language)}
        writer.writerow(line(*(shown[name] for name in PARTS), finding[language]))
    if note:
        writer.writerow(line(*[""] * len(PARTS), note))
    return out.getvalue().encode("utf-8-sig")


def value_of(finding: Mapping[str, Any], language: str) -> str:
    """The value of a cell as far as it was kept."""
    kept = finding["value"]
    return text(_("(tidak disimpan)"), language) if kept is None else str(kept)
