"""Findings as a file to take away: nothing acts as a formula, and what was not kept is told so."""

import csv
import io
from typing import Any

import pytest

from reports.findings import findings_csv

PLAIN: dict[str, Any] = {"severity": "error", "rule": "unknown-code", "file": "a.csv", "row": 7, "column": "provinsi"}


def rows(*findings: dict[str, Any], note: str = "") -> list[list[str]]:
    return list(csv.reader(io.StringIO(findings_csv(findings, "id", note=note).decode("utf-8-sig"))))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_neither_a_value_nor_the_sentence_about_it_acts_as_a_formula(start: str) -> None:
    text = f"{start}cmd|' /C calc'!A0"
    (_heading, line) = rows(PLAIN | {"value": text, "column": text, "id": f"{text} tidak dikenal."})
    assert [cell[:2] for cell in line[4:]] == [f"'{start}"] * 3


def test_a_value_that_was_not_kept_is_told_so_and_a_note_stands_last() -> None:
    (_heading, line, note) = rows(PLAIN | {"value": None, "id": "x"}, note="1 dari 2")
    assert line[5] == "(tidak disimpan)"
    assert note == ["", "", "", "", "", "", "1 dari 2"]
