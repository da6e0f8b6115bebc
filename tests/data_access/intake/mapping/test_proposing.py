"""A proposed mapping: what headings and values come near to, complete for a tidy file, never more than a proposal."""

from pathlib import Path
from typing import Any

import pytest

from data_access.intake.mapping.model import Mapping
from data_access.intake.mapping.proposing import propose_for
from data_access.intake.mapping.text import adopted
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
