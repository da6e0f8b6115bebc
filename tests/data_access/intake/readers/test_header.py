"""Where a table begins: by the headings that a mapping speaks of, or by what a header looks like."""

import pytest

from data_access.intake.labels import normal
from data_access.intake.readers.header import column_numbers_follow, header_of

TITLE = ["REKAPITULASI ASN", None, None]
NOTHING: list[str | None] = [None, None, None]
HEAD = ["Instansi", "Status", "Jumlah"]
DATA = ["A", "PNS", "12"]
UPPER, LOWER = ["Instansi", "PNS", None], [None, "L", "P"]

# rows, wanted headings, first row, depth, names
FOUND = [
    ([HEAD, DATA], (), 0, 1, "Instansi;Status;Jumlah", "at the top"),
    ([TITLE, NOTHING, HEAD, DATA], (), 2, 1, "Instansi;Status;Jumlah", "below a title"),
    ([TITLE, HEAD, DATA], ("status", "jumlah"), 1, 1, "Instansi;Status;Jumlah", "by wanted headings"),
    ([UPPER, LOWER, ["A", "1", "2"]], (), 0, 2, "Instansi;PNS | L;PNS | P", "two rows"),
    ([TITLE, UPPER, LOWER, ["A", "1", "2"]], ("PNS|L", "instansi"), 1, 2, "Instansi;PNS | L;PNS | P", "two, wanted"),
    (
        [["A", "PNS", "x"], DATA, HEAD, DATA],
        ("instansi",),
        2,
        1,
        "Instansi;Status;Jumlah",
        "below a table of another kind",
    ),
    (
        [[" Instansi\u00a0", "STATUS ", "jumlah"], DATA],
        ("Instansi", "Status"),
        0,
        1,
        "Instansi;STATUS;jumlah",
        "untidy",
    ),
    ([HEAD], (), 0, 1, "Instansi;Status;Jumlah", "no data"),
    ([NOTHING], (), 0, 1, ";;", "nothing at all"),
]


@pytest.mark.parametrize(("rows", "wanted", "first", "depth", "names", "why"), FOUND, ids=[case[5] for case in FOUND])
def test_the_header_is_found(
    rows: list[list[str | None]], wanted: tuple[str, ...], first: int, depth: int, names: str, why: str
) -> None:
    header = header_of(rows, {normal(name) for name in wanted})
    assert (header.first, header.depth, ";".join(header.names)) == (first, depth, names)


NUMBERED = [
    (["(1)", "(2)", "(3)"], True, "in brackets"),
    (["1", "2", "3"], True, "plain"),
    (["1", "2", "3=1+2"], True, "with a formula"),
    (["1", "2", "4"], False, "not in order"),
    (["Aceh", "2", "3"], False, "data"),
    (["1", "2", None], False, "not all"),
]


@pytest.mark.parametrize(("row", "found", "why"), NUMBERED, ids=[case[2] for case in NUMBERED])
def test_a_row_of_column_numbers_is_no_data(row: list[str | None], found: bool, why: str) -> None:
    assert column_numbers_follow([HEAD, row], header_of([HEAD, row], {"instansi"})) == found
