"""Findings as lines of a CSV file that a spreadsheet opens: nothing in it can act as a formula."""

import csv
import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from data_access.errors import Rejected
from data_access.harmless import harmless
from data_access.intake.findings import Finding
from data_access.words import mark as _
from data_access.words import text

HEADINGS = (_("tingkat"), _("aturan"), _("berkas"), _("baris"), _("kolom"), _("nilai"), _("penjelasan"))
OWNER_ONLY = 0o600


def headings(language: str) -> list[str]:
    return [text(heading, language) for heading in HEADINGS]


def line(*cells: object) -> list[str]:
    """Severity, rule, file, row, column, value and sentence as they are written."""
    return [harmless(cell) for cell in cells]


def write_findings(target: Path, findings: Sequence[Finding], language: str) -> None:
    """Every row that the findings stand for, one after another; raw values, so readable by the owner of the process only.

    The file is whole when it has its name. UTF-8 with a byte-order mark.
    """
    part = target.with_name(f".{target.name}.part")
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    with os.fdopen(descriptor, "w", encoding="utf-8-sig", errors="replace", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(headings(language))
        writer.writerows(_lines(findings, language))
    part.replace(target)


def private_copy(held: Path, target: Path) -> Path:
    """The list again at `target`, readable by the owner of the process only; Rejected if something lies there."""
    try:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    except FileExistsError as error:
        template = _("{folder} sudah ada. Pilih folder lain atau hapus yang lama.")
        raise Rejected("out-exists", template, folder=target.name) from error
    with os.fdopen(descriptor, "wb") as written, held.open("rb") as source:
        shutil.copyfileobj(source, written)
    return target


def _lines(findings: Iterable[Finding], language: str) -> Iterable[list[str]]:
    for finding in findings:
        for f in finding.every():
            yield line(f.severity, f.rule, f.file, f.row, f.column, f.value, f.sentence(language))
