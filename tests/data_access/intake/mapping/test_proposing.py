"""A proposed mapping: what headings and values come near to, complete for a tidy file, never more than a proposal."""

from pathlib import Path
from typing import Any

import pytest

from data_access.intake.mapping.model import Mapping
from data_access.intake.mapping.proposing import first_table, open_labels, propose, propose_for
from data_access.intake.mapping.text import adopted
from data_access.intake.mapping.wide import total_columns
from tests.data_access.intake.odd_files import (
    CUBE,
    HEADINGS,
    ROWED,
    long_rows,
    mapped,
    report_on,
    same,
    text_file,
    wide_rows,
    workbook,
)
from tests.world import dataset, delivered

CODES, LABELS = long_rows(), long_rows(labels=True)
PLAIN = [[*delivered(), "jumlah"], *CODES[1:]]
GROUPS = [f"{status} {sex}" for status in ("PNS", "CPNS", "PPPK", "PPPK-PW") for sex in "LP"]
SHORT_WIDE = [[*wide_rows()[0][: len(ROWED)], *GROUPS], *wide_rows()[2:]]
UNNAMED = [[f"K{i}" for i in range(len(LABELS[0]) - 1)] + ["Jumlah"], *LABELS[1:]]

# name, file, content: what is proposed gives the cube as it is
COMPLETE = [
    ("labels under the headings of the contract", "a.csv", text_file(LABELS, delimiter=";")),
    ("codes under the names of the levels", "a.csv", text_file(PLAIN)),
    ("below titles in a workbook", "a.xlsx", workbook({"S": [["REKAP"], ["Per 30 Juni 2022"], [], *LABELS]})),
    ("with row numbers", "a.csv", text_file([["No.", *LABELS[0]], *([i, *r] for i, r in enumerate(LABELS[1:]))])),
    ("two heading rows", "a.xlsx", workbook({"S": [["REKAP"], [], *wide_rows(labels=True)]})),
    ("one heading row, wide", "a.csv", text_file(SHORT_WIDE)),
    (
        "with a column of dates",
        "a.csv",
        text_file([[*LABELS[0], "Tanggal"], *([*r, "30 Juni 2022"] for r in LABELS[1:])]),
    ),
]


def with_total(rows: list[list[Any]], heads: int, *, wrong: int = 0) -> list[list[Any]]:
    """A wide table with a column that adds the others up, in its last row by `wrong` too much."""
    sums = [sum(int(cell or 0) for cell in row[len(ROWED) :]) for row in rows[heads:]]
    sums[-1] += wrong
    first = [[*row, "Jumlah" if i == 0 else ""] for i, row in enumerate(rows[:heads])]
    return [*first, *([*row, total] for row, total in zip(rows[heads:], sums, strict=True))]


def proposed(folder: Path, file: str, content: bytes) -> Mapping:
    (folder / file).write_bytes(content)
    return propose_for(folder / file, dataset())


@pytest.mark.parametrize(("name", "file", "content"), COMPLETE, ids=[case[0] for case in COMPLETE])
def test_a_tidy_file_is_proposed_completely(tmp_path: Path, name: str, file: str, content: bytes) -> None:
    mapping = proposed(tmp_path, file, content)
    assert mapping.proposal
    assert mapping.missing == ()
    report = report_on(mapped(tmp_path / "k", {file: content}, adopted(mapping)))
    assert report.accepted, report.findings[:3]
    assert [finding.rule for finding in report.findings] == []
    assert same(report.cube)


def test_columns_without_telling_headings_are_found_by_their_values(tmp_path: Path) -> None:
    mapping = proposed(tmp_path, "a.csv", text_file(UNNAMED))
    found = {level: heading for heading, level in mapping.columns.items()}
    wanted = {name: f"K{i}" for i, name in enumerate(delivered()) if name not in mapping.missing}
    assert {name: found[name] for name in wanted} == wanted
    # Years are numbers; only a heading tells that they are codes.
    assert mapping.missing == ("tahun_bup",)


def test_levels_that_are_not_there_are_listed(tmp_path: Path) -> None:
    place = LABELS[0].index(HEADINGS["jenjang"])
    rows: list[list[Any]] = [[cell for i, cell in enumerate(row) if i != place] for row in LABELS]
    assert proposed(tmp_path, "a.csv", text_file(rows)).missing == ("jenjang",)


def test_a_strange_file_gives_an_empty_proposal(tmp_path: Path) -> None:
    mapping = proposed(tmp_path, "a.csv", b"nama;gaji\nbudi;12\nsari;13\n")
    assert mapping.missing == tuple(delivered())
    assert not mapping.unpivot


def test_the_name_comes_from_the_file(tmp_path: Path) -> None:
    assert proposed(tmp_path, "Rekap ASN (Juni).csv", text_file(LABELS)).name == "rekap-asn-juni"
    assert CUBE.height == len(LABELS) - 1


TOTALLED = [
    ("one heading row", "a.csv", lambda wrong: text_file(with_total(SHORT_WIDE, 1, wrong=wrong), delimiter=";")),
    (
        "two heading rows",
        "a.xlsx",
        lambda wrong: workbook({"S": [["REKAP"], [], *with_total(wide_rows(), 2, wrong=wrong)]}),
    ),
]


@pytest.mark.parametrize(("name", "file", "made"), TOTALLED, ids=[case[0] for case in TOTALLED])
def test_a_column_of_totals_is_held_against_the_wide_columns_and_left_out(
    tmp_path: Path, name: str, file: str, made: Any
) -> None:
    mapping = proposed(tmp_path, file, made(0))
    assert mapping.totals == {"Jumlah": {}}
    assert len(mapping.unpivot) == len(GROUPS)
    report = report_on(mapped(tmp_path / "k", {file: made(0)}, adopted(mapping)))
    assert [finding.rule for finding in report.findings] == ["total-column"]
    assert same(report.cube)
    wrong = report_on(mapped(tmp_path / "w", {file: made(3)}, adopted(mapping)))
    (finding,) = wrong.of("error")
    assert (finding.rule, finding.column) == ("total-column-differs", "Jumlah")
    assert int(str(finding.facts["claimed"])) == int(str(finding.facts["found"])) + 3


def test_totals_of_groups_add_up_their_own_columns_only() -> None:
    found = total_columns(
        {"1": "PNS | Jumlah", "2": "Total L", "3": "Jumlah", "4": "Honorer | Jumlah"}, dataset(), WIDE
    )
    assert found == {"1": {"status": "PNS"}, "2": {"jenis_kelamin": "L"}, "3": {}}


WIDE = {"0": {"status": "PNS", "jenis_kelamin": "L"}, "5": {"status": "PNS", "jenis_kelamin": "P"}}


def test_a_plain_heading_names_its_level_whatever_stands_below_it(tmp_path: Path) -> None:
    place = LABELS[0].index(HEADINGS["jenis_kelamin"])
    for words in ({"Laki-laki": "Lelaki", "Perempuan": "Putri"}, {"Laki-laki": 1, "Perempuan": 2}):
        rows = [LABELS[0], *([*row[:place], words[row[place]], *row[place + 1 :]] for row in LABELS[1:])]
        (tmp_path / "a.csv").write_bytes(text_file(rows, delimiter=";"))
        table = first_table(tmp_path / "a.csv")
        mapping = propose(table, dataset())
        assert mapping.columns[HEADINGS["jenis_kelamin"]] == "jenis_kelamin"
        assert mapping.missing == ()
        found = open_labels(table, mapping)
        assert {(one.level, one.source) for one in found} == {("jenis_kelamin", str(word)) for word in words.values()}
        assert all(one.candidates == () for one in found)


@pytest.mark.parametrize("heading", ["kunci", "Kunci Rekaman", "JUMLAH KUNCI"])
def test_sums_of_record_keys_are_found_by_their_heading(tmp_path: Path, heading: str) -> None:
    rows = [[*LABELS[0], heading], *([*row, 4_294_967 + place] for place, row in enumerate(LABELS[1:]))]
    assert proposed(tmp_path, "a.csv", text_file(rows, delimiter=";")).columns[heading] == "kunci"
