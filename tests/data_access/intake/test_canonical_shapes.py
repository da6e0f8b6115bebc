"""Files under the headings of the contract are read in every shape that files come in, without a mapping."""

from pathlib import Path

import pytest

from data_access.errors import Rejected
from tests.data_access.intake.odd_files import CUBE, Rows, long_rows, report_on, same, text_file, unmapped, workbook
from tests.world import delivered

ROWS: Rows = [[*delivered(), "jumlah"], *long_rows()[1:]]
BIG = CUBE.with_columns(jumlah=CUBE["jumlah"] * 1234)
GROUPED: Rows = [ROWS[0], *([*row[:-1], f"{row[-1]:,}".replace(",", ".")] for row in long_rows(BIG)[1:])]
NOTED = [[*ROWS[0], "Keterangan"], *([*row, "Se\u00e9ng"] for row in ROWS[1:])]

# how the file comes, its name, its content, the rules of the findings that go with it
SHAPES = [
    ("semicolon", "p.csv", text_file(ROWS, delimiter=";"), []),
    ("Windows-1252", "p.csv", text_file(NOTED, delimiter=";", encoding="cp1252"), ["encoding"]),
    ("UTF-16", "p.csv", text_file(ROWS, delimiter="\t", encoding="utf-16"), []),
    ("tab", "p.tsv", text_file(ROWS, delimiter="\t"), []),
    ("bar", "p.txt", text_file(ROWS, delimiter="|"), []),
    ("a workbook", "p.xlsx", workbook({"S": ROWS}), []),
    ("a workbook with a cover", "p.xlsx", workbook({"A": [["Rekap"]], "B": [["Judul"], *ROWS]}), ["sheet-skipped"]),
    ("headings in capitals", "p.csv", text_file([[str(name).upper() for name in ROWS[0]], *ROWS[1:]]), []),
]  # fmt: skip


@pytest.mark.parametrize(("name", "file", "content", "rules"), SHAPES, ids=[case[0] for case in SHAPES])
def test_canonical_headings_need_no_mapping(
    tmp_path: Path, name: str, file: str, content: bytes, rules: list[str]
) -> None:
    report = report_on(unmapped(tmp_path / "k", {file: content}))
    assert [finding.rule for finding in report.findings] == rules
    assert report.accepted
    assert same(report.cube)


def test_numbers_grouped_by_points_are_read_under_canonical_headings_too(tmp_path: Path) -> None:
    report = report_on(unmapped(tmp_path / "k", {"p.csv": text_file(GROUPED, delimiter=";")}))
    assert report.accepted
    assert same(report.cube, BIG)


def test_codes_stay_exact_and_are_named_with_their_row(tmp_path: Path) -> None:
    spoilt = [ROWS[0], ["PNS " if i == 0 else cell for i, cell in enumerate(ROWS[1])], *ROWS[2:]]
    (finding,) = report_on(unmapped(tmp_path / "k", {"p.xlsx": workbook({"S": spoilt})})).of("error")
    assert (finding.rule, finding.file, finding.row, finding.column) == ("unknown-code", "p.xlsx [S]", 2, ROWS[0][0])


def test_other_headings_are_told_to_need_a_mapping(tmp_path: Path) -> None:
    with pytest.raises(Rejected) as caught:
        report_on(unmapped(tmp_path / "k", {"p.csv": text_file(long_rows(labels=True), delimiter=";")}))
    assert caught.value.reason == "columns-missing"
    assert "pemetaan" in caught.value.sentence("id")
