"""Findings of a check as a CSV file that a spreadsheet opens: one row each, nothing in it can act as a formula."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from data_access.words import mark as _
from data_access.words import text
from reports.harmless import harmless

HEADINGS = (
    ("severity", _("tingkat")),
    ("rule", _("aturan")),
    ("file", _("berkas")),
    ("row", _("baris")),
    ("column", _("kolom")),
    ("value", _("nilai")),
)


def findings_csv(findings: Sequence[Mapping[str, Any]], language: str) -> bytes:
    """UTF-8 with a byte-order mark; the last column is the sentence in `language`."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([text(heading, language) for _name, heading in HEADINGS] + [text(_("penjelasan"), language)])
    for finding in findings:
        writer.writerow([harmless(finding[name]) for name, _heading in HEADINGS] + [finding[language]])
    return out.getvalue().encode("utf-8-sig")
