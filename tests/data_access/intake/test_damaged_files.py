"""Source files with a mistake in them: each names its file, row, column, value and rule, and close matches are only proposed."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from data_access.intake.findings import Finding
from data_access.intake.mapping.model import Mapping
from tests.data_access.intake.odd_files import (
    HEADINGS,
    LONG,
    ROWED,
    WIDE,
    long_rows,
    mapped,
    put,
    report_on,
    text_file,
    wide_rows,
    workbook,
)

CODES, LABELS = long_rows(), long_rows(labels=True)
COUNT, AGENCY, RANK = HEADINGS["jumlah"], HEADINGS["instansi"], HEADINGS["jenjang"]
SERVICE, SEX, STUDY = HEADINGS["masa_kerja"], HEADINGS["jenis_kelamin"], HEADINGS["pendidikan"]
LAST = len(CODES) + 1
CSV, XLSX = "a.csv", "a.xlsx"
IN_SHEET = "a.xlsx [S]"


@dataclass(frozen=True)
class Wrong:
    """A file and the finding expected: rule, severity, row, column and value (None: not looked at)."""

    name: str
    file: str
    content: bytes
    rule: str
    row: int | None = None
    column: str = ""
    value: str | None = None
    severity: str = "error"
    mapping: Mapping = field(default=LONG)
    place: str = ""


def at(row: int, heading: str, value: Any, **changes: Any) -> bytes:
    """The CSV file with another cell; rows as a text editor counts them."""
    return text_file(put(CODES, row, heading, value), delimiter=changes.get("delimiter", ","))


def sheet_at(row: int, heading: str, value: Any, above: int = 0) -> bytes:
    titles = [["Rekap"]] * above
    return workbook({"S": [*titles, *put(LABELS, row - above, heading, value)]})


def mixed(*texts: str) -> bytes:
    rows = CODES
    for i, text in enumerate(texts):
        rows = put(rows, 2 + i, COUNT, text)
    return text_file(rows, delimiter=";")


def total(text: Any, word: str = "Jumlah", place: int = 0) -> list[Any]:
    return ["" if i != place else word for i in range(len(CODES[0]) - 1)] + [text]


def wide_at(row: int, column: int, value: Any) -> bytes:
    rows = wide_rows()
    rows[row - 1][column] = value
    return workbook({"S": rows})


WIDE_CELL = len(ROWED)  # the first column of numbers: PNS | L
DATED = LONG.model_copy(update={"columns": LONG.columns | {"Tanggal": "tanggal_acuan"}})
FILL = LONG.model_copy(update={"fill_down": (AGENCY,)})
TWICE = [*CODES, CODES[3]]
TODAY = [[*CODES[0], "Tanggal"], *([*row, "31 Desember 2021"] for row in CODES[1:])]
UNDATED = [[*CODES[0], "Tanggal"], *([*row, "akhir tahun"] for row in CODES[1:])]
EXTRA = [[*CODES[0], "Pangkat"], *([*row, "x"] for row in CODES[1:])]
SHIFTED = [*CODES[:6], [*CODES[6][:3], "satu lagi", *CODES[6][3:]], *CODES[7:]]
NOTE = [*LABELS[:4], [*LABELS[4], "", "cek lagi"], *LABELS[5:]]
HEADING_TWICE = [[AGENCY if name == RANK else name for name in CODES[0]], *CODES[1:]]

FOUND = [
    Wrong("unknown label", CSV, at(7, RANK, "Kepala suku"), "unknown-label", 7, RANK, "Kepala suku"),
    Wrong("unknown label in a workbook", XLSX, sheet_at(9, RANK, "Ahli mudah", above=2),
        "unknown-label", 9, RANK, "Ahli mudah", place=IN_SHEET),
    Wrong("unknown code", CSV, at(4, HEADINGS["provinsi"], "77"), "unknown-label", 4, HEADINGS["provinsi"], "77"),
    Wrong("a level above its own", CSV, at(4, AGENCY, "kementerian"), "unknown-label", 4, AGENCY, "kementerian"),
    Wrong("a day for a band", CSV, at(5, SERVICE, "06-Okt"), "code-as-date", 5, SERVICE, "06-Okt"),
    Wrong("a month for a band", CSV, at(5, SERVICE, "10-Jun"), "code-as-date", 5, SERVICE, "10-Jun"),
    Wrong("an English month for a band", CSV, at(5, SERVICE, "Nov-15"), "code-as-date", 5, SERVICE, "Nov-15"),
    Wrong("an ISO date for a band", CSV, at(5, SERVICE, "2025-10-06"), "code-as-date", 5, SERVICE, "2025-10-06"),
    Wrong("a date cell for a band", XLSX, sheet_at(5, SERVICE, datetime(2025, 10, 6)),
        "code-as-date", 5, SERVICE, "2025-10-06 00:00:00", place=IN_SHEET),
    Wrong("a month of the year 2015", XLSX, sheet_at(5, SERVICE, datetime(2015, 11, 1)),
        "code-as-date", 5, SERVICE, place=IN_SHEET),
    Wrong("an error of a formula", XLSX, sheet_at(5, COUNT, "#REF!"), "not-whole", 5, COUNT, "#REF!", place=IN_SHEET),
    Wrong("empty label", CSV, at(6, SEX, ""), "empty", 6, SEX, ""),
    Wrong("blanks for a label", CSV, at(6, SEX, "\u00a0 "), "empty", 6, SEX),
    Wrong("empty count", CSV, at(6, COUNT, ""), "empty", 6, COUNT, ""),
    Wrong("merged labels not filled down", XLSX, sheet_at(3, AGENCY, ""), "empty", 3, AGENCY, place=IN_SHEET),
    Wrong("nothing above to fill down", CSV, at(2, AGENCY, ""), "empty", 2, AGENCY, mapping=FILL),
    Wrong("fraction", CSV, at(8, COUNT, "1.5"), "not-whole", 8, COUNT, "1.5"),
    Wrong("fraction with comma", CSV, at(8, COUNT, "1,5", delimiter=";"), "not-whole", 8, COUNT, "1,5"),
    Wrong("fraction below one", CSV, at(8, COUNT, "0.123"), "not-whole", 8, COUNT, "0.123"),
    Wrong("groups of two", CSV, at(8, COUNT, "12.34.56"), "not-whole", 8, COUNT, "12.34.56"),
    Wrong("a number cell of 1.234", XLSX, sheet_at(8, COUNT, 1.234),
        "not-whole", 8, COUNT, "1.234 (pecahan)", place=IN_SHEET),
    Wrong("rounded by a spreadsheet", CSV, at(8, COUNT, "1,23E+05", delimiter=";"), "not-whole", 8, COUNT, "1,23E+05"),
    Wrong("words", CSV, at(8, COUNT, "dua belas"), "not-whole", 8, COUNT, "dua belas"),
    Wrong("a formula as text", CSV, at(8, COUNT, "=SUM(A1:A2)"), "not-whole", 8, COUNT, "=SUM(A1:A2)"),
    Wrong("a dash in a long table", CSV, at(8, COUNT, "-"), "not-whole", 8, COUNT, "-"),
    Wrong("negative", CSV, at(8, COUNT, "-4"), "negative", 8, COUNT, "-4"),
    Wrong("points and commas of thousands", CSV, mixed("1.234", "1,234"), "number-styles", None, COUNT),
    Wrong("with and without points", CSV, mixed("1.234", "2345"), "number-styles", None, COUNT, severity="warning"),
    Wrong("words in a wide table", XLSX, wide_at(5, WIDE_CELL, "dua"),
        "not-whole", 5, "PNS | L", "dua", mapping=WIDE, place=IN_SHEET),
    Wrong("negative in a wide table", XLSX, wide_at(5, WIDE_CELL + 1, -2),
        "negative", 5, "PNS | P", "-2", mapping=WIDE, place=IN_SHEET),
    Wrong("unknown label in a wide table", XLSX, wide_at(5, 0, "Pemkab X"),
        "unknown-label", 5, AGENCY, "Pemkab X", mapping=WIDE, place=IN_SHEET),
    Wrong("a wrong total", CSV, text_file([*CODES, total(61)]), "total-row-differs", LAST, COUNT, "61"),
    Wrong("a total of words", CSV, text_file([*CODES, total("=SUM(M2:M9)", "TOTAL")]),
        "total-row-differs", LAST, COUNT),
    Wrong("a wrong subtotal", CSV, text_file([*CODES[:6], total(4, "Subtotal", 1), *CODES[6:]]),
        "total-row-differs", 7, COUNT, "4"),
    Wrong("a wrong total below a wide table", XLSX, workbook({"S": [*wide_rows(), ["Total", *[""] * (len(ROWED) - 1), 999]]}),

        "total-row-differs", len(wide_rows()) + 1, "PNS | L", "999", mapping=WIDE, place=IN_SHEET),
    Wrong("the same cell twice", CSV, text_file(TWICE), "cell-twice", 4),
    Wrong("a field too many", CSV, text_file(SHIFTED), "cell-outside", 7),
    Wrong("a note beside the table", XLSX, workbook({"S": NOTE}),
        "cell-outside", 5, "", "cek lagi", "warning", place=IN_SHEET),
    Wrong("hidden rows", XLSX, workbook({"S": LABELS}, hidden_rows=[3, 4]), "rows-hidden", None, "", "", "warning"),
    Wrong("a heading twice", CSV, text_file([[*CODES[0], AGENCY], *([*r, r[1]] for r in CODES[1:])]),
        "column-twice", None, AGENCY),
    Wrong("a column nobody knows", CSV, text_file(EXTRA), "column-unmapped", None, "Pangkat", "", "warning"),
    Wrong("another date in a title", CSV, text_file([["Per 31 Desember 2021"], *CODES]),
        "date-differs", None, "", "2021-12-31", "warning"),
    Wrong("another date in a column", CSV, text_file(TODAY),
        "date-differs", 2, "Tanggal", "31 Desember 2021", "warning", DATED),
    Wrong("no date in a column of dates", CSV, text_file(UNDATED),
        "date-unreadable", 2, "Tanggal", "akhir tahun", "warning", DATED),
    Wrong("a PNS with a PPPK grade", CSV, at(2, HEADINGS["golongan_ruang"], {"PNS": "PPPK-IX"}.get(CODES[1][0], "III/a")),
        "impossible", 2,
        f"{HEADINGS['status']}, {HEADINGS['golongan_ruang']}"),
    Wrong("headings alone", CSV, text_file(CODES[:1]), "nobody"),
    Wrong("zero in every cell", CSV, text_file([CODES[0], *([*row[:-1], 0] for row in CODES[1:])]), "nobody"),
    Wrong("a province of the future", CSV, at(5, HEADINGS["provinsi"], "Papua Selatan"),
        "not-valid", 5, HEADINGS["provinsi"], "93"),
    Wrong("a mapping nobody confirmed", CSV, text_file(CODES),
        "mapping-proposed", None, "", "", "warning", LONG.model_copy(update={"proposal": True})),
]  # fmt: skip


@pytest.mark.parametrize("case", FOUND, ids=[case.name for case in FOUND])
def test_a_mistake_is_found_and_named(tmp_path: Path, case: Wrong) -> None:
    report = report_on(mapped(tmp_path / "k", {case.file: case.content}, case.mapping))
    found = [finding for finding in report.findings if finding.rule == case.rule]
    assert found, report.findings[:5]
    first: Finding = found[0]
    wanted = (case.severity, case.row, case.column) if case.row else (case.severity, first.row, case.column)
    assert (first.severity, first.row, first.column) == wanted
    assert first.file == (case.place or case.file) or case.rule in ("rows-hidden", "mapping-proposed", "nobody")
    assert case.value in (None, first.value)
    assert report.accepted == (case.severity != "error")
    assert all("{" not in first.sentence(language) and len(first.sentence(language)) > 15 for language in ("id", "en"))


def test_close_matches_are_proposed_and_not_applied(tmp_path: Path) -> None:
    content = at(7, RANK, "Ahli mudah")
    report = report_on(mapped(tmp_path / "k", {CSV: content}, LONG))
    (proposal,) = report.proposals
    assert (proposal.level, proposal.source, proposal.rows) == ("jenjang", "Ahli mudah", 1)
    assert proposal.candidates[0][:2] == ("ahli_muda", "Ahli muda")
    assert all(score >= 80 for _code, _label, score in proposal.candidates)
    assert not report.accepted


def test_a_band_that_became_a_date_is_proposed_and_not_applied(tmp_path: Path) -> None:
    report = report_on(mapped(tmp_path / "k", {CSV: at(5, SERVICE, "06-Okt")}, LONG))
    assert [p.candidates[0][0] for p in report.proposals] == ["6-10"]
    assert not report.accepted


def test_a_column_nobody_knows_is_proposed_to_a_level(tmp_path: Path) -> None:
    rows = [[*CODES[0], "Provinsi tempat kerja"], *([*row, "x"] for row in CODES[1:])]
    report = report_on(mapped(tmp_path / "k", {CSV: text_file(rows)}, LONG))
    (proposal,) = report.proposals
    assert (proposal.level, proposal.source) == ("", "Provinsi tempat kerja")
    assert "provinsi" in [level for level, _label, _score in proposal.candidates]


def test_the_rows_of_an_unknown_label_are_counted_in_the_total(tmp_path: Path) -> None:
    report = report_on(mapped(tmp_path / "k", {CSV: at(7, RANK, "Kepala suku")}, LONG))
    assert report.total == sum(row[-1] for row in CODES[1:])
